internal import Glibc

/// A file that could not be read or written: which, doing what, and why.
public struct FileFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file as the caller named it.
  public var path: String
  /// What was tried, as an infinitive: "write".
  public var action: String
  /// The system's reason.
  public var reason: String

  /// A fault with its reason in words.
  public init(path: String, action: String, reason: String) {
    self.path = path
    self.action = action
    self.reason = reason
  }

  /// A fault with the reason the system just gave in `errno`.
  package init(path: String, action: String, code: Int32) {
    self.init(path: path, action: action, reason: String(cString: strerror(code)))
  }

  /// `cannot write out/a.vtu: No space left on device`
  public var description: String { "cannot \(action) \(path): \(reason)" }
}
