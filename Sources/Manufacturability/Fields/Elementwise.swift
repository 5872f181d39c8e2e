// Arithmetic of images, element by element; all arrays of a call have one length, but for empty ones, which stand for zeros.

/// a b.
func products(_ a: [Double], _ b: [Double]) -> [Double] {
  precondition(a.count == b.count, "images of \(a.count) and \(b.count) elements")
  var result = a
  var products = result.mutableSpan
  let factors = b.span
  for element in products.indices { products[element] *= factors[element] }
  return result
}

/// f a.
func multiples(_ a: some Sequence<Double>, by factor: Double) -> [Double] { a.map { factor * $0 } }

/// sum += f a.
func addMultiples(_ a: [Double], by factor: Double, to sum: inout [Double]) {
  guard !a.isEmpty else { return }
  precondition(a.count == sum.count, "images of \(a.count) and \(sum.count) elements")
  var sum = sum.mutableSpan
  let a = a.span
  for element in sum.indices { sum[element] += factor * a[element] }
}

/// sum += a b c.
func addProducts(_ a: [Double], _ b: [Double], _ c: [Double], to sum: inout [Double]) {
  guard !a.isEmpty else { return }
  precondition(
    a.count == sum.count && b.count == sum.count && c.count == sum.count,
    "images of \(a.count), \(b.count), \(c.count) and \(sum.count) elements")
  var sum = sum.mutableSpan
  let (a, b, c) = (a.span, b.span, c.span)
  for element in sum.indices { sum[element] += a[element] * b[element] * c[element] }
}
