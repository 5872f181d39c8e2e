extension ManufacturabilityProblem {
  /// A design of random densities within a range, the same for the same seed.
  public func randomDesign(in range: ClosedRange<Double> = 0.2...0.8, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<designCount).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * random.nextUnit()
    }
  }
}
