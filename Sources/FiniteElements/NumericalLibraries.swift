internal import LinearAlgebra
internal import Meshing
internal import NumericalMethods

/// The libraries in C behind finite elements.
public enum NumericalLibraries {
  /// Their names and versions, as programs say them on `--version`.
  public static var versions: [(name: String, version: String)] {
    [
      ("suitesparse", LinearAlgebraLibraries.suiteSparse),
      ("metis", LinearAlgebraLibraries.metis),
      ("openblas", BLASThreads.configuration),
      ("gsl", ScientificLibrary.version),
      ("zlib", CompressionLibrary.version),
      ("blasKernel", BLASThreads.kernel),
    ]
  }
}
