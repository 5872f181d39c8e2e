import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("Atomic files") struct AtomicFileTests {
  @Test func `a file is replaced whole and nothing else is left`() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/a.txt"
    try AtomicFile.write("old", to: path)
    try AtomicFile.write("new\n", to: path)
    #expect(try AtomicFile.read(path) == Array("new\n".utf8))
    try AtomicFile.write([], to: path)
    #expect(try AtomicFile.read(path).isEmpty)
    #expect(folder.contents == ["a.txt"])
  }

  @Test func `a name of the longest length can be written`() throws {
    let folder = TemporaryFolder()
    let name = String(repeating: "ü", count: 127)
    try AtomicFile.write("x", to: folder.path + "/" + name)
    #expect(folder.contents == [name])
  }

  @Test func `what cannot be written leaves nothing behind and says why`() throws {
    let folder = TemporaryFolder()
    func complaint(_ path: String) -> String? {
      do {
        try AtomicFile.write("x", to: path)
        return nil
      } catch {
        return error.description
      }
    }
    let missing = folder.path + "/none/a.txt"
    #expect(complaint(missing) == "cannot write \(missing): No such file or directory")
    #expect(complaint(folder.path + "/")?.hasSuffix("this names a folder") == true)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/b", withIntermediateDirectories: false)
    #expect(complaint(folder.path + "/b")?.hasSuffix("Is a directory") == true)
    #expect(folder.contents == ["b"])
  }

  @Test func `files of a group appear together`() throws {
    let folder = TemporaryFolder()
    // More than a process may have open at a time.
    let names = (0..<1500).map { "\(folder.path)/\($0).txt" }
    try AtomicFile.write("old", to: names[0])
    var group = AtomicFileGroup()
    for name in names { try group.add(Array(name.utf8), as: name) }
    #expect(try AtomicFile.read(names[0]) == Array("old".utf8))
    #expect(folder.contents.filter { !$0.hasPrefix(".") } == ["0.txt"])
    try group.commit()
    for name in names { #expect(try AtomicFile.read(name) == Array(name.utf8)) }
    #expect(folder.contents.count == names.count)
  }

  @Test func `a group that is not written leaves what was there`() throws {
    let folder = TemporaryFolder()
    let (old, new) = (folder.path + "/old.txt", folder.path + "/new.txt")
    try AtomicFile.write("old", to: old)
    func fail() throws(FileFault) {
      var group = AtomicFileGroup()
      try group.add([1], as: old)
      try group.add([2], as: new)
      try group.add([3], as: folder.path + "/none/a.txt")
      try group.commit()
    }
    #expect(throws: FileFault.self) { try fail() }
    #expect(try AtomicFile.read(old) == Array("old".utf8))
    #expect(folder.contents == ["old.txt"])
  }
}
