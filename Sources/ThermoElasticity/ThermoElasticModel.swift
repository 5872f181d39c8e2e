public import Meshing

/// What all load cases of a structure share: its mesh, what it is made of, and how its nodes are tied.
///
/// How it is solved is no part of it: ``SolveOptions``. Units are the caller's consistent ones; the library's own API uses SI.
public struct ThermoElasticModel: Sendable {
  /// Nodes and cells; every block has an element type.
  public var mesh: Mesh
  /// Materials, referred to by place.
  public var materials: [Material]
  /// Each cell belongs to exactly one section; where several name it, the last holds.
  public var sections: [Section]
  /// Local axes of nodes for loads, boundary conditions and constraints; nodes not named use the global axes.
  public var nodalAxes: [Int32: CoordinateSystem]
  /// Linear equations between unknowns.
  public var constraints: [LinearConstraint]
  /// Temperature of every node at which there is no thermal strain.
  public var initialTemperature: [Double]

  /// A structure of the given parts.
  public init(
    mesh: Mesh, materials: [Material], sections: [Section],
    nodalAxes: [Int32: CoordinateSystem] = [:], constraints: [LinearConstraint] = [],
    initialTemperature: [Double]? = nil
  ) {
    self.mesh = mesh
    self.materials = materials
    self.sections = sections
    self.nodalAxes = nodalAxes
    self.constraints = constraints
    self.initialTemperature =
      initialTemperature ?? Array(repeating: 0, count: mesh.nodes.count)
  }
}
