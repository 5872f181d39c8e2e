internal import Glibc
internal import Manufacturability

extension DesignTask {
  /// A design to begin a search with: the volume fraction, more here and less there by up to nine tenths, smoothly over a third of the longer side.
  ///
  /// The same for the same number, grid and volume fraction.
  func start(_ number: Int) -> [Double] {
    let length = Double(max(size.columns, size.rows)) / 3
    var random = SeededGenerator(seed: 0x5EED, stream: UInt64(number))
    let waves = (0..<Self.waveCount).map { _ -> (x: Double, y: Double, phase: Double) in
      let angle = 2 * Double.pi * random.nextUnit()
      let number = Double.pi / length * (0.5 + random.nextUnit())
      return (number * cos(angle), number * sin(angle), 2 * Double.pi * random.nextUnit())
    }
    return (0..<size.elementCount).map { element in
      let (x, y) = (Double(element % size.columns), Double(element / size.columns))
      let sum = waves.reduce(0) { $0 + cos($1.x * x + $1.y * y + $1.phase) }
      // The sum of so many waves is within ±2 of its standard deviations nearly everywhere.
      let share = max(-1, min(1, sum / (2 * (0.5 * Double(Self.waveCount)).squareRoot())))
      return max(0, min(1, volumeFraction * (1 + 0.9 * share)))
    }
  }

  private static let waveCount = 6
}
