internal import Meshing
internal import Synchronization

/// One value per element type, made when it is first asked for and then kept; safe to ask from any thread.
final class LazyTables<Value: Sendable>: Sendable {
  private let made: Mutex<[ElementType: Value]> = Mutex([:])
  private let make: @Sendable (ElementType) -> Value

  /// Values that `make` makes.
  init(_ make: @escaping @Sendable (ElementType) -> Value) { self.make = make }

  /// The value of a type.
  subscript(type: ElementType) -> Value {
    made.withLock { made in
      if let value = made[type] { return value }
      let value = make(type)
      made[type] = value
      return value
    }
  }
}
