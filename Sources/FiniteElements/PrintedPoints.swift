public import Meshing

extension ElementTable {
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
