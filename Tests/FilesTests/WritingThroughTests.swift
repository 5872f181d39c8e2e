import Foundation
import TestSupport
import Testing

@testable import Files

/// Names that are no regular file keep what they are. Devices are reached through links in a folder of the test alone.
@Suite("Writing to what is no regular file") struct WritingThroughTests {
  /// Writes one file, or a group of one.
  enum Writer: String, CaseIterable, CustomTestStringConvertible {
    case file, group
    var testDescription: String { rawValue }

    func write(_ text: String, to path: String) throws(FileFault) {
      switch self {
      case .file: try AtomicFile.write(text, to: path)
      case .group:
        var group = AtomicFileGroup()
        try group.add(Array(text.utf8), as: path)
        try group.commit()
      }
    }
  }

  private func target(of link: String) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: link)
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test("a link stays, and the file it points to is replaced", arguments: Writer.allCases)
  func links(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/store", withIntermediateDirectories: false)
    try AtomicFile.write("old", to: folder.path + "/store/real.json")
    try link(folder.path + "/first.json", to: "second.json")
    try link(folder.path + "/second.json", to: "store/real.json")
    try writer.write("new", to: folder.path + "/first.json")
    #expect(try target(of: folder.path + "/first.json") == "second.json")
    #expect(try target(of: folder.path + "/second.json") == "store/real.json")
    #expect(try AtomicFile.read(folder.path + "/store/real.json") == Array("new".utf8))
    #expect(folder.contents.sorted() == ["first.json", "second.json", "store"])
  }

  @Test("a link to a file that is not there makes it", arguments: Writer.allCases)
  func dangling(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    try link(folder.path + "/a.json", to: folder.path + "/b.json")
    try writer.write("x", to: folder.path + "/a.json")
    #expect(try target(of: folder.path + "/a.json") == folder.path + "/b.json")
    #expect(try AtomicFile.read(folder.path + "/b.json") == Array("x".utf8))
  }

  @Test("links in a circle are refused", arguments: Writer.allCases)
  func circle(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    try link(folder.path + "/a", to: "b")
    try link(folder.path + "/b", to: "a")
    let fault = #expect(throws: FileFault.self) { try writer.write("x", to: folder.path + "/a") }
    #expect(fault?.reason.contains("symbolic links") == true, "\(String(describing: fault))")
    #expect(folder.contents.sorted() == ["a", "b"])
  }

  @Test("a device gets the bytes and stays a device", arguments: Writer.allCases)
  func device(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    try link(folder.path + "/null.json", to: "/dev/null")
    try writer.write("x", to: folder.path + "/null.json")
    #expect(try target(of: folder.path + "/null.json") == "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("a full device is a fault and stays a device", arguments: Writer.allCases)
  func fullDevice(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    try link(folder.path + "/full.json", to: "/dev/full")
    let path = folder.path + "/full.json"
    let fault = #expect(throws: FileFault.self) { try writer.write("x", to: path) }
    #expect(fault?.description == "cannot write \(path): No space left on device")
    var status = stat()
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #expect(folder.contents.sorted() == ["full.json"])
  }

  @Test("a pipe that is read gets the bytes", arguments: Writer.allCases)
  func pipe(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try writer.write("through", to: path)
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &bytes, bytes.count)
    #expect(Array(bytes.prefix(max(0, count))) == Array("through".utf8))
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test("a pipe that nobody reads is refused at once", arguments: Writer.allCases)
  func pipeWithoutReader(_ writer: Writer) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let fault = #expect(throws: FileFault.self) { try writer.write("x", to: path) }
    #expect(fault?.reason == "no program reads from this pipe")
  }

  @Test func `a stream that is open is written to where it is`() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/log"
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    #expect(Glibc.write(file, "a", 1) == 1)
    try AtomicFile.write("b", to: "/dev/fd/\(file)")
    #expect(Glibc.write(file, "c", 1) == 1)
    #expect(try AtomicFile.read(path) == Array("abc".utf8))
  }
}
