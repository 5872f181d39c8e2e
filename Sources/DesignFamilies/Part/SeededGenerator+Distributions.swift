internal import Glibc
internal import Manufacturability

extension SeededGenerator {
  /// Exponential with mean 1.
  mutating func nextExponential() -> Double { -log(1 - nextUnit()) }

  /// The number of trials up to and with the first success: 1, 2, … with mean 1 / chance.
  mutating func nextGeometric(_ chance: Double) -> Int {
    1 + Int((log(1 - nextUnit()) / log(1 - chance)).rounded(.down))
  }
}

extension PartSampler {
  /// A vector of a length at an angle.
  static func vector(_ angle: Double, _ length: Double) -> [Double] {
    [length * cos(angle), length * sin(angle)]
  }
}
