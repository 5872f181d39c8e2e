public import Files

/// Something a soundness check found in a mesh.
public struct MeshFinding: Sendable, Equatable, CustomStringConvertible {
  /// How much it matters.
  public enum Severity: Int, Sendable, Comparable {
    /// Worth knowing: a node no cell uses.
    case note
    /// Likely a mistake, yet there are models that want it: two cells on the same nodes.
    case warning
    /// The equations cannot be set up: a cell turned inside out.
    case error

    /// Orders by how much it matters.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// What was found; cells and nodes are numbers in the mesh, from zero.
  public enum Kind: Sendable, Equatable {
    /// The map from the reference cell turns the cell inside out, or flat, near a node.
    case inverted(cell: Int32, node: Int32, isFlat: Bool)
    /// The same at a corner only, where no integration point is.
    case badCorner(cell: Int32, node: Int32)
    /// The node amid an edge lies beyond the edge's ends.
    case nodeOutsideEdge(cell: Int32, node: Int32)
    /// Two cells of one shape have the same nodes.
    case duplicate(cell: Int32, of: Int32)
    /// Two nodes that cells use lie in one place.
    case coincident(node: Int32, with: Int32)
    /// So many nodes belong to no cell; the first of them.
    case unused(count: Int, first: Int32)
  }

  /// How much it matters.
  public var severity: Severity
  /// What was found.
  public var kind: Kind
  /// What was found, in the numbers of the file, as a sentence without a full stop.
  public var problem: String
  /// What the user can do, as a sentence without a full stop.
  public var remedy: String

  /// `problem; remedy`
  public var description: String { remedy.isEmpty ? problem : "\(problem); \(remedy)" }

  /// The finding as a fault of the file the mesh came from.
  public func fault(inFile file: String) -> InputFault {
    InputFault(at: .init(file: file), problem, remedy: remedy)
  }
}
