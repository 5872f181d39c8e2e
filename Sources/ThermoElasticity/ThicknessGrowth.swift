/// By how much the sheets of ``PlaneStressTheory/calculiX`` are thicker at the nodes.
public struct ThicknessGrowth: Sendable, Equatable {
  /// A node, and the thickness of the sheets in question.
  public struct Place: Hashable, Sendable {
    /// The node, from zero.
    public var node: Int
    /// The undeformed thickness.
    public var thickness: Double

    /// The node for sheets of that thickness.
    public init(node: Int, thickness: Double) { (self.node, self.thickness) = (node, thickness) }
  }

  /// Of every node, of the first thickness that it has; empty without sheets.
  public var ofNode: [Double]
  /// Of sheets of another thickness than the first at their node: each thickness grows for itself.
  public var ofCopy: [Place: Double]

  /// The growth at nodes, and of further thicknesses there.
  public init(ofNode: [Double] = [], ofCopy: [Place: Double] = [:]) {
    (self.ofNode, self.ofCopy) = (ofNode, ofCopy)
  }

  /// The growth of a cell at some of its nodes; empty where no sheet has changed its thickness.
  ///
  /// - Parameter thickness: The undeformed thickness of the cell.
  public func growth(at nodes: [Int], thickness: Double) -> [Double] {
    if ofNode.isEmpty { return [] }
    return nodes.map { ofCopy[Place(node: $0, thickness: thickness)] ?? ofNode[$0] }
  }
}
