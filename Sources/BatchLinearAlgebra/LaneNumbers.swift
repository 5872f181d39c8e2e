/// One number per right-hand side and lane, [side][lane], where the kernels can reach it; or one per chunk of rows before.
struct LaneNumbers: ~Copyable {
  private let memory: AlignedMemory

  init(chunks: Int = 1) {
    memory = AlignedMemory(byteCount: chunks * BatchSolver.sidesPerPass * 64)
  }

  var base: UnsafeMutablePointer<Double> { memory.vectors(of: Double.self) }

  subscript(index: Int) -> Double {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// Those of one chunk.
  func chunk(_ number: Int) -> UnsafeMutablePointer<Double> {
    base + number * BatchSolver.sidesPerPass * BatchSolver.laneCount
  }

  /// Adds up the chunks' numbers, in their order, into the first.
  func addUp(chunks: Int, sides: Int) {
    for chunk in 1..<max(1, chunks) {
      let from = self.chunk(chunk)
      for place in 0..<(sides * BatchSolver.laneCount) { base[place] += from[place] }
    }
  }
}
