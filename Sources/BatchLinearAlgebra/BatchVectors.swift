internal import CKernels
internal import LinearAlgebra

/// The vectors of conjugate gradients for a few right-hand sides of eight systems.
struct BatchVectors: ~Copyable {
  let size: Int
  private let numbers: ConstantTable<Int32>
  /// How many sides there is room for.
  let sides: Int
  private let memory: AlignedMemory
  private let single: AlignedMemory
  /// What products write aside, [row beyond a chunk][side][8].
  private let asideMemory: AlignedMemory
  /// Vectors in double precision for the substitution of lanes in double: made when the first such lane appears.
  private var wide: AlignedMemory?
  private(set) var hasWide = false

  init(_ analysis: BatchAnalysis, sides: Int) {
    size = analysis.pattern.size
    numbers = analysis.numbers
    self.sides = sides
    memory = AlignedMemory(byteCount: 4 * size * sides * 64)
    single = AlignedMemory(byteCount: analysis.tree.vectorSize * sides * 32)
    asideMemory = AlignedMemory(byteCount: (analysis.chunks.beyond.last ?? 0) * sides * 64)
  }

  /// Takes the memory for lanes in double.
  mutating func makeWide() {
    guard !hasWide else { return }
    wide = AlignedMemory(byteCount: size * sides * 64)
    hasWide = true
  }

  private func vector(_ number: Int) -> UnsafeMutablePointer<Double> {
    memory.vectors(of: Double.self, at: number * size * sides)
  }

  var aside: UnsafeMutablePointer<Double> { asideMemory.vectors(of: Double.self) }

  var wideVector: UnsafeMutablePointer<Double>? {
    switch wide {
    case .some(let memory): memory.vectors(of: Double.self)
    case .none: nil
    }
  }

  /// As the kernels take them.
  func view(sides: Int, scales: UnsafePointer<Double>, isWide: Bool) -> gck_gradients {
    gck_gradients(
      size: Int32(size), sides: Int32(sides), numbers: numbers.base, scales: scales,
      solution: vector(0),
      residual: vector(1), direction: vector(2), image: vector(3),
      preconditioned: single.vectors(of: Float.self), wide: isWide ? wideVector : nil)
  }
}
