package import DesignProblem

extension ManufacturabilityProblem {
  /// A design of random densities between the given ones: the same for the same seed.
  package func randomDesign(in range: ClosedRange<Double> = 0.1...0.9, seed: UInt64 = 1)
    -> [Double]
  {
    var random = SeededGenerator(seed: seed)
    return (0..<designCount).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * random.nextUnit()
    }
  }
}
