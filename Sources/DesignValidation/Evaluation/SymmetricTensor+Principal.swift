import NumericalMethods

extension SymmetricTensor {
  /// The principal values, largest first; numbers that are none where a component is none.
  var principalValues: (max: Double, mid: Double, min: Double) {
    guard magnitude.isFinite, trace.isFinite else { return (.nan, .nan, .nan) }
    let values = symmetricEigen([xx, xy, xz, xy, yy, yz, xz, yz, zz], count: 3).values
      .sorted(by: >)
    return (values[0], values[1], values[2])
  }
}
