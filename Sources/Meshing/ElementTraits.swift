/// What an element type is made of: one row of ``ElementType/traits``.
///
/// Tables of points, sides, extrapolation, prints and checks all read these rows; none asks for a type by its name.
public struct ElementTraits: Sendable {
  /// The integration points of a solid cell; CalculiX's, in its order.
  public enum Points: Sendable, Equatable {
    /// Gauss points along each axis of a cube.
    case box(perAxis: Int)
    /// One point in the triangle times Gauss points along the third axis.
    case wedge1(layers: Int)
    /// Three points in the triangle times Gauss points along the third axis.
    case wedge3(layers: Int)
    /// One point in the tetrahedron.
    case tetrahedron1
    /// Four points in the tetrahedron.
    case tetrahedron4

    /// Points along the third axis; of a tetrahedron, whose points are in no layers, 1.
    public var layerCount: Int {
      switch self {
      case .box(let count), .wedge1(let count), .wedge3(let count): count
      case .tetrahedron1, .tetrahedron4: 1
      }
    }
  }

  /// How the strains of a cell come from the displacements of its nodes.
  public enum Formulation: Sendable {
    /// Gradients of the shape functions.
    case isoparametric
    /// Their mean over the volume, with hourglass control.
    case meanStrain
    /// Gradients of the shape functions and of three bubbles inside the cell.
    case incompatibleModes
  }

  /// How temperatures at the points come from temperatures at the nodes in a mechanical step.
  public enum Temperatures: Sendable {
    /// The shape functions.
    case shapeFunctions
    /// The mean of the nodes, so that thermal and total strains are of the same degree.
    case cellMean
    /// The multilinear function through the values at two points per axis.
    case reducedRule
  }

  /// What the element assumes of the directions it does not see.
  public let theory: ElementType.Theory
  /// The shape of its cells.
  public let shape: CellShape
  /// The solid CalculiX makes of a plane or axisymmetric cell; `nil` for solids.
  public let brick: ElementType?
  /// The points of the stiffness, or of the stiffness of the solid that CalculiX makes of the cell.
  public let points: Points
  /// How strains come from displacements.
  public let formulation: Formulation
  /// How temperatures at the points come from those at the nodes.
  public let temperatures: Temperatures
  /// Gauss points along each axis of a side with four corners, and along a side of a plane cell.
  public let sidePointsPerAxis: Int
  /// Whether CalculiX computes the heat flux in the first layer of points alone and repeats it in the second.
  public let repeatsHeatFlux: Bool

  /// A solid element.
  static func solid(
    _ shape: CellShape, _ points: Points, _ formulation: Formulation = .isoparametric,
    temperatures: Temperatures = .shapeFunctions, sidePointsPerAxis: Int = 2
  ) -> Self {
    Self(
      theory: .solid, shape: shape, brick: nil, points: points, formulation: formulation,
      temperatures: temperatures, sidePointsPerAxis: sidePointsPerAxis, repeatsHeatFlux: false)
  }

  /// A plane or axisymmetric element: what it does in its plane is what the solid does that CalculiX makes of it.
  static func flat(
    _ theory: ElementType.Theory, _ shape: CellShape, like brick: ElementType,
    repeatsHeatFlux: Bool = false
  ) -> Self {
    let solid = brick.traits
    return Self(
      theory: theory, shape: shape, brick: brick, points: solid.points,
      formulation: solid.formulation, temperatures: solid.temperatures,
      sidePointsPerAxis: solid.sidePointsPerAxis, repeatsHeatFlux: repeatsHeatFlux)
  }
}
