package import Meshing

/// One line of `*CLOAD`: degree 1…3.
package struct ForceEntry: Sendable {
  /// The nodes.
  package var nodes: [Int32]
  /// 1, 2, 3: along the node's axes.
  package var degree: Int
  /// The force on each node.
  package var value: Double

  /// The same force on several nodes.
  package init(nodes: [Int32], degree: Int, value: Double) {
    (self.nodes, self.degree, self.value) = (nodes, degree, value)
  }
}

/// One line of `*CFLUX`.
package struct FlowEntry: Sendable {
  /// The nodes.
  package var nodes: [Int32]
  /// The power into each node.
  package var value: Double

  /// The same heat flow into several nodes.
  package init(nodes: [Int32], value: Double) { (self.nodes, self.value) = (nodes, value) }
}

/// One line of `*TEMPERATURE`.
package struct TemperatureEntry: Sendable {
  /// The nodes.
  package var nodes: [Int32]
  /// Their temperature.
  package var value: Double

  /// The same temperature at several nodes.
  package init(nodes: [Int32], value: Double) { (self.nodes, self.value) = (nodes, value) }
}

/// One line of `*DLOAD` or `*DSLOAD`.
package enum DistributedLoadEntry: Sendable {
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
package enum DistributedFluxEntry: Sendable {
  /// `S1`…: power per area into sides.
  case surface(facets: [Facet], value: Double)
  /// `BF`: power per volume.
  case body(cells: [Int32], value: Double)
}

/// One line of `*FILM`.
package struct FilmEntry: Sendable {
  /// The sides.
  package var facets: [Facet]
  /// The temperature of what flows by.
  package var ambient: Double
  /// Power per area and kelvin.
  package var coefficient: Double

  /// The same film on several sides.
  package init(facets: [Facet], ambient: Double, coefficient: Double) {
    (self.facets, self.ambient, self.coefficient) = (facets, ambient, coefficient)
  }
}
