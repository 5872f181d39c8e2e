internal import Glibc
public import Meshing
internal import NumericalMethods

extension ElementType {
  /// Where the layers of points lie through the thickness of the brick that CalculiX makes of a plane cell, from -1 to 1.
  ///
  /// CalculiX prints a row for each point of the brick: the points of the plane come once per layer. Solids and
  /// axisymmetric cells, whose points are the brick's own already, have one layer at 0.
  ///
  /// - Source: CalculiX 2.20, `gen3delem` and `gauss`.
  public var printedLayers: [Double] {
    guard theory == .planeStress || theory == .planeStrain else { return [0] }
    return GaussLegendreRule(pointCount: traits.points.layerCount).points
  }

  /// What CalculiX prints as the first displacement of a node of axisymmetric cells, per radial displacement.
  ///
  /// The mean over the node's copies in the wedge, two of which move along x by the cosine of a degree; 1 for other
  /// cells. A node of several cells has the same share in all.
  ///
  /// - Parameter node: The node's place in the cell.
  /// - Source: CalculiX 2.20, `map3dto1d2d`.
  public func printedRadialShare(ofNode node: Int) -> Double {
    guard theory == .axisymmetric else { return 1 }
    let cosine = cos(WedgeTable.halfAngle)
    let hasMiddle = shape.isQuadratic && node < shape.cornerCount
    return hasMiddle ? (cosine + 2) / 3 : cosine
  }
}
