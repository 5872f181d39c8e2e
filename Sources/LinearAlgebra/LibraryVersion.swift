internal import CSuiteSparse

/// Versions of the libraries behind this target.
public enum LinearAlgebraLibraries {
  /// CHOLMOD's version, as `5.12.0` style text of SuiteSparse and of CHOLMOD itself.
  public static var suiteSparse: String {
    "\(SUITESPARSE_MAIN_VERSION).\(SUITESPARSE_SUB_VERSION).\(SUITESPARSE_SUBSUB_VERSION)"
  }
}
