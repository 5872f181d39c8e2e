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
