import CBuild
import LinearAlgebra
import Meshing
import NumericalMethods

/// The versions of gcgan and of the libraries behind it.
public enum Versions {
  /// A name and its version.
  public typealias Entry = (name: String, version: String)

  /// gcgan's own version.
  public static let gcgan = "0.1.0"
  /// The commit this is built from; `unknown` outside a checkout.
  public static let commit = String(cString: gcgan_commit())
  /// swift-argument-parser, which every program reads its arguments by.
  public static let argumentParser: Entry = (
    "argumentParser", String(cString: gcgan_argument_parser_version())
  )
  /// Yams, of the programs that read parts and problems.
  public static let yams: Entry = ("yams", String(cString: gcgan_yams_version()))

  /// gcgan, and the libraries of the solver.
  public static var all: [Entry] {
    [
      ("gcgan", gcgan),
      ("commit", commit),
      ("suitesparse", LinearAlgebraLibraries.suiteSparse),
      ("metis", LinearAlgebraLibraries.metis),
      ("openblas", BLASThreads.configuration),
      ("gsl", ScientificLibrary.version),
      ("zlib", CompressionLibrary.version),
      ("blasKernel", BLASThreads.kernel),
    ]
  }

  /// What a program answers to `--version`: one line per name.
  ///
  /// - Parameter more: The libraries it has besides the solver's.
  public static func text(with more: [Entry]) -> String {
    (all + more).map { "\($0.name) \($0.version)" }.joined(separator: "\n")
  }
}
