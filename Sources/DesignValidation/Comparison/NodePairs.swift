import Meshing

/// Nodes of two models that lie at one place.
struct NodePairs {
  /// A node of the later model and those of the earlier one at its place, by place.
  private(set) var places: [(Int, [Int])] = []
  /// The largest extent of the later model.
  let size: Double
  /// The node of the later model that lies at no place of the earlier one and is farthest from it there, by number.
  private(set) var movedNode: (place: Int, distance: Double)?

  /// Two places are one within 1e-10 of the size.
  ///
  /// - Complexity: O(nodes)
  init(_ old: ModelFields, _ new: ModelFields) {
    var (low, high) = (new.positions.first ?? .zero, new.positions.first ?? .zero)
    for position in new.positions {
      low = pointwiseMin(low, position)
      high = pointwiseMax(high, position)
    }
    let size = max((high - low).max(), .leastNormalMagnitude)
    self.size = size
    let width = 1e-9 * size
    func cell(_ position: SIMD3<Double>) -> SIMD3<Double> {
      ((position - low) / width).rounded(.down)
    }
    var exact: [SIMD3<Double>: [Int]] = [:]
    var grid: [SIMD3<Double>: [Int]] = [:]
    for (place, position) in old.positions.enumerated() {
      exact[position, default: []].append(place)
      grid[cell(position), default: []].append(place)
    }
    let reach = width / 10
    var numbers: [Int: Int]?
    for (place, position) in new.positions.enumerated() {
      if let others = exact[position] {
        places.append((place, others))
        continue
      }
      // Within reach of the edge of a cell its neighbours are looked at, too.
      var cells: Set<SIMD3<Double>> = []
      for corner in 0..<8 {
        let shift = SIMD3(
          corner & 1 == 0 ? -reach : reach, corner & 2 == 0 ? -reach : reach,
          corner & 4 == 0 ? -reach : reach)
        cells.insert(cell(position + shift))
      }
      let others = cells.flatMap { grid[$0] ?? [] }.sorted()
        .filter { (old.positions[$0] - position).length <= reach }
      if others.isEmpty {
        if numbers == nil {
          numbers = Dictionary(
            zip(old.nodeNumbers, 0...), uniquingKeysWith: { first, _ in first })
        }
        guard let other = numbers?[new.nodeNumbers[place]] else { continue }
        let distance = (old.positions[other] - position).length
        if distance > movedNode?.distance ?? 0 { movedNode = (place, distance) }
      } else {
        places.append((place, others))
      }
    }
  }
}
