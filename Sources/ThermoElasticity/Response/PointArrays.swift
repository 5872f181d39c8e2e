internal import NumericalMethods

/// The values of one block's points, filled by several workers at once.
struct PointArrays {
  var stress, strain, mechanicalStrain: [SymmetricTensor]
  var energyDensity: [Double]
  /// What the points remember; `nil` where no law of the block remembers anything.
  var states: MaterialStates.Block?

  /// Values of so many points.
  ///
  /// - Parameter states: At the start of the increment.
  init(count: Int, states: MaterialStates.Block?) {
    stress = Array(repeating: .zero, count: count)
    strain = stress
    mechanicalStrain = stress
    energyDensity = Array(repeating: 0, count: count)
    self.states = states.flatMap { $0.stride > 0 ? $0 : nil }
  }

  /// Lends the arrays for writing; no two workers may touch the same point.
  mutating func withBuffers(_ body: (PointBuffers) -> Void) {
    let stride = states?.stride ?? 0
    var bytes = states?.bytes ?? []
    states?.bytes = []
    bytes.withUnsafeMutableBytes { bytes in
      let first = states == nil ? nil : bytes.baseAddress
      stress.withUnsafeMutableBufferPointer { stress in
        strain.withUnsafeMutableBufferPointer { strain in
          mechanicalStrain.withUnsafeMutableBufferPointer { mechanicalStrain in
            energyDensity.withUnsafeMutableBufferPointer { energyDensity in
              body(
                PointBuffers(
                  stress: stress, strain: strain, mechanicalStrain: mechanicalStrain,
                  energyDensity: energyDensity,
                  states: first.map { .init(first: $0, stride: stride) }))
            }
          }
        }
      }
    }
    states?.bytes = bytes
  }
}

/// Pointers to the values of the points of a block, or of one cell.
struct PointBuffers: @unchecked Sendable {
  let stress, strain, mechanicalStrain: UnsafeMutableBufferPointer<SymmetricTensor>
  let energyDensity: UnsafeMutableBufferPointer<Double>
  let states: MaterialStates.Cell?

  /// Those of so many points from one on.
  subscript(points: Range<Int>) -> PointBuffers {
    PointBuffers(
      stress: .init(rebasing: stress[points]), strain: .init(rebasing: strain[points]),
      mechanicalStrain: .init(rebasing: mechanicalStrain[points]),
      energyDensity: .init(rebasing: energyDensity[points]),
      states: states.map {
        .init(first: $0.first + points.lowerBound * $0.stride, stride: $0.stride)
      })
  }
}
