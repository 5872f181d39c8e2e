internal import DesignProblem
internal import Glibc
internal import Manufacturability

extension DesignTask {
  /// A design to begin a search with; `nil` for the uniform design of the volume fraction, which is the first one but for the cell of a periodic material
  /// without passive elements, whose uniform design stays one.
  func searchStart(_ number: Int) -> [Double]? {
    let isWavy = isCell && stated.passive.isEmpty
    return number == 0 && !isWavy ? nil : start(isWavy ? number + 1 : number)
  }

  /// The volume fraction, more here and less there by up to nine tenths, smoothly over a third of the longer side; a cell goes on at its other ends. With two
  /// solids the shares of the second behind it, likewise around a half.
  ///
  /// The same for the same number, grid and volume fraction.
  func start(_ number: Int) -> [Double] {
    var random = SeededGenerator(seed: 0x5EED, stream: UInt64(number))
    let waves = isCell ? periodicWaves(&random) : waves(&random)
    func image(around mean: Double, _ waves: [Wave]) -> [Double] {
      (0..<size.elementCount).map { element in
        let (x, y) = (Double(element % size.columns), Double(element / size.columns))
        let sum = waves.reduce(0) { $0 + cos($1.x * x + $1.y * y + $1.phase) }
        // The sum of so many waves is within ±2 of its standard deviations nearly everywhere.
        let share = max(-1, min(1, sum / (2 * (0.5 * Double(Self.waveCount)).squareRoot())))
        return max(0, min(1, mean * (1 + 0.9 * share)))
      }
    }
    let density = image(around: volumeFraction, waves)
    guard hasTwoSolids else { return density }
    return density + image(around: 0.5, isCell ? periodicWaves(&random) : self.waves(&random))
  }

  private typealias Wave = (x: Double, y: Double, phase: Double)
  private static let waveCount = 6

  private func waves(_ random: inout SeededGenerator) -> [Wave] {
    let length = Double(max(size.columns, size.rows)) / 3
    return (0..<Self.waveCount).map { _ in
      let angle = 2 * Double.pi * random.nextUnit()
      let number = Double.pi / length * (0.5 + random.nextUnit())
      return (number * cos(angle), number * sin(angle), 2 * Double.pi * random.nextUnit())
    }
  }

  /// One or two whole waves along each axis, or none along one.
  private func periodicWaves(_ random: inout SeededGenerator) -> [Wave] {
    let numbers = [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, 0), (0, 2)]
    return (0..<Self.waveCount).map { _ in
      let (x, y) = numbers[random.nextIndex(below: numbers.count)]
      return (
        2 * Double.pi * Double(x) / Double(size.columns),
        2 * Double.pi * Double(y) / Double(size.rows), 2 * Double.pi * random.nextUnit()
      )
    }
  }
}
