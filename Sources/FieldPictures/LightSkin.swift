package import DesignValidation

extension ModelFields {
  /// The model with fewer points, for a page that turns it: nodes of one cell of a grid become one.
  ///
  /// What is at the first node of a cell stays, so that no value is made up; the node of the largest value stays where it
  /// is given.
  ///
  /// - Parameters:
  ///   - count: Faces at most.
  ///   - kept: Places of nodes that stay.
  /// - Returns: The model itself where it is small enough. Supports and loads are left out of a smaller one.
  package func lightened(toFaces count: Int, keeping kept: [Int] = []) -> ModelFields {
    guard faces.count > count, count > 0 else { return self }
    let low = positions.reduce(positions.first ?? .zero, pointwiseMin)
    let high = positions.reduce(positions.first ?? .zero, pointwiseMax)
    let size = (high - low).max()
    guard size > 0, size.isFinite else { return self }
    var divisions = 256.0
    while divisions >= 2 {
      let skin = clustered(low: low, cell: size / divisions, kept)
      if skin.faces.count <= count { return skin }
      divisions /= 1.5
    }
    return clustered(low: low, cell: size / 2, kept)
  }

  private func clustered(low: SIMD3<Double>, cell: Double, _ kept: [Int]) -> ModelFields {
    var places: [SIMD3<Int32>: Int] = [:]
    var chosen: [Int] = []
    var target = [Int](repeating: 0, count: positions.count)
    // Those that stay come first, so that the others of their cell join them.
    for place in kept + Array(positions.indices) where positions.indices.contains(place) {
      let scaled = (positions[place] - low) / cell
      guard scaled.x.isFinite, scaled.y.isFinite, scaled.z.isFinite else { continue }
      let key = SIMD3<Int32>(scaled, rounding: .down)
      if let known = places[key] {
        target[place] = known
      } else {
        places[key] = chosen.count
        target[place] = chosen.count
        chosen.append(place)
      }
    }
    var seen: Set<[UInt32]> = []
    var skin = ModelFields(
      isPlane: isPlane, nodeNumbers: chosen.map { nodeNumbers[$0] },
      positions: chosen.map { positions[$0] }, faces: [], materials: [])
    skin.displacement = displacement.map { all in chosen.map { all[$0] } }
    skin.vonMises = vonMises.map { all in chosen.map { all[$0] } }
    skin.temperature = temperature.map { all in chosen.map { all[$0] } }
    skin.errorEstimate = errorEstimate.map { all in chosen.map { all[$0] } }
    for (number, face) in faces.enumerated() {
      var corners: [UInt32] = []
      for corner in face.map({ UInt32(target[Int($0)]) }) where !corners.contains(corner) {
        corners.append(corner)
      }
      guard corners.count >= 3, seen.insert(corners.sorted()).inserted else { continue }
      skin.faces.append(corners)
      skin.materials.append(materials[number])
    }
    return skin
  }
}
