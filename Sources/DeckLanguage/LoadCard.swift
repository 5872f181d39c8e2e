package import Files
import Meshing

/// A load card whose lines give one number (or none) to nodes, cells or sides.
package struct LoadCard<Entry: Sendable>: Sendable {
  /// `OP`
  package var operation: CardOperation = .modify
  /// Upper-case amplitude name.
  package var amplitude: String?
  /// Upper-case name of a second amplitude (`FILM AMPLITUDE`).
  package var secondAmplitude: String?
  /// The data lines in order; neighbours that say the same are one entry.
  package var entries: [Entry] = []
  /// The keyword line.
  package var location = InputFault.Location(file: "")

  /// A card without lines.
  package init() {}
}
