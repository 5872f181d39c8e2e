import Foundation

/// Python with the packages that `make setup-tests` installs.
public struct PythonPackages: Sendable {
  /// The interpreter.
  public let program: BuiltProgram

  /// The interpreter of the virtual environment in `.build`.
  public init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: ".build/python/bin/python3")
    guard FileManager.default.isExecutableFile(atPath: file.path) else {
      throw Missing(description: "there is no \(file.path): `make setup-tests` makes it")
    }
    program = BuiltProgram(at: file.path)
  }

  /// Runs a script and hands over what it prints.
  public func run(_ script: String, _ arguments: [String]) throws -> String {
    let place = try TemporaryPlace()
    let run = try program.run([try place.write(script, to: "script.py")] + arguments)
    guard run.code == 0 else { throw Missing(description: run.errors) }
    return run.output
  }

  /// Why Python did not answer.
  public struct Missing: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }
}
