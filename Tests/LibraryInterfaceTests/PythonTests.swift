import Foundation
import Testing

/// The tests of the Python package, which call the shared library as its users do.
@Suite("The Python package")
struct PythonTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let files = [
    "test_bad_input", "test_examples", "test_processes", "test_programs", "test_torch",
  ]

  @Test("passes its tests", arguments: files)
  func passes(_ file: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-m", "unittest", file]
    process.currentDirectoryURL = Self.root.appending(path: "Python/tests")
    let build = Self.root.appending(path: ".build/testing").path
    process.environment = ProcessInfo.processInfo.environment.merging([
      "GCGAN_PROGRAMS": build + "/release", "PYTHONPATH": build + "/python",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]) { $1 }
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.firstMatch(of: /Ran ([1-9]\d*) tests?/) != nil, "\(text)")
    #expect(!text.contains("skipped"), "\(text)")
  }

  @Test("all its test files are run here")
  func allFiles() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Python/tests").path)
    #expect(
      names.filter { $0.hasPrefix("test_") }.sorted() == Self.files.map { $0 + ".py" })
  }

  @Test("the library shows the functions of its header and nothing else")
  func symbols() throws {
    let library = Self.root.appending(path: ".build/testing/python/gcgan/libgcgan.so")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/nm")
    process.arguments = ["-D", "--defined-only", "--format=posix", library.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let shown = Set(text.split(separator: "\n").compactMap { $0.split(separator: " ").first })
    let header = try String(
      contentsOf: Self.root.appending(path: "Sources/CGcgan/include/gcgan.h"), encoding: .utf8)
    let declared = Set(header.matches(of: /\b(gcgan_[a-z_]+)\(/).map(\.1))
    #expect(shown == declared)
  }
}
