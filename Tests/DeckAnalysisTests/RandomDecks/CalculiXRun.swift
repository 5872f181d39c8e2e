import Foundation

/// What CalculiX made of a deck.
struct CalculiXRun {
  /// The `.dat`; empty where there is none.
  var dat: String
  /// What it said.
  var log: String
  /// Its exit status, 124 where it did not end in time.
  var status: Int32

  /// Whether it stopped with a message of its own.
  var hasRefused: Bool { log.contains("*ERROR") }
  /// Whether it broke down without one.
  var hasCrashed: Bool { status != 0 && !hasRefused }
  /// Its first complaint.
  var complaint: String {
    let lines = log.split(separator: "\n")
    guard let first = lines.firstIndex(where: { $0.contains("*ERROR") }) else { return "" }
    return lines[first..<min(first + 3, lines.count)]
      .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
  }

  /// Runs CalculiX on a deck in a folder of its own.
  init(_ deck: String) throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "gcgan-ccx-" + UUID().uuidString)
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    try deck.write(to: folder.appending(path: "deck.inp"), atomically: false, encoding: .utf8)
    let logFile = folder.appending(path: "log")
    _ = files.createFile(atPath: logFile.path, contents: nil)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "30", "ccx", "deck"]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["OMP_NUM_THREADS": "1"]) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: logFile)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    if process.terminationReason == .uncaughtSignal { status = 128 + status }
    log = (try? String(contentsOf: logFile, encoding: .utf8)) ?? ""
    dat =
      (try? String(contentsOf: folder.appending(path: "deck.dat"), encoding: .utf8)) ?? ""
  }
}
