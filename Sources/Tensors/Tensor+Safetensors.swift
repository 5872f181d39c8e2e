package import ArrayFiles
package import Files

extension SafetensorsWriter {
  /// Adds a tensor in its own precision.
  ///
  /// - Parameter name: Not `__metadata__`, and not yet there.
  package mutating func add(_ name: String, _ tensor: Tensor) {
    switch tensor.precision {
    case .single: add(name, shape: tensor.shape, values: tensor.scalars)
    case .double: add(name, shape: tensor.shape, values: tensor.doubles)
    }
  }

  /// Adds a tensor in half precision, 16 bits a number: three digits, up to 65,504; what is larger becomes infinite.
  ///
  /// - Parameter name: Not `__metadata__`, and not yet there.
  package mutating func addHalf(_ name: String, _ tensor: Tensor) {
    add(name, shape: tensor.shape, values: tensor.scalars.map { Float16($0) })
  }
}

extension SafetensorsFile {
  /// A tensor of the precision that the file holds, F32 or F64; of single precision where it holds F16.
  ///
  /// - Parameters:
  ///   - shape: The shape that it must have, if it matters.
  ///   - precision: The precision that it must have, if it matters.
  /// - Throws: ``InputFault`` where there is no such array, or it is another than what is expected.
  package func tensor(
    _ name: String, shape: [Int]? = nil, precision: TensorPrecision? = nil
  ) throws(InputFault) -> Tensor {
    let entry = try entry(name)
    if entry.element == .float16, precision != .double {
      let values = try values(of: name, as: Float16.self, shape: shape)
      return Tensor(values.map { Float($0) }, shape: entry.shape)
    }
    let isDouble = precision.map { $0 == .double } ?? (entry.element == .float64)
    return isDouble
      ? Tensor(try values(of: name, as: Double.self, shape: shape), shape: entry.shape)
      : Tensor(try values(of: name, as: Float.self, shape: shape), shape: entry.shape)
  }
}
