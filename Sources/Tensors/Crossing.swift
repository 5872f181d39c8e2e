internal import CTorch

/// The way into libtorch and back: every call of the door goes through one of these.
enum Crossing {
  typealias Result = UnsafeMutablePointer<OpaquePointer?>

  /// The tensor that a call makes.
  ///
  /// Arithmetic traps: shapes that do not fit are a mistake of the caller, and the message names them.
  static func make(_ call: (Result) -> gct_status) -> Tensor {
    var pointer: OpaquePointer?
    check(call(&pointer))
    return owned(pointer)
  }

  /// Makes sure that a call succeeded.
  static func check(_ status: gct_status) {
    guard status != .ok else { return }
    fatalError("libtorch: \(message)")
  }

  /// The tensors that a call makes, as many as `count`.
  ///
  /// - Throws: ``TensorError``, or what the backward of a custom function threw.
  static func makeThrowing(
    _ count: Int, _ call: (Result) -> gct_status
  ) throws -> [Tensor] {
    try withUnsafeTemporaryAllocation(of: OpaquePointer?.self, capacity: count) { results in
      results.initialize(repeating: nil)
      defer { results.deinitialize() }
      guard let base = results.baseAddress else { return [] }
      switch call(base) {
      case .ok: return results.map(owned)
      case .host_failure:
        guard let error = gct_take_host_error() else { throw TensorError(message) }
        throw Unmanaged<HostError>.fromOpaque(error).takeRetainedValue().error
      default: throw TensorError(message)
      }
    }
  }

  /// Lends the tensors of a list to a call.
  static func lend<Answer>(
    _ tensors: [Tensor], _ body: (UnsafePointer<OpaquePointer>, Int32) throws -> Answer
  ) rethrows -> Answer {
    try withExtendedLifetime(tensors) {
      try withUnsafeTemporaryAllocation(of: OpaquePointer.self, capacity: max(1, tensors.count)) {
        pointers in
        for place in tensors.indices {
          pointers.initializeElement(at: place, to: tensors[place].handle.pointer)
        }
        guard let base = pointers.baseAddress else { fatalError("no memory for a list") }
        return try body(base, Int32(tensors.count))
      }
    }
  }

  /// Lends whole numbers to a call.
  static func lend<Answer>(
    _ numbers: [Int], _ body: (UnsafePointer<Int64>?, Int32) -> Answer
  ) -> Answer {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: numbers.count) { copies in
      for place in numbers.indices {
        copies.initializeElement(at: place, to: Int64(numbers[place]))
      }
      return body(copies.baseAddress.map { UnsafePointer($0) }, Int32(numbers.count))
    }
  }

  /// A tensor of our own on one that is lent.
  static func shared(_ lent: OpaquePointer) -> Tensor { make { gct_alias(lent, $0) } }

  static var message: String { String(cString: gct_last_error()) }

  static func owned(_ pointer: OpaquePointer?) -> Tensor {
    guard let pointer else { fatalError("libtorch made no tensor and gave no reason") }
    return Tensor(TensorHandle(owning: pointer))
  }
}

extension Tensor {
  /// Lends this tensor to a call.
  func lend<Answer>(_ body: (OpaquePointer) -> Answer) -> Answer {
    withExtendedLifetime(handle) { body(handle.pointer) }
  }

  /// The tensor that a call makes of this one.
  func making(_ call: (OpaquePointer, Crossing.Result) -> gct_status) -> Tensor {
    lend { tensor in Crossing.make { call(tensor, $0) } }
  }

  /// The tensor that a call makes of this one and another.
  func making(
    with other: Tensor, _ call: (OpaquePointer, OpaquePointer, Crossing.Result) -> gct_status
  ) -> Tensor {
    lend { tensor in other.lend { other in Crossing.make { call(tensor, other, $0) } } }
  }
}

extension Tensor? {
  /// Lends a tensor, if there is one, to a call.
  func lend<Answer>(_ body: (OpaquePointer?) -> Answer) -> Answer {
    guard let self else { return body(nil) }
    return self.lend { body($0) }
  }
}
