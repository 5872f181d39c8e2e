import DesignValidation
import Files
import Foundation
import Meshing
import Testing

@Suite("Part folders") struct PartFolderTests {
  @Test func `a deck that is missing is told with what is there`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "b/part.yml")
    try folder.write("*NODE", to: "b/fine.inp")
    let part = try #require(PartFolder(at: folder.path + "/b"))
    let error = #expect(throws: InputFaults.self) { try part.readPartFile() }
    #expect(
      error?.description.contains(
        "part.yml:8: there is no deck 'coarse.inp'; the folder has fine.inp") == true)
  }

  @Test func `a link that leads out of the folder is refused`() throws {
    let folder = try PartsFolder()
    try folder.write(PartText.good, to: "b/part.yml")
    try folder.write("*NODE", to: "b/fine.inp")
    let outside = try folder.write("*NODE", to: "outside.inp")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/b/coarse.inp", withDestinationPath: outside)
    let part = try #require(PartFolder(at: folder.path + "/b"))
    let error = #expect(throws: InputFaults.self) { try part.readPartFile() }
    #expect(error?.description.contains("leads outside") == true)
  }

  @Test func `a part file that is a folder, a pipe or huge is refused at once`() throws {
    let folder = try PartsFolder()
    try folder.write("x", to: "a/part.yml/file")
    mkfifo(folder.path + "/pipe", 0o600)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/b", withIntermediateDirectories: true)
    mkfifo(folder.path + "/b/part.yml", 0o600)
    try folder.write(Data(count: 3 << 20), to: "c/part.yml")
    for name in ["a", "b", "c"] {
      let part = try #require(PartFolder(at: folder.path + "/" + name))
      #expect(throws: InputFaults.self) { try part.readPartFile() }
    }
  }
}
