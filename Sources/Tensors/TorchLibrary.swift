internal import CTorch

/// The libtorch that this is built with.
package enum TorchLibrary {
  /// Its version, such as 1.13.0.
  package static var version: String { String(cString: gct_version()) }

  /// Its own description of its build: compiler, vector unit, BLAS, oneDNN.
  package static var configuration: String {
    var text: UnsafePointer<CChar>?
    Crossing.check(gct_configuration(&text))
    return text.map { String(cString: $0) } ?? ""
  }
}
