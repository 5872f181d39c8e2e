public import Foundation

/// A program of this package, run as a person or a pipeline runs it.
public struct BuiltProgram: Sendable {
  /// What a run left behind.
  public struct Run: Sendable {
    /// The exit code; 128 and the signal where one ended the program.
    public var code: Int32
    /// What went to standard output.
    public var output: String
    /// What went to standard error.
    public var errors: String
  }

  /// The file that is run.
  public let file: URL

  /// The program beside the test bundle.
  ///
  /// - Parameter name: The product, as `gcgan-solve`.
  public init(_ name: String) {
    let bundle = URL(filePath: CommandLine.arguments[0])
    let folders =
      [bundle.deletingLastPathComponent(), Bundle.main.bundleURL]
      + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    file =
      folders.map { $0.appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? URL(filePath: name)
  }

  /// A program that is not of this package.
  public init(at path: String) { file = URL(filePath: path) }

  /// Starts the program; its output goes to files.
  public func start(_ arguments: [String], output: URL, errors: URL) throws -> Process {
    let process = Process()
    process.executableURL = file
    process.arguments = arguments
    for file in [output, errors] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the program to its end.
  public func run(_ arguments: [String]) throws -> Run {
    let folder = try TemporaryPlace()
    let (output, errors) = (folder.url.appending(path: "out"), folder.url.appending(path: "err"))
    let process = try start(arguments, output: output, errors: errors)
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Run(
      code: process.terminationStatus + (isSignal ? 128 : 0),
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// A new folder that goes away with its last user.
public final class TemporaryPlace: Sendable {
  /// Where it is.
  public let url: URL

  /// Its path, without a slash at the end.
  public var path: String { url.path }

  /// Makes the folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "gcgan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, with the folders it needs.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file, with the folders it needs.
  @discardableResult
  public func write(_ data: Data, to name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file.path
  }

  /// The names of all files in it and in its folders, sorted.
  public var names: [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
