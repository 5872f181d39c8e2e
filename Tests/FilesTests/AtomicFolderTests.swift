import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Folders written whole") struct AtomicFolderTests {
  private let files: [(name: String, bytes: [UInt8])] = [("a.txt", [1, 2]), ("mark", [3])]

  private func write(_ path: String) -> FileFault? {
    do throws(FileFault) {
      try AtomicFolder.write(files, to: path, replacing: "mark")
      return nil
    } catch { return error }
  }

  @Test func `appear with all files, in folders that are made for them`() throws {
    let place = try TemporaryPlace()
    #expect(write(place.path + "/x/y/p") == nil)
    #expect(place.names == ["x", "x/y", "x/y/p", "x/y/p/a.txt", "x/y/p/mark"])
    let read = try Data(contentsOf: URL(filePath: place.path + "/x/y/p/a.txt"))
    #expect(read == Data([1, 2]))
  }

  @Test func `replace a marked folder and an empty one, with what else is in it`() throws {
    let place = try TemporaryPlace()
    try place.write("old", to: "p/mark")
    try place.write("old", to: "p/b.txt")
    #expect(write(place.path + "/p/") == nil)
    try FileManager.default.createDirectory(
      atPath: place.path + "/q", withIntermediateDirectories: true)
    #expect(write(place.path + "/q") == nil)
    #expect(place.names == ["p", "p/a.txt", "p/mark", "q", "q/a.txt", "q/mark"])
  }

  @Test func `leave alone what is something else`() throws {
    let place = try TemporaryPlace()
    try place.write("mine", to: "unmarked/b.txt")
    try place.write("mine", to: "deep/mark")
    try place.write("mine", to: "deep/er/b.txt")
    try place.write("mine", to: "file")
    try FileManager.default.createSymbolicLink(
      atPath: place.path + "/link", withDestinationPath: place.path + "/deep")
    let before = place.names
    for name in ["unmarked", "deep", "file", "link", "file/p", "."] {
      let fault = write("\(place.path)/\(name)")
      #expect(fault != nil, "\(name)")
    }
    #expect(place.names == before)
  }

  @Test func `leave nothing where a file cannot be written`() throws {
    let place = try TemporaryPlace()
    let long = String(repeating: "n", count: 300)
    #expect(throws: FileFault.self) {
      try AtomicFolder.write([("a", [1]), (long, [2])], to: place.path + "/p", replacing: "a")
    }
    #expect(throws: FileFault.self) {
      try AtomicFolder.write([("../a", [1])], to: place.path + "/p", replacing: "a")
    }
    #expect(place.names == [])
    try place.write("old", to: "p/a")
    #expect(throws: FileFault.self) {
      try AtomicFolder.write([("a", [1]), (long, [2])], to: place.path + "/p", replacing: "a")
    }
    #expect(place.names == ["p", "p/a"])
    #expect(try String(contentsOfFile: place.path + "/p/a", encoding: .utf8) == "old")
  }
}
