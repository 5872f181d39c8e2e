internal import DesignProblem

/// The cone filter of a grid: every element's neighbours within the radius and their weights.
///
/// ρ̄ = S⁻¹ W ρ with W symmetric, w = max(0, r − distance), and S the diagonal of its row sums: at the border of the grid a density stays
/// a mean of densities. The transpose is W S⁻¹.
///
/// - Source: Bruns and Tortorelli, *Comput. Methods Appl. Mech. Engrg.* 190 (2001).
struct ConeStencil: Sendable {
  private let starts: [Int32]
  private let neighbours: [Int32]
  private let weights: [Double]
  private let inverseSums: [Double]

  /// - Parameter isPeriodic: Whether the filter reaches over the border to the other side.
  init(_ grid: DesignGrid, radius: Double, isPeriodic: Bool) {
    let reach = Int(radius.rounded(.up))
    let depth = grid.isPlane ? 0 : reach
    var offsets: [(i: Int, j: Int, k: Int, weight: Double)] = []
    for k in -depth...depth {
      for j in -reach...reach {
        for i in -reach...reach {
          let weight = radius - Double(i * i + j * j + k * k).squareRoot()
          if weight > 0 { offsets.append((i, j, k, weight)) }
        }
      }
    }
    let extent = [grid.columns, grid.rows, grid.layers ?? 1]
    func wrapped(_ place: Int, _ axis: Int) -> Int? {
      if isPeriodic { return (place % extent[axis] + extent[axis]) % extent[axis] }
      return (0..<extent[axis]).contains(place) ? place : nil
    }
    var starts: [Int32] = [0]
    var neighbours: [Int32] = []
    var weights: [Double] = []
    var inverseSums: [Double] = []
    for element in 0..<grid.elementCount {
      let position = grid.position(ofElement: element)
      var sum = 0.0
      for offset in offsets {
        guard let i = wrapped(position.i + offset.i, 0), let j = wrapped(position.j + offset.j, 1),
          let k = wrapped(position.k + offset.k, 2)
        else { continue }
        neighbours.append(Int32(grid.element(i, j, k)))
        weights.append(offset.weight)
        sum += offset.weight
      }
      starts.append(Int32(neighbours.count))
      inverseSums.append(1 / sum)
    }
    (self.starts, self.neighbours) = (starts, neighbours)
    (self.weights, self.inverseSums) = (weights, inverseSums)
  }

  /// The filtered image.
  func filtered(_ image: [Double]) -> [Double] {
    var result = weighted(image)
    for element in result.indices { result[element] *= inverseSums[element] }
    return result
  }

  /// The transpose, from a derivative by the filtered image to one by the image.
  func pulledBack(_ sensitivity: [Double]) -> [Double] {
    var scaled = sensitivity
    for element in scaled.indices { scaled[element] *= inverseSums[element] }
    return weighted(scaled)
  }

  private func weighted(_ image: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: image.count)
    for element in image.indices {
      var sum = 0.0
      for place in Int(starts[element])..<Int(starts[element + 1]) {
        sum += weights[place] * image[Int(neighbours[place])]
      }
      result[element] = sum
    }
    return result
  }
}
