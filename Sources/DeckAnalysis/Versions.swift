import LinearAlgebra

/// The versions of gcgan and of the libraries behind it.
public enum Versions {
  /// gcgan's own version.
  public static let gcgan = "0.1.0"

  /// Every name and version, gcgan first.
  public static var all: [(name: String, version: String)] {
    [
      ("gcgan", gcgan),
      ("suitesparse", LinearAlgebraLibraries.suiteSparse),
      ("openblas", BLASThreads.configuration),
      ("blasKernel", BLASThreads.kernel),
    ]
  }

  /// One line per name.
  public static var text: String {
    all.map { "\($0.name) \($0.version)" }.joined(separator: "\n")
  }
}
