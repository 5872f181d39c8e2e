package import Quantities

/// Places at which the stress of the exact solution grows without end, so that a mesh says nothing there: nodes with concentrated forces, ends of
/// supports, sharp re-entrant corners. A limit may leave out the nodes near them.
package struct SingularPlaces: Sendable, Hashable {
  /// Node sets of the deck.
  package var sets: [String]
  /// The interior angle from which on a corner of the boundary of a plane model is one of them; above 180 degrees. `nil` for no corners.
  package var corners: Quantity?
  /// Nodes as near as this to one of them are left out; a length.
  package var distance: Quantity

  /// Places and a distance.
  package init(sets: [String], corners: Quantity? = nil, distance: Quantity) {
    (self.sets, self.corners, self.distance) = (sets, corners, distance)
  }
}
