import Foundation

/// A Gmsh file put together by hand, for tests of what no Gmsh writes.
struct GmshFile {
  var bytes: [UInt8] = []
  var isBigEndian = false

  /// Text and a line feed.
  mutating func line(_ text: String) { bytes += (text + "\n").utf8 }

  /// A binary whole number or count.
  mutating func add<Value: FixedWidthInteger>(_ values: Value...) {
    for value in values {
      withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { bytes += $0 }
    }
  }

  /// Binary numbers.
  mutating func add(_ values: Double...) {
    for value in values { add(value.bitPattern) }
  }

  /// One triangle in version 2.2, in binary.
  static func triangle2(
    isBigEndian: Bool = false, nodeCount: Int = 3, x: Double = 1, type: Int32 = 2
  ) -> [UInt8] {
    var file = GmshFile(isBigEndian: isBigEndian)
    file.line("$MeshFormat\n2.2 1 8")
    file.add(Int32(1))
    file.line("\n$EndMeshFormat\n$PhysicalNames\n1\n2 7 \"face\"\n$EndPhysicalNames")
    file.line("$Nodes\n\(nodeCount)")
    for (label, place) in [(Int32(10), (0.0, 0.0)), (20, (x, 0)), (30, (0, 1))] {
      file.add(label)
      file.add(place.0, place.1, 0)
    }
    file.line("\n$EndNodes\n$Elements\n1")
    file.add(type, 1, 2)
    file.add(Int32(5), 7, 1, 10, 20, 30)
    file.line("\n$EndElements")
    return file.bytes
  }

  /// The same in version 4.1.
  static func triangle4(
    isBigEndian: Bool = false, nodeCount: UInt64 = 3, blockCount: UInt64 = 3
  ) -> [UInt8] {
    var file = GmshFile(isBigEndian: isBigEndian)
    file.line("$MeshFormat\n4.1 1 8")
    file.add(Int32(1))
    file.line("\n$EndMeshFormat\n$PhysicalNames\n1\n2 7 \"face\"\n$EndPhysicalNames")
    file.line("$Entities")
    file.add(UInt64(0), 0, 1, 0)
    file.add(Int32(1))
    file.add(0.0, 0, 0, 1, 1, 0)
    file.add(UInt64(1))
    file.add(Int32(-7))
    file.add(UInt64(0))
    file.line("\n$EndEntities\n$Nodes")
    file.add(UInt64(1), nodeCount, 10, 30)
    file.add(Int32(2), 1, 0)
    file.add(blockCount, 10, 20, 30)
    file.add(0.0, 0, 0, 1, 0, 0, 0, 1, 0)
    file.line("\n$EndNodes\n$Elements")
    file.add(UInt64(1), 1, 5, 5)
    file.add(Int32(2), 1, 2)
    file.add(UInt64(1), 5, 10, 20, 30)
    file.line("\n$EndElements")
    return file.bytes
  }

  /// A square of two triangles with a named edge, in version 2.2, as text; line 8 is the first node and
  /// line 16 the first triangle.
  static let square2 = """
    $MeshFormat
    2.2 0 8
    $EndMeshFormat
    $PhysicalNames
    1
    1 3 "edge"
    $EndPhysicalNames
    $Nodes
    4
    1 0 0 0
    2 1 0 0
    3 1 1 0
    4 0 1 0
    $EndNodes
    $Elements
    3
    1 1 2 3 1 1 2
    2 2 2 0 1 1 2 3
    3 2 2 0 1 1 3 4
    $EndElements

    """

  /// The same in version 4.1.
  static let square4 = """
    $MeshFormat
    4.1 0 8
    $EndMeshFormat
    $PhysicalNames
    1
    1 3 "edge"
    $EndPhysicalNames
    $Entities
    0 1 1 0
    1 0 0 0 1 0 0 1 3 0
    1 0 0 0 1 1 0 0 1 1
    $EndEntities
    $Nodes
    1 4 1 4
    2 1 0 4
    1
    2
    3
    4
    0 0 0
    1 0 0
    1 1 0
    0 1 0
    $EndNodes
    $Elements
    2 3 1 3
    1 1 1 1
    1 1 2
    2 1 2 2
    2 1 2 3
    3 1 3 4
    $EndElements

    """
}
