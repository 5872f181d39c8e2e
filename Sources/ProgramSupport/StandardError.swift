internal import Glibc

/// The standard error, where programs print warnings, faults and progress. What does not arrive there is lost.
package enum StandardError {
  /// A line.
  package static func say(_ text: String) { write(text + "\n") }

  /// Text.
  package static func write(_ text: String) { Console.error.write(text) }
}
