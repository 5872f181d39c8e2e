public import Files

/// Reads meshes that Gmsh wrote, in versions 2.2 and 4.1 of its format, as text or binary.
///
/// - Elements of the highest dimension in the file become cells, one block per shape, in the order of the
///   file; the element type is left open.
/// - Each physical group becomes a node set of all nodes of its elements. A group of the highest
///   dimension becomes a cell set too, one of one dimension less a surface.
/// - Groups without a name are called as Gmsh does: `PhysicalSurface7`.
/// - All nodes of the file are kept, used or not, as in a deck.
///
/// Gmsh itself is not used: it runs commands it finds in files.
///
/// - Source: *MSH file format*, Gmsh 4.8 reference manual.
public enum GmshReader {
  /// The largest file that is read, in bytes.
  public static let largestSize = 1 << 30

  /// Reads a file whose name ends in `.msh`.
  ///
  /// - Throws: ``InputFaults`` with everything that is wrong.
  public static func mesh(contentsOf path: String) throws(InputFaults) -> Mesh {
    let bytes: [UInt8]
    do {
      bytes = try AtomicFile.read(path, upTo: largestSize)
    } catch {
      throw InputFaults([
        InputFault(at: .init(file: path), "the file cannot be read: \(error.reason)")
      ])
    }
    return try mesh(bytes: bytes, name: path)
  }

  /// Reads a file that is at hand.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: The file as messages name it.
  public static func mesh(bytes: [UInt8], name: String) throws(InputFaults) -> Mesh {
    var parser = GmshParser(bytes)
    do { try parser.parse() } catch { parser.faults.add(error) }
    guard parser.faults.isEmpty else {
      throw parser.faults.located(in: bytes, name: name, isBinary: parser.isBinary)
    }
    let builder = GmshMeshBuilder(parser.contents)
    guard builder.faults.isEmpty else {
      throw builder.faults.located(in: bytes, name: name, isBinary: parser.isBinary)
    }
    return builder.mesh
  }
}
