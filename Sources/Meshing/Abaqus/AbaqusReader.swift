public import Files

/// Reads the mesh in Abaqus and CalculiX decks.
public enum AbaqusReader {
  /// The keywords that make a mesh.
  package static let meshKeywords: Set<String> = ["NODE", "ELEMENT", "NSET", "ELSET", "SURFACE"]

  /// Reads nodes, cells, sets and surfaces of a deck; everything else in it is passed over.
  ///
  /// Set names are upper case and without blanks, as ccx compares them.
  ///
  /// - Parameter path: A file whose name ends in `.inp`.
  /// - Throws: ``InputFaults`` with everything that is wrong in the mesh.
  public static func mesh(contentsOf path: String) throws(InputFaults) -> Mesh {
    let file: DeckFile
    do { file = try DeckFile(contentsOf: path) } catch { throw InputFaults([error]) }
    return try mesh(of: file, folder: DeckFolder(of: path))
  }

  /// Reads nodes, cells, sets and surfaces of a deck that is at hand.
  ///
  /// - Parameters:
  ///   - bytes: The deck.
  ///   - name: The file as messages name it.
  ///   - includes: Files that `*INCLUDE` may name.
  public static func mesh(
    bytes: [UInt8], name: String, includes: [String: [UInt8]] = [:]
  ) throws(InputFaults) -> Mesh {
    try mesh(of: DeckFile(name: name, bytes: bytes), folder: DeckFolder(files: includes))
  }

  private static func mesh(of file: DeckFile, folder: DeckFolder) throws(InputFaults) -> Mesh {
    var faults = FaultList()
    let scanner: DeckScanner
    do {
      scanner = try DeckScanner(file, folder: folder, faults: &faults)
    } catch {
      faults.add(error)
      try faults.throwIfAny(files: [file.name])
      throw InputFaults([error])
    }
    let mesh = mesh(from: scanner.cards, faults: &faults)
    if mesh.mesh.nodes.isEmpty, faults.isEmpty {
      faults.add(at: InputFault.Location(file: file.name), "the deck has no nodes")
    }
    try faults.throwIfAny(files: scanner.files)
    return mesh.mesh
  }

  /// The mesh that cards describe; cards with other keywords are passed over.
  ///
  /// As in ccx, nodes come first, then elements, node sets, element sets and surfaces, wherever they are
  /// in the deck.
  package static func mesh(from cards: [DeckCard], faults: inout FaultList) -> AbaqusMesh {
    var builder = AbaqusMeshBuilder()
    // Node sets that take the nodes of element sets come after these.
    let takesNodesOfCells = cards.contains { $0.keyword == "NSET" && $0.has("ELSET") }
    let sets = takesNodesOfCells ? ["ELSET", "NSET"] : ["NSET", "ELSET"]
    for keyword in ["NODE", "ELEMENT"] + sets + ["SURFACE"] {
      let group = cards.filter { $0.keyword == keyword }
      switch keyword {
      case "NODE": builder.addNodes(group, faults: &faults)
      case "ELEMENT": builder.addCells(group, faults: &faults)
      case "NSET": builder.addNodeSets(group, faults: &faults)
      case "ELSET": builder.addCellSets(group, faults: &faults)
      default: builder.addSurfaces(group, faults: &faults)
      }
    }
    return builder.finished()
  }
}
