internal import CKernels
internal import Glibc

/// The factors of `Scalar.laneCount` matrices on one pattern, number by number side by side.
struct InterleavedFactor<Scalar: FrontScalar>: ~Copyable {
  private let tree: FrontTree
  private let memory: AlignedMemory

  init(_ tree: FrontTree) {
    self.tree = tree
    memory = AlignedMemory(byteCount: tree.factorSize * 64)
  }

  /// Factors scaled matrices, multifrontal: from the leaves of the tree to its roots, each front takes its entries of
  /// the matrix and its children's update matrices, eliminates its pivots, and leaves an update matrix for its parent.
  ///
  /// - Parameters:
  ///   - stack: Room for the update matrices.
  ///   - threshold: A pivot not above it has failed.
  ///   - assemble: Writes a front's matrix entries into its zeroed factor, given the four lists of ``FrontTree/Front``.
  /// - Returns: The first failed pivot of each lane in the order of elimination, or a negative number.
  /// - Complexity: O(``FrontTree/operationCount``)
  mutating func eliminate(
    stack: borrowing AlignedMemory, threshold: Scalar,
    _ assemble: (
      _ count: Int, _ lists: UnsafePointer<Int32>, _ factor: UnsafeMutablePointer<Scalar>
    ) -> Void
  ) -> [Scalar.Flag] {
    let flags = AlignedMemory(byteCount: 64)
    let failure = flags.vectors(of: Scalar.Flag.self)
    for lane in 0..<Scalar.laneCount { failure[lane] = -1 }
    let indices = tree.indices.base
    for front in tree.fronts {
      let factor = memory.vectors(of: Scalar.self, at: front.factorStart)
      let update = stack.vectors(of: Scalar.self, at: front.updateStart)
      memset(factor, 0, front.factorSize * 64)
      assemble(front.entryCount, indices + front.entries, factor)
      var child = front.firstChild
      if child >= 0 { memset(update, 0, front.updateSize * 64) }
      while child >= 0 {
        let below = tree.fronts[child]
        Scalar.add(
          front.shape, factor, update, stack.vectors(of: Scalar.self, at: below.updateStart),
          below.shape.border, indices + below.places)
        child = below.nextSibling
      }
      Scalar.eliminate(front.shape, factor, update, threshold, failure)
    }
    return (0..<Scalar.laneCount).map { failure[$0] }
  }

  /// Solves L Lᵀ x = b in place; `x` is [unknown in the order of elimination][side][lane].
  ///
  /// - Complexity: Two passes over the factor, whatever the number of sides up to four.
  borrowing func substitute(_ x: UnsafeMutablePointer<Scalar>, sides: Int) {
    let indices = tree.indices.base
    for front in tree.fronts {
      Scalar.forward(
        front.shape, memory.vectors(of: Scalar.self, at: front.factorStart),
        indices + front.rows, x, Int32(sides))
    }
    for front in tree.fronts.reversed() {
      Scalar.backward(
        front.shape, memory.vectors(of: Scalar.self, at: front.factorStart),
        indices + front.rows, x, Int32(sides))
    }
  }
}
