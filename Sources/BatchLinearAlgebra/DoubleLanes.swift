internal import CKernels
internal import Parallelism

/// Up to eight lanes of a batch factored in double precision.
final class DoubleLanes {
  /// The batch's lane in each of the eight places; places not taken repeat the first.
  private(set) var lanes: [Int32]
  private(set) var count: Int
  private let tree: FrontTree
  private var factor: InterleavedFactor<Double>
  private var vector = AlignedMemory(byteCount: 64)
  private var vectorBytes = 0

  init(_ tree: FrontTree) {
    lanes = Array(repeating: 0, count: Double.laneCount)
    count = 0
    self.tree = tree
    factor = InterleavedFactor(tree)
  }

  /// Factors some lanes of a batch.
  ///
  /// - Returns: The first failed pivot of each of those lanes in the order of elimination, or a negative number.
  func eliminate(
    lanes chosen: [Int], matrix: gck_matrix, scales: UnsafePointer<Double>,
    stack: borrowing AlignedMemory, crew: Crew
  ) -> [Int] {
    precondition((1...Double.laneCount).contains(chosen.count), "\(chosen.count) lanes of 8")
    count = chosen.count
    lanes = (0..<Double.laneCount).map { Int32($0 < count ? chosen[$0] : chosen[0]) }
    nonisolated(unsafe) let (values, scales) = (matrix.values, scales)
    let failure = factor.eliminate(stack: stack, threshold: 0, crew: crew) {
      [lanes, tree] number, front in
      let count = tree.fronts[number].entryCount
      let lists = tree.indices.base + tree.fronts[number].entries
      gck_assemble_f64(
        Int32(count), lists, lists + count, lists + 2 * count, lists + 3 * count, values, scales,
        lanes, front)
    }
    return (0..<count).map { Int(failure[$0]) }
  }

  /// Copies these lanes out of vectors of eight, [unknown in the order of elimination][side][8].
  func take(_ x: UnsafePointer<Double>, size: Int, sides: Int) {
    if vectorBytes < tree.vectorSize * sides * 64 {
      vectorBytes = tree.vectorSize * sides * 64
      vector = AlignedMemory(byteCount: vectorBytes)
    }
    gck_take_lanes(Int32(size * sides), lanes, x, vector.vectors(of: Double.self))
  }

  /// Solves for what was taken, and puts it among vectors of eight.
  func substitute(into x: UnsafeMutablePointer<Double>, size: Int, sides: Int, crew: Crew) {
    let values = vector.vectors(of: Double.self)
    factor.substitute(values, sides: sides, crew: crew)
    gck_put_lanes(Int32(size * sides), Int32(count), lanes, values, x)
  }
}
