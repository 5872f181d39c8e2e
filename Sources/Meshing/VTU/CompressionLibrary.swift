internal import CZlib

/// zlib, which compresses the arrays of a `.vtu`.
public enum CompressionLibrary {
  /// The version of the library that is linked, as "1.2.13".
  ///
  /// The corresponding C function is `zlibVersion`.
  public static var version: String { zlibVersion().map { String(cString: $0) } ?? "unknown" }
}
