/// One number per right-hand side and lane, [side][lane], where the kernels can reach it.
struct LaneNumbers: ~Copyable {
  private let memory = AlignedMemory(byteCount: BatchSolver.sidesPerPass * 128)

  var base: UnsafeMutablePointer<Double> { memory.vectors(of: Double.self) }

  subscript(index: Int) -> Double {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }
}
