import Files
import Foundation
import Meshing
import TestSupport
import Testing

@Suite("Gmsh reader on bad files") struct GmshHostileTests {
  static func read(_ text: String) throws(InputFaults) -> Mesh {
    try GmshReader.mesh(bytes: Array(text.utf8), name: "a.msh")
  }

  /// The faults of a file, a line each; `nil` where it reads.
  static func complaint(_ bytes: [UInt8]) -> String? {
    do {
      _ = try GmshReader.mesh(bytes: bytes, name: "a.msh")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("the hand-made files are sound, in either byte order")
  func sound() throws {
    let square = try Self.read(GmshFile.square2)
    #expect(square == (try Self.read(GmshFile.square4)))
    #expect(square.surfaces == ["edge": [Facet(cell: 0, side: 0)]])
    let crlf = GmshFile.square4.replacingOccurrences(of: "\n", with: "\r\n")
    #expect(square == (try Self.read(crlf)))

    let triangle = try GmshReader.mesh(bytes: GmshFile.triangle2(), name: "a.msh")
    #expect(triangle.nodes == [[0, 0, 0], [1, 0, 0], [0, 1, 0]])
    #expect(triangle.nodeLabels == [10, 20, 30])
    #expect(triangle.blocks[0].labels == [5])
    #expect(triangle.cellSets == ["face": [0]])
    for bytes in [
      GmshFile.triangle2(isBigEndian: true), GmshFile.triangle4(),
      GmshFile.triangle4(isBigEndian: true),
    ] {
      #expect(triangle == (try GmshReader.mesh(bytes: bytes, name: "a.msh")))
    }
  }

  /// One change to a sound file and what the reader says of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var file = GmshFile.square2
    var old: String
    var new: String
    var expected: String
    var testDescription: String { expected }
  }

  static let cases: [Case] = [
    Case(old: "2.2 0 8", new: "2.1 0 8", expected: "a.msh:2: version 2.1 is not supported"),
    Case(old: "2.2 0 8", new: "4 0 8", expected: "a.msh:2: version 4.0 is not supported"),
    Case(old: "2.2 0 8", new: "2.2 2 8", expected: "a.msh:2: file type 2 is neither 0, text"),
    Case(old: "2.2 0 8", new: "2.2 0 4", expected: "a.msh:2: numbers of 4 bytes are not supported"),
    Case(
      old: "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n", new: "",
      expected: "a.msh:1: $PhysicalNames comes before $MeshFormat"),
    Case(
      old: "1 3 \"edge\"", new: "1 3 edge", expected: "a.msh:6: the name of physical group 3 does"),
    Case(
      old: "1 3 \"edge\"", new: "1 3 \"edge", expected: "a.msh:6: the name of physical group 3 does"
    ),
    Case(
      old: "1 3 \"edge\"", new: "1 3 \"\"", expected: "a.msh:6: the name of physical group 3 does"),
    Case(
      old: "1\n1 3 \"edge\"", new: "2\n1 3 \"edge\"\n1 3 \"rim\"",
      expected: "a.msh:7: physical group 3 of dimension 1 is named twice"),
    Case(
      old: "$Nodes\n4", new: "$Nodes\n1000000000000",
      expected: "a.msh:9: 1000000000000 nodes are announced, and the file has only"),
    Case(
      old: "$Elements\n3", new: "$Elements\n999999999999999999",
      expected: "a.msh:16: 999999999999999999 elements are announced"),
    Case(
      old: "$Nodes\n4", new: "$Nodes\n99999999999999999999",
      expected: "a.msh:9: the number of nodes is wrong: '99999999999999999999'"),
    Case(old: "$Nodes\n4", new: "$Nodes\n-1", expected: "a.msh:9: -1 nodes are announced"),
    Case(
      old: "$Nodes\n4", new: "$Nodes\n5",
      expected: "a.msh:14: the section ends before the node; its count says more"),
    Case(
      old: "$Nodes\n4", new: "$Nodes\n3",
      expected: "a.msh:13: $Nodes holds more than its count says: '4 0 1 0'"),
    Case(
      old: "3 1 1 0", new: "3 1 nan 0", expected: "a.msh:12: the second coordinate is wrong: 'nan'"),
    Case(old: "3 1 1 0", new: "3 1 1e999 0", expected: "a.msh:12: the second coordinate is wrong"),
    Case(old: "3 1 1 0", new: "3 1 0x1 0", expected: "a.msh:12: the second coordinate is wrong"),
    Case(
      old: "3 1 1 0", new: "3 1 1", expected: "a.msh:12: the line ends before the third coordinate"),
    Case(
      old: "3 1 1 0", new: "3 1 1 0 0",
      expected: "a.msh:12: '0' stands where the line should end, after the coordinates"),
    Case(old: "3 1 1 0", new: "0 1 1 0", expected: "a.msh:12: a node has the number 0"),
    Case(
      old: "3 1 1 0", new: "2 1 1 0",
      expected: "a.msh:12: node 2 is defined twice"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "3 2 2 0 1 1 3 9",
      expected: "a.msh:19: element 3 uses node 9, which is not defined"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "2 2 2 0 1 1 3 4",
      expected: "a.msh:19: element 2 is defined twice"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "-3 2 2 0 1 1 3 4",
      expected: "a.msh:19: an element has the number -3"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "3 10 2 0 1 1 3 4",
      expected: "a.msh:19: element type 10, a quadrilateral of 9 nodes, is not supported"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "3 7 2 0 1 1 3 4",
      expected: "a.msh:19: element type 7, a pyramid, is not supported"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "3 1000 2 0 1 1 3 4",
      expected: "a.msh:19: element type 1000 is not supported"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "3 2 1000000000 0 1 1 3 4",
      expected: "a.msh:19: 1000000000 tags are announced"),
    Case(
      old: "3 2 2 0 1 1 3 4", new: "3 2 2 0 1 1 3",
      expected: "a.msh:19: the line ends before the node of the element"),
    Case(
      old: "1 1 2 3 1 1 2", new: "1 1 2 3 1 2 4",
      expected: "a.msh:17: element 1 of 'edge' is not the side of any cell of the mesh"),
    Case(
      old: "$EndNodes", new: "$EndNode",
      expected: "a.msh:14: '$EndNode' stands where $EndNodes belongs"),
    Case(
      old: "$Elements\n3\n1 1 2 3 1 1 2\n2 2 2 0 1 1 2 3\n3 2 2 0 1 1 3 4\n$EndElements\n", new: "",
      expected: "a.msh: there is no section $Elements"),
    Case(
      old: "2 2 2 0 1 1 2 3\n3 2 2 0 1 1 3 4\n", new: "",
      expected: "a.msh:18: the section ends before the element"),
    Case(
      old: "3\n1 1 2 3 1 1 2\n2 2 2 0 1 1 2 3\n3 2 2 0 1 1 3 4\n", new: "1\n1 1 2 3 1 1 2\n",
      expected: "a.msh: the mesh has no elements of two or three dimensions"),
    Case(
      old: "$Nodes\n", new: "$Nodes\n4\n1 0 0 0\n2 1 0 0\n3 1 1 0\n4 0 1 0\n$EndNodes\n$Nodes\n",
      expected: "a.msh:15: there is a second section $Nodes"),
    Case(
      old: "$Nodes\n4", new: "hello\n$Nodes\n4", expected: "a.msh:8: 'hello' stands outside of any"),
    Case(
      old: "$Nodes\n4", new: "$ParametricNodes\n4",
      expected: "a.msh:8: $ParametricNodes is not supported"),
    Case(
      old: "$Nodes\n4", new: "$Comments\nendless\n$Nodes\n4",
      expected: "a.msh:23: the file ends inside $Comments"),
    Case(
      file: GmshFile.square4, old: "$Entities\n0 1 1 0", new: "$Entities\n0 1 100000000000 0",
      expected: "a.msh:9: 100000000000 entities are announced"),
    Case(
      file: GmshFile.square4, old: "1 0 0 0 1 1 0 0 1 1", new: "2 0 0 0 1 1 0 0 1 1",
      expected: "a.msh:29: the elements lie on entity 1 of dimension 2, which $Entities lacks"),
    Case(
      file: GmshFile.square4,
      old: "$Entities\n0 1 1 0\n1 0 0 0 1 0 0 1 3 0\n1 0 0 0 1 1 0 0 1 1\n$EndEntities\n", new: "",
      expected: "a.msh: physical groups have names, and the section $Entities is missing"),
    Case(
      file: GmshFile.square4, old: "1 4 1 4\n2 1 0 4", new: "1 4 1 4\n2 1 0 9",
      expected: "a.msh:15: the node blocks hold more than the 4 nodes announced"),
    Case(
      file: GmshFile.square4, old: "1 4 1 4\n2 1 0 4", new: "1 5 1 4\n2 1 0 4",
      expected: "a.msh:23: 5 nodes are announced, and the blocks hold 4"),
    Case(
      file: GmshFile.square4, old: "1 4 1 4\n", new: "1000000000000 4 1 4\n",
      expected: "a.msh:14: 1000000000000 node blocks are announced"),
    Case(
      file: GmshFile.square4, old: "2 1 2 2\n", new: "3 1 2 2\n",
      expected: "a.msh:29: elements of type 2 on an entity of dimension 3"),
    Case(
      file: GmshFile.square4, old: "2 3 1 3\n1 1 1 1\n", new: "2 2 1 3\n1 1 1 1\n",
      expected: "a.msh:29: the element blocks hold more than the 2 elements announced"),
    Case(
      file: GmshFile.square4, old: "$Entities\n", new: "$PartitionedEntities\n",
      expected: "a.msh:8: the mesh is partitioned"),
  ]

  @Test("one wrong thing is named with its line", arguments: cases)
  func oneFault(_ c: Case) throws {
    #expect(c.file.contains(c.old))
    let file = c.file.replacingOccurrences(of: c.old, with: c.new)
    let complaint = try #require(Self.complaint(Array(file.utf8)))
    #expect(complaint.hasPrefix(c.expected), "\(complaint)")
  }

  @Test func `a name may hold quotes and blanks`() throws {
    let file = GmshFile.square2.replacingOccurrences(
      of: "\"edge\"", with: "\"the \"left\" edge \"  ")
    #expect(try Self.read(file).surfaces["the \"left\" edge "]?.count == 1)
  }

  @Test func `all undefined nodes are listed at once, and no more than a person reads`() {
    let two = GmshFile.square2.replacingOccurrences(of: "1 1 2 3", with: "1 7 2 8")
    let found = Self.complaint(
      Array(two.replacingOccurrences(of: "0 1 1 3 4", with: "0 1 7 3 4").utf8))
    #expect(found?.split(separator: "\n").count == 1)

    var many =
      "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n1\n1 0 0 0\n$EndNodes\n$Elements\n500\n"
    for element in 1...500 { many += "\(element) 2 2 0 1 1 2 3\n" }
    many += "$EndElements\n"
    let lines = Self.complaint(Array(many.utf8))?.split(separator: "\n") ?? []
    #expect(lines.count == 101)
    #expect(lines.first?.hasPrefix("a.msh:10: element 1 uses node 2, which is not defined") == true)
    #expect(lines.last == "a.msh: 900 more faults are not listed")
  }

  @Test("a binary file's faults name their byte")
  func binaryFaults() throws {
    let nan = try #require(Self.complaint(GmshFile.triangle2(x: .nan)))
    let place = try #require(nan.firstMatch(of: /byte (\d+): the first coordinate is nan/))
    let bytes = GmshFile.triangle2(x: .nan)
    let offset = try #require(Int(place.1))
    // There, eight bytes, lies the number.
    let pattern = bytes[offset..<offset + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(Double(bitPattern: pattern).isNaN)

    let type = Self.complaint(GmshFile.triangle2(type: 10))
    #expect(type?.contains("element type 10, a quadrilateral of 9 nodes, is not supported") == true)
  }

  @Test(
    "counts beyond the file are refused before memory is taken",
    arguments: [
      GmshFile.triangle2(nodeCount: 1_000_000_000_000),
      GmshFile.triangle4(nodeCount: 1_000_000_000_000),
      GmshFile.triangle4(nodeCount: .max, blockCount: .max),
      GmshFile.triangle4(nodeCount: 1 << 60),
    ])
  func hugeCounts(bytes: [UInt8]) throws {
    let began = threadTime()
    let complaint = try #require(Self.complaint(bytes))
    #expect(complaint.contains("nodes are announced, and the file has only"))
    // Milliseconds of this thread, whatever else the machine does.
    #expect(threadTime() - began < .milliseconds(200))
  }

  @Test func `a small file cannot ask for sets of any size`() {
    // One surface in 20 000 groups with 20 000 triangles: 400 million members from half a megabyte.
    let count = 20_000
    let groups = (1...count).map(String.init).joined(separator: " ")
    let file = """
      $MeshFormat
      4.1 0 8
      $EndMeshFormat
      $Entities
      0 0 1 0
      1 0 0 0 1 1 0 \(count) \(groups) 0
      $EndEntities
      $Nodes
      1 3 1 3
      2 1 0 3
      1
      2
      3
      0 0 0
      1 0 0
      0 1 0
      $EndNodes
      $Elements
      1 \(count) 1 \(count)
      2 1 2 \(count)
      \((1...count).map { "\($0) 1 2 3" }.joined(separator: "\n"))
      $EndElements
      """
    #expect(
      Self.complaint(Array(file.utf8))?.hasPrefix(
        "a.msh: the 20000 elements occur 400000000 times in physical groups") == true)
  }

  @Test(
    "a file cut short anywhere is refused or, cut in its last line, read",
    arguments: [
      "mixed-1-msh22-text", "mixed-1-msh22-binary", "plate-1-msh41-text", "plate-1-msh41-binary",
    ])
  func truncated(name: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: resource("\(name).msh"))))
    for length in 0..<(bytes.count - 1) {
      #expect(Self.complaint(Array(bytes[..<length])) != nil, "cut to \(length) of \(bytes.count)")
    }
  }

  @Test(
    "a file with one byte changed never crashes the reader",
    arguments: [
      "mixed-1-msh22-text", "mixed-1-msh22-binary", "plate-1-msh41-text", "plate-1-msh41-binary",
    ])
  func oneByteChanged(name: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: resource("\(name).msh"))))
    var refused = 0
    for position in bytes.indices {
      var changed = bytes
      changed[position] ^= position.isMultiple(of: 2) ? 0xFF : 0x01
      if Self.complaint(changed) != nil { refused += 1 }
    }
    // Coordinates and blanks may change unseen; most else may not.
    #expect(refused > bytes.count / 4)
  }

  @Test func `noise is no mesh`() throws {
    var state: UInt64 = 7
    let noise = (0..<100_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    #expect(Self.complaint(noise)?.contains("stands outside of any section") == true)
    #expect(
      Self.complaint([])?.contains(
        "there is no section $MeshFormat; check that this is a Gmsh mesh") == true)
    let blanks = [UInt8](repeating: 0x20, count: 1_000_000)
    #expect(Self.complaint(blanks)?.contains("there is no section $MeshFormat") == true)
  }
}

