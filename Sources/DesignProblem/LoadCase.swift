/// Displacements of a region's nodes that are held at zero.
public struct Support: Codable, Sendable, Equatable {
  /// Where.
  public var region: GridRegion
  /// The directions that are held.
  public var axes: [GridAxis]

  /// A support.
  public init(_ region: GridRegion, axes: [GridAxis]) {
    self.region = region
    self.axes = axes
  }
}

/// A force on the nodes of a region.
public struct MechanicalLoad: Codable, Sendable, Equatable {
  /// How a force is shared out.
  public enum Sharing: String, Codable, Sendable, CaseIterable {
    /// Every node of the region takes the same part of the force.
    case even
    /// The force is a uniform traction over the elements' sides (region: a side of the grid, or a box on one): inner nodes take
    /// twice what end nodes take in the plane, consistent with the elements.
    case uniform
  }
  /// Where.
  public var region: GridRegion
  /// The whole force on the region, one component per axis.
  public var force: [Double]
  /// How it is shared out.
  public var sharing: Sharing

  /// A load.
  public init(_ region: GridRegion, force: [Double], sharing: Sharing = .even) {
    self.region = region
    self.force = force
    self.sharing = sharing
  }
}

/// Loads that act together; all load cases of a problem share its supports, and so one factor.
public struct LoadCase: Codable, Sendable, Equatable {
  /// What terms call it.
  public var name: String
  /// Forces.
  public var loads: [MechanicalLoad]
  /// Whether the structure's temperatures act in this case too.
  public var isWarm: Bool
  /// Its part in compliance.
  public var weight: Double

  /// A load case.
  public init(
    name: String = "load", loads: [MechanicalLoad], isWarm: Bool = true, weight: Double = 1
  ) {
    self.name = name
    self.loads = loads
    self.isWarm = isWarm
    self.weight = weight
  }
}
