/// What libtorch refused, in its own words.
public struct TensorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reason.
  public var reason: String

  /// A refusal.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { reason }
}