@Suite("Mesh files") struct MeshFileTests {
  func complaint(_ path: String) -> String? {
    do {
      _ = try Mesh(contentsOf: path)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `the ending says what a file is`() throws {
    let folder = TemporaryFolder()
    try AtomicFile.write(GmshFile.square2, to: folder.path + "/a.MSH")
    #expect(try Mesh(contentsOf: folder.path + "/a.MSH").cellCount == 2)
    try AtomicFile.write(
      "*NODE\n1,0,0,0\n2,1,0,0\n3,0,1,0\n*ELEMENT,TYPE=CPS3\n1,1,2,3\n", to: folder.path + "/a.inp")
    #expect(try Mesh(contentsOf: folder.path + "/a.inp").cellCount == 1)
    #expect(
      complaint(folder.path + "/a.step")
        == "\(folder.path)/a.step: meshes in '.step' files are not read; Gmsh meshes end in .msh, decks in "
        + ".inp")
    #expect(complaint("mesh")?.contains("the file has no ending") == true)
  }

  @Test func `what is no file is refused without waiting`() throws {
    let folder = TemporaryFolder()
    #expect(complaint(folder.path + "/none.msh")?.contains("No such file") == true)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/b.msh", withIntermediateDirectories: false)
    #expect(complaint(folder.path + "/b.msh")?.contains("not a regular file") == true)
    #expect(mkfifo(folder.path + "/c.msh", 0o600) == 0)
    #expect(complaint(folder.path + "/c.msh")?.contains("not a regular file") == true)
    // Two GiB that take no room on the disk.
    let sparse = try #require(fopen(folder.path + "/d.msh", "w"))
    #expect(ftruncate(fileno(sparse), 2 << 30) == 0)
    fclose(sparse)
    #expect(complaint(folder.path + "/d.msh")?.contains("files of at most") == true)
  }
}
