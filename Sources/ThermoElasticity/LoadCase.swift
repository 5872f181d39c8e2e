public import Meshing

/// A prescribed value of one unknown.
public struct PrescribedValue: Sendable, Equatable {
  /// The node, from zero.
  public var node: Int32
  /// 0, 1, 2 for displacements along the node's axes; not read for temperatures.
  public var component: Int
  /// The displacement or temperature.
  public var value: Double

  /// A prescribed value of one unknown.
  public init(node: Int32, component: Int, value: Double) {
    self.node = node
    self.component = component
    self.value = value
  }
}

/// Everything that acts on a structure in one static solve, at its full size.
public struct MechanicalLoads: Sendable {
  /// Prescribed displacements; at most one per unknown.
  public var prescribed: [PrescribedValue] = []
  /// Concentrated forces: node, axis (along the node's axes), force.
  public var forces: [PrescribedValue] = []
  /// Pressure on sides of cells, positive into the cell; entries add up.
  public var pressures: [(facet: Facet, pressure: Double)] = []
  /// Traction on sides of cells, force per area in global components; entries add up.
  public var tractions: [(facet: Facet, traction: SIMD3<Double>)] = []
  /// Acceleration fields (gravity): cells and the acceleration, times the material's density.
  public var accelerations: [(cells: [Int32], acceleration: SIMD3<Double>)] = []
  /// Rotation: cells, a point on the axis, the axis (unit vector) and the angular speed squared.
  public var rotations:
    [(cells: [Int32], point: SIMD3<Double>, axis: SIMD3<Double>, speedSquared: Double)] = []
  /// Temperature of every node; `nil` means the initial temperature: no thermal strain.
  public var temperature: [Double]?

  /// No load.
  public init() {}
}

/// Where a deformed structure's nodes are, and how much thicker its sheets have become.
public struct MovedSides: Sendable, Equatable {
  /// Where every node is.
  public var nodes: [SIMD3<Double>]
  /// ``ElasticSolution/thicknessGrowth``.
  public var growth: ThicknessGrowth

  /// The nodes are there, and sheets are that much thicker.
  public init(nodes: [SIMD3<Double>], growth: ThicknessGrowth = ThicknessGrowth()) {
    (self.nodes, self.growth) = (nodes, growth)
  }
}

/// Everything that acts on a structure in one steady heat solve, at its full size.
public struct ThermalLoads: Sendable {
  /// Prescribed temperatures (component is not read).
  public var prescribed: [PrescribedValue] = []
  /// Concentrated heat flows into nodes, power.
  public var flows: [(node: Int32, power: Double)] = []
  /// Heat flux into sides of cells, power per area.
  public var fluxes: [(facet: Facet, flux: Double)] = []
  /// Heat sources, power per volume.
  public var sources: [(cells: [Int32], power: Double)] = []
  /// Convection on sides of cells: flux = coefficient · (ambient − T) into the cell.
  public var films: [(facet: Facet, ambient: Double, coefficient: Double)] = []
  /// Where films act on sides that are not where the mesh has them. Conduction and all other loads act in the mesh as it is.
  public var movedSides: MovedSides?

  /// No load.
  public init() {}
}
