package import DesignProblem
import Manufacturability

/// How a part is held, independent of the grid: positions are shares of its width and height.
package struct SupportCase: Sendable, Equatable {
  /// One held region.
  package enum Place: Sendable, Equatable {
    /// A stretch of a side, from one share of its length to another; *x* or *y* grows along it.
    case side(GridSide, from: Double, to: Double)
    /// A node.
    case point(x: Double, y: Double)
    /// The rim of a bolt, a share of the smaller side as its radius.
    case bolt(x: Double, y: Double, radius: Double)
  }
  /// A place and the directions held there.
  package struct Hold: Sendable, Equatable {
    /// Where.
    package var place: Place
    /// The directions held.
    package var axes: [GridAxis]
  }

  /// The group of cases alike, such as `cantilever`; with all its mirrored and turned images.
  package let family: String
  /// Its own name: the family's, and which of its images.
  package let name: String
  /// What is held.
  package let holds: [Hold]

  /// The regions on a grid.
  package func supports(on size: GridSize) -> [Support] {
    holds.map { Support($0.place.region(on: size), axes: $0.axes) }
  }
}

extension SupportCase.Place {
  func region(on size: GridSize) -> GridRegion {
    let (width, height) = (Double(size.columns), Double(size.rows))
    switch self {
    case .side(let side, let from, let to):
      let along = side.axis == 0 ? height : width
      let (start, end) = ((from * along).rounded(), (to * along).rounded())
      if side.axis == 0 {
        let x = side.isFar ? width : 0
        return .box(lower: [x, start], upper: [x, end])
      }
      let y = side.isFar ? height : 0
      return .box(lower: [start, y], upper: [end, y])
    case .point(let x, let y):
      return .point(at: [(x * width).rounded(), (y * height).rounded()])
    case .bolt(let x, let y, let radius):
      return .disc(
        center: [(x * width).rounded(), (y * height).rounded()],
        radius: (radius * min(width, height)).rounded())
    }
  }

  /// The place mirrored at the diagonal, then left to right, then upside down, as asked.
  func imaged(_ symmetry: Symmetry) -> Self {
    switch self {
    case .side(let side, let from, let to):
      let a = symmetry.point(side.start(from))
      let b = symmetry.point(side.start(to))
      let image = symmetry.side(side)
      let (s, t) = image.axis == 0 ? (a.y, b.y) : (a.x, b.x)
      return .side(image, from: min(s, t), to: max(s, t))
    case .point(let x, let y):
      let (x, y) = symmetry.point((x, y))
      return .point(x: x, y: y)
    case .bolt(let x, let y, let radius):
      let (x, y) = symmetry.point((x, y))
      return .bolt(x: x, y: y, radius: radius)
    }
  }
}

extension GridSide {
  /// The point at a share of the side, on the unit square.
  fileprivate func start(_ share: Double) -> (x: Double, y: Double) {
    switch self {
    case .left, .back, .front: (0, share)
    case .right: (1, share)
    case .bottom: (share, 0)
    case .top: (share, 1)
    }
  }
}
