import CBuild
import LinearAlgebra
import NumericalMethods

/// The versions of gcgan and of the libraries behind it.
public enum Versions {
  /// gcgan's own version.
  public static let gcgan = "0.1.0"
  /// The commit this is built from; `unknown` outside a checkout.
  public static let commit = String(cString: gcgan_commit())

  /// Every name and version, gcgan first.
  public static var all: [(name: String, version: String)] {
    [
      ("gcgan", gcgan),
      ("commit", commit),
      ("suitesparse", LinearAlgebraLibraries.suiteSparse),
      ("openblas", BLASThreads.configuration),
      ("gsl", ScientificLibrary.version),
      ("blasKernel", BLASThreads.kernel),
    ]
  }

  /// One line per name.
  public static var text: String {
    all.map { "\($0.name) \($0.version)" }.joined(separator: "\n")
  }
}
