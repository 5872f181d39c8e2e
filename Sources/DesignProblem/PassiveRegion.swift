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
  /// Whether they are solid.
  package var filling: Filling
  /// The solid that they are made of where it is none of the problem's, such as the silicon of a die; its index is not read.
  package var madeOf: SolidPhase?

  /// A passive region.
  package init(_ region: GridRegion, _ filling: Filling, madeOf: SolidPhase? = nil) {
    self.region = region
    self.filling = filling
    self.madeOf = madeOf
  }
}
