internal import CKernels
internal import Glibc
internal import Parallelism

/// The factors of `Scalar.laneCount` matrices on one pattern, number by number side by side.
struct InterleavedFactor<Scalar: FrontScalar>: ~Copyable {
  private let tree: FrontTree
  private let memory: AlignedMemory

  init(_ tree: FrontTree) {
    self.tree = tree
    memory = AlignedMemory(byteCount: tree.factorSize * Scalar.vectorBytes)
  }

  private var fronts: FactorFronts<Scalar> { FactorFronts(tree: tree, memory: memory.base) }

  /// Writes a front's matrix entries into its zeroed factor.
  typealias Assembly = @Sendable (_ front: Int, _ factor: UnsafeMutablePointer<Scalar>) -> Void

  /// Factors scaled matrices, multifrontal: from the leaves of the tree to its roots, each front takes its entries of
  /// the matrix and its children's update matrices, eliminates its pivots, and leaves an update matrix for its parent.
  ///
  /// - Parameters:
  ///   - stack: Room for the update matrices.
  ///   - threshold: A pivot not above it has failed.
  ///   - crew: Who shares the parts of the tree.
  /// - Returns: The first failed pivot of each lane in the order of elimination, or a negative number.
  /// - Complexity: O(``FrontTree/operationCount``)
  mutating func eliminate(
    stack: borrowing AlignedMemory, threshold: Scalar, crew: Crew, _ assemble: Assembly
  ) -> [Scalar.Flag] {
    let (tree, fronts) = (self.tree, self.fronts)
    let flags = AlignedMemory(byteCount: Scalar.vectorBytes * (tree.parts.count + 1))
    nonisolated(unsafe) let (failure, stack) = (flags.vectors(of: Scalar.Flag.self), stack.base)
    for place in 0..<(Scalar.laneCount * (tree.parts.count + 1)) { failure[place] = -1 }
    crew.forEach(tree.parts.count) { part in
      for number in tree.parts[part].fronts {
        fronts.eliminate(
          number, stack: stack, threshold: threshold, failure + part * Scalar.laneCount, assemble)
      }
    }
    for number in tree.top {
      fronts.eliminate(
        number, stack: stack, threshold: threshold,
        failure + tree.parts.count * Scalar.laneCount, assemble)
    }
    return (0..<Scalar.laneCount).map { lane in
      (0...tree.parts.count).map { failure[$0 * Scalar.laneCount + lane] }.filter { $0 >= 0 }.min()
        ?? -1
    }
  }

  /// Solves L Lᵀ x = b in place; `x` is [unknown in the order of elimination][side][lane], with room for ``FrontTree/vectorSize`` unknowns.
  ///
  /// - Complexity: Two passes over the factor, whatever the number of sides up to four.
  borrowing func substitute(_ x: UnsafeMutablePointer<Scalar>, sides: Int, crew: Crew) {
    let (tree, fronts) = (self.tree, self.fronts)
    nonisolated(unsafe) let x = x
    let length = sides * Scalar.laneCount
    crew.forEach(tree.parts.count) { place in
      let part = tree.parts[place]
      memset(x + part.slots * length, 0, part.rows.count * sides * Scalar.vectorBytes)
      for number in part.fronts { fronts.forward(number, x, sides) }
    }
    for part in tree.parts {
      for (slot, row) in part.rows.enumerated() {
        let (from, to) = (x + (part.slots + slot) * length, x + Int(row) * length)
        for place in 0..<length { to[place] += from[place] }
      }
    }
    for number in tree.top { fronts.forward(number, x, sides) }
    for number in tree.top.reversed() { fronts.backward(number, x, sides) }
    // Backwards in every way: what was read last is still near.
    crew.forEach(tree.parts.count) { place in
      let part = tree.parts[tree.parts.count - 1 - place]
      for (slot, row) in part.rows.enumerated() {
        memcpy(
          x + (part.slots + slot) * length, x + Int(row) * length,
          sides * Scalar.vectorBytes)
      }
      for number in part.fronts.reversed() { fronts.backward(number, x, sides) }
    }
  }
}

/// A factor's memory, front by front; who eliminates a front, or passes over it, is alone with it.
private struct FactorFronts<Scalar: FrontScalar>: @unchecked Sendable {
  let tree: FrontTree
  let memory: UnsafeMutableRawPointer

  private func factor(_ front: FrontTree.Front) -> UnsafeMutablePointer<Scalar> {
    Self.vectors(memory, front.factorStart)
  }

  private static func vectors(_ base: UnsafeMutableRawPointer, _ place: Int)
    -> UnsafeMutablePointer<Scalar>
  { base.assumingMemoryBound(to: Scalar.self).advanced(by: place * Scalar.laneCount) }

  func eliminate(
    _ number: Int, stack: UnsafeMutableRawPointer, threshold: Scalar,
    _ failure: UnsafeMutablePointer<Scalar.Flag>, _ assemble: InterleavedFactor<Scalar>.Assembly
  ) {
    let front = tree.fronts[number]
    let indices = tree.indices.base
    let factor = self.factor(front)
    let update = Self.vectors(stack, front.updateStart)
    memset(factor, 0, front.factorSize * Scalar.vectorBytes)
    assemble(number, factor)
    func forEachChild(
      _ body: (UnsafePointer<Scalar>, _ count: Int32, _ places: UnsafePointer<Int32>) -> Void
    ) {
      var child = front.firstChild
      while child >= 0 {
        let below = tree.fronts[child]
        body(
          Self.vectors(stack, below.updateStart), below.shape.border, indices + below.places)
        child = below.nextSibling
      }
    }
    forEachChild { Scalar.add(front.shape, factor, $0, $1, $2) }
    Scalar.eliminate(front.shape, factor, update, threshold, failure)
    forEachChild { Scalar.addUpdate(front.shape, update, $0, $1, $2) }
  }

  func forward(_ number: Int, _ x: UnsafeMutablePointer<Scalar>, _ sides: Int) {
    let front = tree.fronts[number]
    Scalar.forward(front.shape, factor(front), tree.indices.base + front.rows, x, Int32(sides))
  }

  func backward(_ number: Int, _ x: UnsafeMutablePointer<Scalar>, _ sides: Int) {
    let front = tree.fronts[number]
    Scalar.backward(front.shape, factor(front), tree.indices.base + front.rows, x, Int32(sides))
  }
}

extension FrontScalar {
  /// Bytes of one number of all lanes.
  static var vectorBytes: Int { laneCount * MemoryLayout<Self>.stride }
}
