/// What libtorch refused, in its own words.
package struct TensorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reason.
  package var reason: String

  /// A refusal.
  package init(_ reason: String) { self.reason = reason }

  /// The reason.
  package var description: String { reason }
}
