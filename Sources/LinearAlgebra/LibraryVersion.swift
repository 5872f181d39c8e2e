internal import CSuiteSparse

/// Versions of the libraries behind this target.
public enum LinearAlgebraLibraries {
  /// CHOLMOD's version, as `5.12.0` style text of SuiteSparse and of CHOLMOD itself.
  public static var suiteSparse: String {
    "\(SUITESPARSE_MAIN_VERSION).\(SUITESPARSE_SUB_VERSION).\(SUITESPARSE_SUBSUB_VERSION)"
  }

  /// The version of METIS whose header this is built with, as "5.1.0"; the library itself does not say.
  public static var metis: String {
    "\(METIS_VER_MAJOR).\(METIS_VER_MINOR).\(METIS_VER_SUBMINOR)"
  }
}
