/// A part of a grid, in element units from the lower left corner: nodes at whole numbers, element centres at halves.
package enum GridRegion: Codable, Sendable, Equatable {
  /// A side of the grid.
  case edge(side: GridSide)
  /// Where two sides meet in the plane, three in space.
  case corner(sides: [GridSide])
  /// All points between two corners, both included.
  case box(lower: [Double], upper: [Double])
  /// All points within a distance; in the plane a disc, in space a ball.
  case disc(center: [Double], radius: Double)
  /// The node nearest to a point.
  case point(at: [Double])
  /// The nodes nearest to several points.
  case points(at: [[Double]])
}

/// A side of a grid.
package enum GridSide: String, Codable, Sendable, CaseIterable {
  /// *x* = 0 and its end.
  case left, right
  /// *y* = 0 and its end.
  case bottom, top
  /// *z* = 0 and its end; in space only.
  case back, front

  /// The axis that is constant on the side: 0, 1 or 2.
  package var axis: Int {
    switch self {
    case .left, .right: 0
    case .bottom, .top: 1
    case .back, .front: 2
    }
  }
  /// Whether the side is at the end of its axis rather than at 0.
  package var isFar: Bool { self == .right || self == .top || self == .front }
}

/// A direction of a grid.
package enum GridAxis: String, Codable, Sendable, CaseIterable {
  case x, y, z
  /// 0, 1 or 2.
  package var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
