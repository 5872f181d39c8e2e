internal import Glibc

/// The standard error, where programs print warnings, faults and progress. What does not arrive there is lost.
public enum StandardError {
  /// A line.
  public static func say(_ text: String) { write(text + "\n") }

  /// Text.
  public static func write(_ text: String) { Console.error.write(text) }
}
