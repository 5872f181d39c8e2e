internal import CTorch

/// The one owner of a tensor of libtorch.
///
/// Sendable: what a handle points at is read from any thread, and changed in place only by whoever holds the only
/// reference (``Tensor/changingInPlace(_:_:)``).
final class TensorHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Takes a tensor over.
  init(owning pointer: OpaquePointer) { self.pointer = pointer }

  deinit { gct_free(pointer) }
}
