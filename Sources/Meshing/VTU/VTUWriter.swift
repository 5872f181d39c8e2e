public import Files

/// Writes a mesh and fields on it as an UnstructuredGrid for VTK and ParaView.
///
/// Arrays are compressed by zlib in blocks and written inline in base64: the form with raw appended data
/// is no XML, and newer readers refuse it. Equal inputs give equal bytes.
///
/// - Source: *VTK XML Formats*, docs.vtk.org; the cell types and node orders are those of `vtkCellType.h`.
public struct VTUWriter: Sendable {
  private let mesh: Mesh
  private let pointFields: [VTUField]
  private let cellFields: [VTUField]

  /// A writer of a mesh and fields on it.
  ///
  /// - Parameters:
  ///   - mesh: The nodes and cells; plane meshes lie in the plane z = 0.
  ///   - pointFields: One value per node each.
  ///   - cellFields: One value per cell each, the blocks one after the other.
  public init(mesh: Mesh, pointFields: [VTUField] = [], cellFields: [VTUField] = []) {
    for field in pointFields {
      precondition(
        field.count == mesh.nodes.count,
        "'\(field.name)' has \(field.count) values for \(mesh.nodes.count) nodes")
    }
    for field in cellFields {
      precondition(
        field.count == mesh.cellCount,
        "'\(field.name)' has \(field.count) values for \(mesh.cellCount) cells")
    }
    self.mesh = mesh
    self.pointFields = pointFields
    self.cellFields = cellFields
  }

  /// Writes the file, whole or not at all.
  public func write(to path: String) throws(FileFault) {
    try AtomicFile.write(bytes(), to: path)
  }

  /// The bytes of the file.
  public func bytes() -> [UInt8] {
    var text = VTUText()
    text.line(#"<?xml version="1.0"?>"#)
    text.line(
      #"<VTKFile type="UnstructuredGrid" version="1.0" byte_order="LittleEndian" "#
        + #"header_type="UInt64" compressor="vtkZLibDataCompressor">"#)
    text.line("<UnstructuredGrid>")
    text.line(
      #"<Piece NumberOfPoints="\#(mesh.nodes.count)" NumberOfCells="\#(mesh.cellCount)">"#)

    text.line(Self.section("PointData", pointFields))
    for field in pointFields { text.array(field) }
    text.array(name: "node", mesh.nodeLabels.map { Int64($0) })
    text.line("</PointData>")

    text.line(Self.section("CellData", cellFields))
    for field in cellFields { text.array(field) }
    text.array(name: "element", mesh.blocks.flatMap { $0.labels.map { Int64($0) } })
    text.line("</CellData>")

    text.line("<Points>")
    text.array(.vectors("Points", mesh.nodes))
    text.line("</Points>")

    text.line("<Cells>")
    var connectivity: [Int64] = []
    var offsets: [Int64] = []
    var types: [UInt8] = []
    for block in mesh.blocks {
      // VTK numbers the nodes of all our shapes as Abaqus does, mid-side nodes included. For wedges its
      // documents say the opposite, but its shape functions and, since 9.7 at the latest, its faces agree.
      connectivity += block.connectivity.lazy.map { Int64($0) }
      for _ in 0..<block.count {
        offsets.append((offsets.last ?? 0) + Int64(block.shape.nodeCount))
        types.append(block.shape.numbers.vtk)
      }
    }
    text.array(name: "connectivity", connectivity)
    text.array(name: "offsets", offsets)
    text.array(name: "types", types)
    text.line("</Cells>")

    text.line("</Piece>")
    text.line("</UnstructuredGrid>")
    text.line("</VTKFile>")
    return text.bytes
  }

  /// The opening tag, naming what a viewer shows first.
  private static func section(_ name: String, _ fields: [VTUField]) -> String {
    var tag = "<" + name
    for (attribute, kind) in [
      ("Scalars", VTUField.Kind.scalar), ("Vectors", .vector), ("Tensors", .symmetricTensor),
    ] {
      if let field = fields.first(where: { $0.kind == kind }) {
        tag += " \(attribute)=\"\(VTUText.escaped(field.name))\""
      }
    }
    return tag + ">"
  }
}
