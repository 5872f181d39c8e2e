package import DesignValidation

extension ModelFields {
  /// A square of cells in the plane; the stress grows from 0 on the left to 1 on the right and the right side moves.
  package static func plate(_ count: Int = 8, reversed: Bool = false) -> ModelFields {
    let side = count + 1
    var positions: [SIMD3<Double>] = []
    for row in 0..<side {
      for column in 0..<side {
        positions.append([Double(column) / Double(count), Double(row) / Double(count), 0])
      }
    }
    var faces: [[UInt32]] = []
    for row in 0..<count {
      for column in 0..<count {
        let first = UInt32(row * side + column)
        faces.append([first, first + 1, first + UInt32(side) + 1, first + UInt32(side)])
      }
    }
    if reversed { faces.reverse() }
    var fields = ModelFields(
      isPlane: true, nodeNumbers: positions.indices.map { $0 + 1 }, positions: positions,
      faces: faces, materials: faces.map { _ in 0 })
    fields.displacement = positions.map { [0.001 * $0.x, 0, 0] }
    fields.vonMises = positions.map(\.x)
    fields.temperature = positions.map { 20 + 60 * $0.y }
    fields.errorEstimate = positions.map { $0.x * $0.y }
    fields.supports = positions.indices.filter { positions[$0].x == 0 }.map {
      .init(place: $0, axes: [0, 1])
    }
    fields.loads = positions.indices.filter { positions[$0].x == 1 }.map {
      .init(place: $0, force: [100, 0, 0])
    }
    return fields
  }

  /// The skin of a box of 3 × 2 × 1.5; the stress is largest at the corner at x = 3, y = 0, z = 1.5.
  package static func box(_ count: Int = 4) -> ModelFields {
    var places: [SIMD3<Int>: UInt32] = [:]
    var positions: [SIMD3<Double>] = []
    let size = SIMD3(3.0, 2.0, 1.5)
    func place(_ key: SIMD3<Int>) -> UInt32 {
      if let known = places[key] { return known }
      places[key] = UInt32(positions.count)
      positions.append(
        SIMD3(Double(key.x), Double(key.y), Double(key.z)) / Double(count) * size)
      return UInt32(positions.count - 1)
    }
    var faces: [[UInt32]] = []
    for axis in 0..<3 {
      let (one, two) = ((axis + 1) % 3, (axis + 2) % 3)
      for end in [0, count] {
        for i in 0..<count {
          for j in 0..<count {
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { a, b -> UInt32 in
              var key = SIMD3<Int>.zero
              (key[axis], key[one], key[two]) = (end, i + a, j + b)
              return place(key)
            }
            faces.append(end == 0 ? corners.reversed() : corners)
          }
        }
      }
    }
    var fields = ModelFields(
      isPlane: false, nodeNumbers: positions.indices.map { 10 * $0 + 1 }, positions: positions,
      faces: faces, materials: faces.map { _ in 0 })
    fields.displacement = positions.map { [0, 0, -0.02 * $0.x * $0.x / 9] }
    fields.vonMises = positions.map { 100 * $0.x / 3 - 10 * $0.y + 5 * $0.z }
    fields.supports = positions.indices.filter { positions[$0].x == 0 }.map {
      .init(place: $0, axes: [0, 1, 2])
    }
    fields.loads = positions.indices.filter { positions[$0].x == 3 }.map {
      .init(place: $0, force: [0, 0, -20])
    }
    return fields
  }
}
