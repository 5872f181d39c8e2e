internal import DesignProblem
internal import Manufacturability

/// One of the eight ways to lay a square onto itself: mirrored at the diagonal, left to right, upside down, in this order.
package struct Symmetry: Sendable, Hashable {
  /// Whether x and y change places first.
  package let swapsAxes: Bool
  /// Whether left and right change places.
  package let mirrorsX: Bool
  /// Whether bottom and top change places.
  package let mirrorsY: Bool

  /// All eight; the identity first.
  package static let ofSquare: [Symmetry] = [false, true].flatMap { swaps in
    [false, true].flatMap { x in
      [false, true].map { y in Symmetry(swapsAxes: swaps, mirrorsX: x, mirrorsY: y) }
    }
  }
  /// The four of a rectangle.
  package static let ofRectangle = ofSquare.filter { !$0.swapsAxes }

  /// Those that lay a grid onto itself.
  package static func all(of size: GridSize) -> [Symmetry] {
    size.columns == size.rows ? ofSquare : ofRectangle
  }

  /// The image of a point of the unit square.
  func point(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    let (x, y) = swapsAxes ? (point.y, point.x) : point
    return (mirrorsX ? 1 - x : x, mirrorsY ? 1 - y : y)
  }

  /// The image of a point of a grid, in element units.
  func point(_ point: [Double], on size: GridSize) -> [Double] {
    let (x, y) = swapsAxes ? (point[1], point[0]) : (point[0], point[1])
    return [
      mirrorsX ? Double(size.columns) - x : x, mirrorsY ? Double(size.rows) - y : y,
    ]
  }

  /// For every element of an image laid onto itself, the element that comes to lie there.
  ///
  /// - Precondition: The symmetry is one of the grid's.
  package func sources(on size: GridSize) -> [Int] {
    precondition(!swapsAxes || size.columns == size.rows, "\(size) is not square")
    var sources = [Int](repeating: 0, count: size.elementCount)
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        // y grows upwards, rows downwards.
        let image = point([Double(column) + 0.5, Double(size.rows - 1 - row) + 0.5], on: size)
        let (i, j) = (Int(image[0]), Int(image[1]))
        sources[(size.rows - 1 - j) * size.columns + i] = row * size.columns + column
      }
    }
    return sources
  }

  /// The image of a direction.
  func vector(_ vector: [Double]) -> [Double] {
    let (x, y) = swapsAxes ? (vector[1], vector[0]) : (vector[0], vector[1])
    return [mirrorsX ? -x : x, mirrorsY ? -y : y]
  }

  /// The image of a side.
  func side(_ side: GridSide) -> GridSide {
    switch swapsAxes ? side.mirroredAtDiagonal : side {
    case .left: mirrorsX ? .right : .left
    case .right: mirrorsX ? .left : .right
    case .bottom: mirrorsY ? .top : .bottom
    case .top: mirrorsY ? .bottom : .top
    case .back: .back
    case .front: .front
    }
  }

  /// The image of an axis.
  func axis(_ axis: GridAxis) -> GridAxis {
    guard swapsAxes else { return axis }
    return switch axis {
    case .x: .y
    case .y: .x
    case .z: .z
    }
  }
}

extension GridSide {
  fileprivate var mirroredAtDiagonal: GridSide {
    switch self {
    case .left: .bottom
    case .bottom: .left
    case .right: .top
    case .top: .right
    case .back: .back
    case .front: .front
    }
  }
}
