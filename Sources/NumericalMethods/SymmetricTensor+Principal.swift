extension SymmetricTensor {
  /// The principal values, largest first; NaN where a component is not finite.
  ///
  /// Accurate to round-off of the largest value, also where values are close to each other.
  public var principalValues: (max: Double, mid: Double, min: Double) {
    let size = magnitude
    guard size.isFinite, trace.isFinite else { return (.nan, .nan, .nan) }
    // Squares of what is very large or very small have no place among the numbers.
    if size > 1e100 || (size < 1e-100 && size > 0) {
      let unit = ((1 / size) * self).principalValues
      return (size * unit.max, size * unit.mid, size * unit.min)
    }
    let values = symmetricEigen([xx, xy, xz, xy, yy, yz, xz, yz, zz], count: 3).values
      .sorted(by: >)
    return (values[0], values[1], values[2])
  }
}
