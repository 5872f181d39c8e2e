import ArrayFiles
import DeckAnalysis
import DesignValidation
import Files
import Foundation
import Testing

@Suite("Fields of a model") struct ModelFieldsTests {
  /// Two triangles with everything that fields can hold.
  static var sample: ModelFields {
    var fields = ModelFields(
      isPlane: true, nodeNumbers: [4, 7, 9, 11],
      positions: [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]],
      faces: [[0, 1, 2], [0, 1, 2, 3]], materials: [0, 2])
    fields.displacement = [[0, 0, 0], [0.1, 0, 0], [0.1, -0.2, 0], [0, 0, 1e-300]]
    fields.vonMises = [1, 2, 3, 4.000000000000001]
    fields.temperature = [20, 21, 22, 23]
    fields.errorEstimate = [0, 0.5, 0, 0]
    fields.supports = [.init(place: 0, axes: [0, 1]), .init(place: 3, axes: [2])]
    fields.loads = [.init(place: 1, force: [0, -5, 0])]
    return fields
  }

  @Test func `a file gives back what was written, to the last bit`() throws {
    let folder = try PartsFolder()
    for fields in [
      Self.sample,
      ModelFields(isPlane: false, nodeNumbers: [], positions: [], faces: [], materials: []),
    ] {
      let path = try folder.write(Data(fields.bytes), to: "a.safetensors")
      #expect(try ModelFields(contentsOf: path) == fields)
    }
  }

  @Test("a file that is not as it should be is refused with words", arguments: 0..<6)
  func refuses(_ number: Int) throws {
    var fields = Self.sample
    var metadata: String?
    switch number {
    case 0: fields.faces[1][3] = 4
    case 1: fields.vonMises?[2] = .nan
    case 2: fields.temperature?.removeLast()
    case 3: fields.supports[0].place = 4
    case 4: fields.loads[0].place = -1
    default: metadata = "gcgan-fields/2"
    }
    var bytes = fields.bytes
    if let metadata {
      var file = SafetensorsWriter(metadata: ["gcgan": metadata])
      file.add("node_numbers", shape: [0], values: [Int64]())
      bytes = file.bytes
    }
    let folder = try PartsFolder()
    let path = try folder.write(Data(bytes), to: "a.safetensors")
    let fault = #expect(throws: InputFault.self) { try ModelFields(contentsOf: path) }
    #expect(fault?.location.file == path)
    let words = [
      "a face has a corner that is none of its 4 nodes", "'von_mises' has NaN", "shape [3]",
      "a support or a load is at none", "a support or a load is at none", "gcgan-fields/2",
    ]
    #expect(fault?.problem.contains(words[number]) == true, "\(fault?.description ?? "")")
  }

  /// A cube of 2 with a pressure of 3 on the face x = 2, in cells of two materials.
  private static let cube = """
    *NODE
    10, 0, 0, 0
    20, 1, 0, 0
    30, 2, 0, 0
    11, 0, 2, 0
    21, 1, 2, 0
    31, 2, 2, 0
    12, 0, 0, 2
    22, 1, 0, 2
    32, 2, 0, 2
    13, 0, 2, 2
    23, 1, 2, 2
    33, 2, 2, 2
    *ELEMENT, TYPE=C3D8, ELSET=A
    1, 10, 20, 21, 11, 12, 22, 23, 13
    *ELEMENT, TYPE=C3D8, ELSET=B
    2, 20, 30, 31, 21, 22, 32, 33, 23
    *MATERIAL, NAME=MA
    *ELASTIC
    1000, 0
    *MATERIAL, NAME=MB
    *ELASTIC
    2000, 0
    *SOLID SECTION, ELSET=A, MATERIAL=MA
    *SOLID SECTION, ELSET=B, MATERIAL=MB
    *BOUNDARY
    10, 1, 3
    11, 1
    12, 1, 2
    13, 1
    *STEP
    *STATIC
    *DLOAD
    2, P4, -3
    *NODE PRINT, NSET=NALL
    U
    *END STEP

    """.replacingOccurrences(of: "*NODE PRINT, NSET=NALL\nU\n", with: "")

  @Test
  func `of two cubes the skin has ten faces, seen from outside, and the materials of their cells`()
    throws
  {
    let folder = try PartsFolder()
    let path = try folder.write(Self.cube, to: "cube.inp")
    let model = try DeckModelSolver().solve(deckAt: path)
    let fields = try #require(model.fields?())
    #expect(!fields.isPlane)
    #expect(fields.faces.count == 10)
    #expect(fields.nodeNumbers.sorted() == [10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33])
    #expect(fields.materials.filter { $0 == 0 }.count == 5)
    #expect(fields.materials.filter { $0 == 1 }.count == 5)
    // By the divergence theorem the faces of a closed skin, seen from outside, hold its volume of 8.
    var volume = 0.0
    for face in fields.faces {
      let corners = face.map { fields.positions[Int($0)] }
      for corner in 1..<corners.count - 1 {
        let (a, b, c) = (corners[0], corners[corner], corners[corner + 1])
        volume +=
          (a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z)
            + a.z * (b.x * c.y - b.y * c.x)) / 6
      }
    }
    #expect(abs(volume - 8) < 1e-12)
  }

  @Test func `fields, supports and loads are those of the deck`() throws {
    let folder = try PartsFolder()
    let path = try folder.write(Self.cube, to: "cube.inp")
    let fields = try #require(try DeckModelSolver().solve(deckAt: path).fields?())
    func place(_ number: Int) -> Int { fields.nodeNumbers.firstIndex(of: number) ?? -1 }
    // A pull of 3 over 1000 and over 2000, each over a length of 1.
    #expect(abs((fields.displacement?[place(33)].x ?? 0) - 4.5e-3) < 1e-12)
    for stress in fields.vonMises ?? [] { #expect(abs(stress - 3) < 1e-9) }
    #expect(fields.vonMises?.count == 12)
    #expect(fields.temperature == nil)
    #expect(
      fields.supports
        == [
          .init(place: place(10), axes: [0, 1, 2]), .init(place: place(11), axes: [0]),
          .init(place: place(12), axes: [0, 1]), .init(place: place(13), axes: [0]),
        ].sorted { $0.place < $1.place })
    // 3 on an area of 4: a quarter of 12 at each corner.
    #expect(
      fields.loads
        == [30, 31, 32, 33].map { .init(place: place($0), force: [3, 0, 0]) }
        .sorted { $0.place < $1.place })
  }
}
