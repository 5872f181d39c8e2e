/// Elements that are solid or void whatever the design says.
package struct PassiveRegion: Codable, Sendable, Equatable {
  /// What the elements are made of.
  package enum Filling: String, Codable, Sendable, CaseIterable {
    /// Density 1.
    case solid
    /// Density 0.
    case void
  }
  /// Elements whose centres lie in it.
  package var region: GridRegion
  /// What they are made of.
  package var filling: Filling

  /// A passive region.
  package init(_ region: GridRegion, _ filling: Filling) {
    self.region = region
    self.filling = filling
  }
}
