import ArrayFiles
import DeckAnalysis
import Tensors

/// The versions of gcgan and of all libraries behind it, libtorch among them.
public enum NetworkVersions {
  /// One line per name.
  public static var text: String {
    Versions.text(
      with: [
        Versions.argumentParser, Versions.yams, ("libpng", PictureLibrary.version),
        ("libtorch", TorchLibrary.version),
      ])
  }
}
