import NumericalMethods
import Testing

@Suite("Gauss-Legendre rules") struct GaussLegendreRuleTests {
  @Test("integrate monomials up to degree 2n − 1 and no further", arguments: 1...6)
  func degree(_ count: Int) {
    let rule = GaussLegendreRule(pointCount: count)
    func integral(_ degree: Int) -> Double {
      zip(rule.points, rule.weights).reduce(0) { sum, point in
        sum + point.1 * (0..<degree).reduce(1) { power, _ in power * point.0 }
      }
    }
    for degree in 0..<2 * count {
      let exact = degree.isMultiple(of: 2) ? 2 / Double(degree + 1) : 0
      #expect(abs(integral(degree) - exact) < 1e-14)
    }
    #expect(abs(integral(2 * count) - 2 / Double(2 * count + 1)) > 1e-4)
  }

  @Test func `points increase and mirror each other`() {
    let points = GaussLegendreRule(pointCount: 5).points
    #expect(points == points.sorted())
    for (a, b) in zip(points, points.reversed()) { #expect(abs(a + b) < 1e-15) }
  }
}
