internal import CPNG

/// libpng, which writes pictures.
package enum PictureLibrary {
  /// The version of the library that is linked, as "1.6.39".
  ///
  /// The corresponding C function is `png_get_libpng_ver`.
  package static var version: String {
    png_get_libpng_ver(nil).map { String(cString: $0) } ?? "unknown"
  }
}
