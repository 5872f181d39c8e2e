import NumericalMethods
import Testing

@Suite("The normal distribution") struct NormalDistributionTests {
  // Abramowitz and Stegun, Handbook of Mathematical Functions (1964), table 26.1.
  @Test(
    "probabilities as tabulated",
    arguments: [
      (0.0, 0.5), (1.0, 0.841344746068543), (1.96, 0.975002104851780), (-3.0, 0.001349898031630),
    ])
  func probability(_ row: (x: Double, probability: Double)) {
    #expect(abs(NormalDistribution.probability(below: row.x) - row.probability) < 1e-14)
  }

  @Test func `quantiles undo probabilities`() {
    for p in [1e-9, 0.05, 0.5, 0.95] {
      let back = NormalDistribution.probability(below: NormalDistribution.quantile(p))
      #expect(abs(back - p) < 1e-12 * p + 1e-15)
    }
  }

  @Test func `the library says its version`() {
    #expect(ScientificLibrary.version.first == "2")
  }
}
