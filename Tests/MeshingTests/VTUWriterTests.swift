import Foundation
import Meshing
import TestSupport
import Testing

@Suite("VTU writer") struct VTUWriterTests {
  /// What VTK found in a file, by `inspect-vtu.py`.
  struct Inspection: Decodable {
    struct Array: Decodable {
      var components: [String]
      var tuples: Int
      var ranges: [[Double]]
    }
    var version: String
    var problems: [String]
    var points: Int
    var cells: Int
    var types: [Int]
    var cellNodes: Int
    var bounds: [Double]
    var volume: Double
    var area: Double
    var pointData: [String: Array]
    var cellData: [String: Array]
  }

  /// Pythons with VTK: Debian's, and any named in `GCGAN_VTK_PYTHON`. One that cannot import it fails the tests:
  /// `make setup-tests` installs it.
  static let pythons: [String] =
    ["/usr/bin/python3"]
    + (ProcessInfo.processInfo.environment["GCGAN_VTK_PYTHON"].map { [$0] } ?? [])

  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: Data)
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// Writes files and has VTK read them all, in one process: starting it takes longest.
  static func inspect(_ writers: [VTUWriter], with python: String) throws -> [Inspection] {
    let folder = TemporaryFolder()
    let files = writers.indices.map { folder.path + "/\($0).vtu" }
    for (writer, file) in zip(writers, files) { try writer.write(to: file) }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Scripts/inspect-vtu.py").standardizedFileURL.path
    let (status, output) = try run(python, [script] + files)
    #expect(status == 0)
    return try output.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Inspection.self, from: $0)
    }
  }

  @Test(
    "VTK reads every shape, its volume and the ranges of its fields",
    arguments: pythons)
  func everyShape(python: String) throws {
    let types: [(ElementType, vtk: Int)] = [
      (.c3d4, 10), (.c3d6, 13), (.c3d8, 12), (.c3d10, 24), (.c3d15, 26), (.c3d20, 25), (.cps3, 5),
      (.cps4, 9), (.cps6, 22), (.cps8, 23),
    ]
    // One type of each shape that cells have.
    #expect(Set(types.map(\.0.shape)) == Set(ElementType.allCases.map(\.shape)))
    let meshes = types.map { Mesh.box(size: [1, 2, 3], divisions: [2, 2, 2], elementType: $0.0) }
    let writers = meshes.map { mesh in
      let nodes = mesh.nodes.indices.map(Double.init)
      return VTUWriter(
        mesh: mesh,
        pointFields: [
          .scalars("temperature <K>", nodes.map { $0 + 0.5 }),
          .vectors("displacement", nodes.map { [$0, -$0, 7] }),
          .symmetricTensors("stress", nodes.flatMap { [$0, 1, 2, 3, 4, 5 + $0] }),
        ],
        cellFields: [.scalars("error", (0..<mesh.cellCount).map { 1 / Double($0 + 1) })])
    }
    let inspections = try Self.inspect(writers, with: python)
    try #require(inspections.count == types.count)
    for (((elementType, vtkType), mesh), found) in zip(zip(types, meshes), inspections) {
      let last = Double(mesh.nodes.count - 1)
      #expect(found.problems.isEmpty)
      #expect(found.points == mesh.nodes.count)
      #expect(found.cells == mesh.cellCount)
      #expect(found.cellNodes == mesh.cellCount * elementType.shape.nodeCount)
      #expect(Set(found.types) == [vtkType])
      let isSolid = elementType.theory == .solid
      #expect(found.bounds == [0, 1, 0, 2, 0, isSolid ? 3 : 0])
      // A wrong node order turns cells inside out; VTK sums some ten terms per cell. VTK 9.1 has the
      // wedge the other way round than its own shape functions, verdict and VTK 9.7 have it.
      let isMirrored = found.version.hasPrefix("9.1") && [.c3d6, .c3d15].contains(elementType)
      let size = isSolid ? (isMirrored ? -6.0 : 6) : 2
      #expect(abs((isSolid ? found.volume : found.area) - size) < 1e-12)
      #expect(found.pointData["temperature <K>"]?.ranges == [[0.5, last + 0.5]])
      #expect(found.pointData["displacement"]?.ranges == [[0, last], [-last, 0], [7, 7]])
      #expect(found.pointData["stress"]?.components == ["XX", "YY", "ZZ", "XY", "YZ", "XZ"])
      #expect(
        found.pointData["stress"]?.ranges
          == [[0, last], [1, 1], [2, 2], [3, 3], [5, last + 5], [4, 4]])
      #expect(found.pointData["node"]?.ranges == [[1, last + 1]])
      #expect(found.cellData["error"]?.ranges == [[1 / Double(mesh.cellCount), 1]])
      #expect(found.cellData["element"]?.ranges == [[1, Double(mesh.cellCount)]])
    }
  }

  @Test(
    "many blocks of bytes, several shapes and no cells at all arrive whole",
    arguments: pythons)
  func unusualSizes(python: String) throws {
    // 64 000 node numbers of eight bytes: two blocks of connectivity, the second one not full.
    let large = Mesh.box(size: [1, 1, 1], divisions: [20, 20, 20], elementType: .c3d8)
    let mixed = try Mesh(contentsOf: resource("mixed-2-msh41-text.msh"))
    let found = try Self.inspect(
      [
        VTUWriter(
          mesh: large, pointFields: [.scalars("x", large.nodes.map { ($0.x * 1e3).rounded() })]),
        VTUWriter(
          mesh: mixed, cellFields: [.vectors("place", (0..<6).map { [Double($0), 0, 0] })]),
        VTUWriter(mesh: Mesh(nodes: [[1, 2, 3]])),
      ], with: python)
    try #require(found.count == 3)
    #expect(found.flatMap(\.problems).isEmpty)
    #expect(found.map(\.points) == [9261, 55, 1])
    #expect(found.map(\.cells) == [8000, 6, 0])

    #expect(found[0].pointData["x"]?.ranges == [[0, 1000]])
    #expect(found[0].cellData["element"]?.ranges == [[1, 8000]])
    // 8000 volumes of 1.25e-4, each with some 1e-19 of round-off.
    #expect(abs(found[0].volume - 1) < 1e-10)

    #expect(found[1].types == [26, 26, 26, 26, 25, 25])
    #expect(found[1].cellNodes == 4 * 15 + 2 * 20)
    #expect(found[1].cellData["place"]?.ranges == [[0, 5], [0, 0], [0, 0]])
    // The numbers the file gave the cells.
    #expect(found[1].cellData["element"]?.ranges == [[13, 18]])
  }

  @Test func `equal inputs give equal bytes`() {
    let mesh = Mesh.box(size: [1, 1, 1], divisions: [3, 3, 3], elementType: .c3d20)
    let fields = [VTUField.scalars("t", mesh.nodes.map { $0.x })]
    let writer = VTUWriter(mesh: mesh, pointFields: fields)
    let again = VTUWriter(mesh: mesh, pointFields: fields)
    #expect(writer.bytes() == again.bytes())
  }
}
