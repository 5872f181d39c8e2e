/// A term made ready for a problem: its value at a design, and its derivatives by what it reads.
protocol TermEvaluator: Sendable {
  func evaluate(_ state: DesignState) -> TermOutcome
}

/// The scalar product.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

/// The p-norm (Σ x^p)^(1/p) of values that are not negative, and its derivative (x/‖x‖)^(p−1).
///
/// Scaled by the largest value, so that nothing overflows.
func norm(_ values: [Double], exponent p: Double) -> (value: Double, slopes: [Double]) {
  let largest = values.max() ?? 0
  guard largest > 0 else { return (largest, values.map { _ in 0 }) }
  var sum = 0.0
  for value in values { sum += wholePower(value / largest, p) }
  let norm = largest * raised(sum, 1 / p)
  return (norm, values.map { wholePower($0 / norm, p - 1) })
}

/// x^p for x ≥ 0, by products where p is a small whole number.
func wholePower(_ x: Double, _ p: Double) -> Double {
  guard p >= 0, p <= 64, p == p.rounded() else { return raised(x, p) }
  var result = 1.0
  var square = x
  var rest = Int(p)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
