internal import Glibc
public import Meshing

extension ElementTable {
  /// What CalculiX prints as the first displacement of a node of axisymmetric cells, per radial displacement.
  ///
  /// The mean over the node's copies in the wedge, two of which move along x by the cosine of a degree; 1 for other
  /// cells. A node of several cells has the same share in all.
  ///
  /// - Parameter node: The node's place in the cell.
  public static func printedRadialShare(_ type: ElementType, node: Int) -> Double {
    guard type.theory == .axisymmetric else { return 1 }
    let cosine = cos(WedgeTable.halfAngle)
    let hasMiddle = type.shape.isQuadratic && node < type.shape.cornerCount
    return hasMiddle ? (cosine + 2) / 3 : cosine
  }

  /// The point of this table behind each row that CalculiX prints for a cell.
  public var printedPoints: [Int] { isSheet ? Array(0..<pointCount) : Self.printedPoints(type) }

  /// The point of ``stiffness(_:)`` behind each row that CalculiX prints for a cell.
  ///
  /// CalculiX makes bricks of plane cells and prints a row for each point of the brick: the points of the plane
  /// come once per layer. Axisymmetric cells' points are the brick's own already, their tensors in global axes.
  public static func printedPoints(_ type: ElementType) -> [Int] {
    let points = stiffness(type).pointCount
    let layers =
      switch type {
      case .cps3, .cpe3, .cps4, .cpe4, .cps8r, .cpe8r: 2
      case .cps6, .cpe6, .cps8, .cpe8: 3
      default: 1
      }
    return (0..<layers).flatMap { _ in 0..<points }
  }
}
