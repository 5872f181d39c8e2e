import Foundation

/// The CalculiX solver `ccx`, run on decks that tests write.
public enum CalculiX {
  /// One block of a `.dat` file: a header line and rows of numbers.
  public struct Block: Sendable {
    /// The header, as "displacements (vx,vy,vz) for set N and time  0.1000000E+01".
    public let header: String
    /// The numbers of each row, the labels in front of them included.
    public let rows: [[Double]]
  }

  /// Why there is no result.
  public struct Failure: Error, CustomStringConvertible {
    /// What happened, and what the program printed.
    public let description: String
  }

  /// Solves a deck and reads its `.dat` file.
  ///
  /// - Parameter deck: The text of an `.inp` file.
  public static func run(_ deck: String) throws -> [Block] {
    blocks(of: try run(deck, writing: "dat"))
  }

  /// Solves a deck and returns the text of one of the files that CalculiX writes.
  ///
  /// - Parameters:
  ///   - deck: The text of an `.inp` file.
  ///   - kind: The file's extension.
  public static func run(_ deck: String, writing kind: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try deck.write(to: folder.appending(path: "deck.inp"), atomically: true, encoding: .utf8)
    let log = folder.appending(path: "log")
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["ccx", "deck"]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["OMP_NUM_THREADS": "1"]) { _, new in new }
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let text = try? String(contentsOf: folder.appending(path: "deck.\(kind)"), encoding: .utf8)
    else {
      let output = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      throw Failure(
        description: "ccx ended with \(process.terminationStatus): \(output.suffix(2000))")
    }
    return text
  }

  /// The blocks of a `.dat` file.
  public static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var header: String?
    var rows: [[Double]] = []
    func close() {
      if let header { blocks.append(Block(header: header, rows: rows)) }
      rows = []
    }
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.isEmpty { continue }
      if let numbers = fields.map({ Double($0) }) as? [Double] {
        rows.append(numbers)
      } else {
        close()
        header = line.trimmingCharacters(in: .whitespaces)
      }
    }
    close()
    return blocks
  }
}
