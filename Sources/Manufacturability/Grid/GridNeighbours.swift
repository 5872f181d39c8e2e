internal import DesignProblem

/// The elements beside each element of a grid that share a side with it.
struct GridNeighbours: Sendable {
  let axisCount: Int
  private let grid: DesignGrid
  /// `[element][axis][before, after]`; −1 where there is none.
  private let places: [Int32]

  init(_ grid: DesignGrid, isPeriodic: Bool) {
    self.grid = grid
    axisCount = grid.axisCount
    let extent = grid.extent
    var places: [Int32] = []
    for element in 0..<grid.elementCount {
      let position = grid.position(ofElement: element)
      for axis in 0..<grid.axisCount {
        for step in [-1, 1] {
          var next = [position.i, position.j, position.k]
          next[axis] += step
          if isPeriodic { next[axis] = (next[axis] + extent[axis]) % extent[axis] }
          let isInside = (0..<extent[axis]).contains(next[axis])
          places.append(isInside ? Int32(grid.element(next[0], next[1], next[2])) : -1)
        }
      }
    }
    self.places = places
  }

  /// The neighbours along an axis, the element itself where the grid ends.
  func clamped(_ element: Int, _ axis: Int) -> (before: Int, after: Int) {
    let first = 2 * (element * axisCount + axis)
    let (before, after) = (Int(places[first]), Int(places[first + 1]))
    return (before < 0 ? element : before, after < 0 ? element : after)
  }

  /// Sides of an element: 4 or 6.
  var sideCount: Int { 2 * axisCount }

  /// The element beyond a side; −1 where the grid ends.
  func beyond(_ element: Int, side: Int) -> Int { Int(places[element * sideCount + side]) }
}
