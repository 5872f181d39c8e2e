internal import CKernels
internal import LinearAlgebra

extension BatchSolver {
  /// The matrices times vectors, in double precision.
  ///
  /// - Parameters:
  ///   - vectors: [unknown in the caller's order][side][lane].
  ///   - count: Vectors per lane.
  /// - Complexity: O(entries of the pattern) per side.
  public mutating func multiply(_ vectors: [Double], count: Int) -> [Double] {
    storeEntries()
    let size = analysis.pattern.size
    precondition(
      count > 0 && vectors.count == size * count * Self.laneCount,
      "\(vectors.count) values for \(size) unknowns, \(count) vectors and \(Self.laneCount) lanes")
    var result = vectors
    guard size > 0 else { return result }
    let scratch = AlignedMemory(byteCount: 2 * size * 64)
    let x = scratch.vectors(of: Double.self)
    let y = scratch.vectors(of: Double.self, at: size)
    let squares = LaneNumbers()
    let (view, whole) = (matrix.view, analysis.chunks.whole)
    result.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for side in 0..<count {
        let place = base + side * Self.laneCount
        gck_gather(Int32(size), place, Int32(count), x)
        gck_multiply(view, whole, 1, x, y, y, squares.base)
        gck_return(whole, 1, y, place, Int32(count))
      }
    }
    return result
  }
}
