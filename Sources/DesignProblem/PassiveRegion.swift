/// Elements that are solid or void whatever the design says.
public struct PassiveRegion: Codable, Sendable, Equatable {
  /// What the elements are made of.
  public enum Filling: String, Codable, Sendable, CaseIterable {
    /// Density 1.
    case solid
    /// Density 0.
    case void
  }
  /// Elements whose centres lie in it.
  public var region: GridRegion
  /// What they are made of.
  public var filling: Filling

  /// A passive region.
  public init(_ region: GridRegion, _ filling: Filling) {
    self.region = region
    self.filling = filling
  }
}
