/// Displacements of a region's nodes that are held at zero.
package struct Support: Codable, Sendable, Equatable {
  /// Where.
  package var region: GridRegion
  /// The directions that are held.
  package var axes: [GridAxis]

  /// A support.
  package init(_ region: GridRegion, axes: [GridAxis]) {
    self.region = region
    self.axes = axes
  }
}

/// A force on the nodes of a region.
package struct MechanicalLoad: Codable, Sendable, Equatable {
  /// How a force is shared out.
  package enum Sharing: String, Codable, Sendable, CaseIterable {
    /// Every node of the region takes the same part of the force.
    case even
    /// The force is a uniform traction over the elements' sides (region: a side of the grid, or a box on one): inner nodes take
    /// twice what end nodes take in the plane, consistent with the elements.
    case uniform
  }
  /// Where.
  package var region: GridRegion
  /// The whole force on the region, one component per axis.
  package var force: [Double]
  /// How it is shared out.
  package var sharing: Sharing

  /// A load.
  package init(_ region: GridRegion, force: [Double], sharing: Sharing = .even) {
    self.region = region
    self.force = force
    self.sharing = sharing
  }
}

/// Loads that act together; all load cases of a problem share its supports, and so one factor.
package struct LoadCase: Codable, Sendable, Equatable {
  /// What terms call it.
  package var name: String
  /// Forces.
  package var loads: [MechanicalLoad]
  /// Whether the structure's temperatures act in this case too.
  package var isWarm: Bool
  /// Its part in compliance.
  package var weight: Double

  /// A load case.
  package init(
    name: String = "load", loads: [MechanicalLoad], isWarm: Bool = true, weight: Double = 1
  ) {
    self.name = name
    self.loads = loads
    self.isWarm = isWarm
    self.weight = weight
  }
}
