public import Files
import Meshing

/// A load card whose lines give one number (or none) to nodes, cells or sides.
public struct LoadCard<Entry: Sendable>: Sendable {
  /// `OP`
  public var operation: CardOperation = .modify
  /// Upper-case amplitude name.
  public var amplitude: String?
  /// Upper-case name of a second amplitude (`FILM AMPLITUDE`).
  public var secondAmplitude: String?
  /// The data lines in order; neighbours that say the same are one entry.
  public var entries: [Entry] = []
  /// The keyword line.
  public var location = InputFault.Location(file: "")

  /// A card without lines.
  public init() {}
}
