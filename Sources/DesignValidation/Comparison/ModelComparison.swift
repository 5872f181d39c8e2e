import Meshing

/// Compares the meshes and fields of one model in two runs. Nodes are matched by their places: how they are numbered does not matter.
struct ModelComparison {
  /// Whether both are one mesh, or one mesh of which some nodes were moved: the errors of their discretisations are the same then.
  let isOneDiscretisation: Bool
  /// The larger of the estimated errors in the energy norm over the norm; 0 where none is known.
  let energyError: Double
  /// The fields that are different.
  let fields: [RunComparison.Field]

  init(
    _ before: ModelResult, _ after: ModelResult, _ earlier: SavedRunFolder,
    _ later: SavedRunFolder
  ) throws {
    let isSameMesh =
      before.checksums.map { $0.mesh == after.checksums?.mesh }
      ?? (before.nodeCount == after.nodeCount && before.cellCount == after.cellCount)
    energyError = [before, after].compactMap { $0.steps.last?.energyErrorEstimate }.max() ?? 0
    guard let old = try earlier.fields(of: before), let new = try later.fields(of: after) else {
      (isOneDiscretisation, fields) = (isSameMesh, [])
      return
    }
    let pairs = NodePairs(old, new)
    let isEdited =
      before.nodeCount == after.nodeCount && before.cellCount == after.cellCount
      && before.elementTypes == after.elementTypes
      && 2 * pairs.places.count >= new.positions.count
    isOneDiscretisation = isSameMesh || isEdited
    let limit =
      isSameMesh || isEdited ? PartComparer.roundOff : max(energyError, PartComparer.roundOff)
    var fields: [RunComparison.Field] = []
    if !isSameMesh, isEdited, let moved = pairs.movedNode {
      fields.append(
        RunComparison.Field(
          model: after.name, field: "position", largest: moved.distance,
          relative: moved.distance / pairs.size, node: new.nodeNumbers[moved.place],
          position: new.position(moved.place), comparedCount: pairs.places.count,
          nodeCount: new.positions.count, level: .moved))
    }
    func compare(_ name: String, _ old: [SIMD3<Double>]?, _ values: [SIMD3<Double>]?) {
      guard let old, let values else { return }
      let size = max(old.map(\.length).max() ?? 0, values.map(\.length).max() ?? 0)
      var worst: (place: Int, change: Double)?
      for (place, others) in pairs.places {
        // Of nodes that lie at one place the nearest value.
        let change = others.map { (values[place] - old[$0]).length }.min() ?? 0
        if change > worst?.change ?? 0 { worst = (place, change) }
      }
      guard let worst, worst.change > limit * size else { return }
      fields.append(
        RunComparison.Field(
          model: after.name, field: name, largest: worst.change, relative: worst.change / size,
          node: new.nodeNumbers[worst.place], position: new.position(worst.place),
          comparedCount: pairs.places.count, nodeCount: new.positions.count, level: .moved))
    }
    func vectors(_ values: [Double]?) -> [SIMD3<Double>]? { values?.map { [$0, 0, 0] } }
    compare("displacement", old.displacement, new.displacement)
    compare(ModelFields.vonMisesName, vectors(old.vonMises), vectors(new.vonMises))
    compare(ModelFields.temperatureName, vectors(old.temperature), vectors(new.temperature))
    self.fields = fields
  }
}

extension ModelFields {
  fileprivate func position(_ place: Int) -> [Double] {
    [positions[place].x, positions[place].y, positions[place].z]
  }
}

/// Nodes of two models that lie at one place.
private struct NodePairs {
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
