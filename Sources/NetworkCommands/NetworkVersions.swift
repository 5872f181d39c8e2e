import ArrayFiles
internal import FiniteElements
internal import ProgramSupport
import Tensors

/// The versions of gcgan and of all libraries behind it, libtorch among them.
package enum NetworkVersions {
  /// One line per name.
  package static var text: String {
    Versions.text(
      with: NumericalLibraries.versions + [
        Versions.argumentParser, Versions.yams, ("libpng", PictureLibrary.version),
        ("libtorch", TorchLibrary.version),
      ])
  }
}
