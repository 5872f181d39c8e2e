public import Meshing

/// One line of `*CLOAD`: degree 1…3.
public struct ForceEntry: Sendable {
  /// The nodes.
  public var nodes: [Int32]
  /// 1, 2, 3: along the node's axes.
  public var degree: Int
  /// The force on each node.
  public var value: Double

  /// The same force on several nodes.
  public init(nodes: [Int32], degree: Int, value: Double) {
    (self.nodes, self.degree, self.value) = (nodes, degree, value)
  }
}

/// One line of `*CFLUX`.
public struct FlowEntry: Sendable {
  /// The nodes.
  public var nodes: [Int32]
  /// The power into each node.
  public var value: Double

  /// The same heat flow into several nodes.
  public init(nodes: [Int32], value: Double) { (self.nodes, self.value) = (nodes, value) }
}

/// One line of `*TEMPERATURE`.
public struct TemperatureEntry: Sendable {
  /// The nodes.
  public var nodes: [Int32]
  /// Their temperature.
  public var value: Double

  /// The same temperature at several nodes.
  public init(nodes: [Int32], value: Double) { (self.nodes, self.value) = (nodes, value) }
}

/// One line of `*DLOAD` or `*DSLOAD`.
public enum DistributedLoadEntry: Sendable {
  /// Pressure on sides.
  case pressure(facets: [Facet], value: Double)
  /// `GRAV`: acceleration times density; direction as a unit vector. The set by its upper-case name, a single cell by its number:
  /// loads of one name and direction are one load.
  case gravity(set: String, cells: [Int32], acceleration: Double, direction: SIMD3<Double>)
  /// `CENTRIF`: angular speed squared about the line through `point` along the unit vector `axis`.
  /// Named as above; of several axes for one cell the names decide which acts.
  case centrifugal(
    set: String, cells: [Int32], speedSquared: Double, point: SIMD3<Double>, axis: SIMD3<Double>)
}

/// One line of `*DFLUX`.
public enum DistributedFluxEntry: Sendable {
  /// `S1`…: power per area into sides.
  case surface(facets: [Facet], value: Double)
  /// `BF`: power per volume.
  case body(cells: [Int32], value: Double)
}

/// One line of `*FILM`.
public struct FilmEntry: Sendable {
  /// The sides.
  public var facets: [Facet]
  /// The temperature of what flows by.
  public var ambient: Double
  /// Power per area and kelvin.
  public var coefficient: Double

  /// The same film on several sides.
  public init(facets: [Facet], ambient: Double, coefficient: Double) {
    (self.facets, self.ambient, self.coefficient) = (facets, ambient, coefficient)
  }
}
