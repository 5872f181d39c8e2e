internal import Glibc

/// A term made ready for a problem: its value at a design, and its derivatives by what it reads.
protocol TermEvaluator: Sendable {
  func evaluate(_ state: DesignState) -> TermEvaluation
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
  let norm = largest * pow(powers(values, p, over: largest).reduce(0, +), 1 / p)
  return (norm, powers(values, p - 1, over: norm))
}

/// (x / divisor)^p for x ≥ 0, by products where p is a small whole number.
private func powers(_ values: [Double], _ p: Double, over divisor: Double) -> [Double] {
  // Divided: the reciprocal of a length near the least numbers is infinite.
  let scaled = values.map { $0 / divisor }
  guard isSmallWhole(p) else { return scaled.map { pow($0, p) } }
  var result: [Double]?
  var square = scaled
  var exponent = Int(p)
  while exponent > 0 {
    if exponent & 1 == 1 { result = result.map { products($0, square) } ?? square }
    exponent >>= 1
    if exponent > 0 { square = products(square, square) }
  }
  return result ?? [Double](repeating: 1, count: values.count)
}

/// x^p for x ≥ 0, by products where p is a small whole number.
func wholePower(_ x: Double, _ p: Double) -> Double {
  guard isSmallWhole(p) else { return pow(x, p) }
  var result = 1.0
  var square = x
  var exponent = Int(p)
  while exponent > 0 {
    if exponent & 1 == 1 { result *= square }
    square *= square
    exponent >>= 1
  }
  return result
}

private func isSmallWhole(_ p: Double) -> Bool { p >= 0 && p <= 64 && p == p.rounded() }
