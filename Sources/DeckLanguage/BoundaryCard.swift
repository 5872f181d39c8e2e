package import Files
import Meshing

/// One `*BOUNDARY` card.
package struct BoundaryCard: Sendable {
  /// Data lines that say the same of several nodes.
  package struct Entry: Sendable {
    /// The nodes.
    package var nodes: [Int32]
    /// First and last degree of freedom, 1…3 displacements, 11 temperature (as the deck writes them).
    package var degrees: ClosedRange<Int>
    /// The prescribed value; 0 where the line has none.
    package var value: Double

    /// One data line.
    package init(nodes: [Int32], degrees: ClosedRange<Int>, value: Double) {
      self.nodes = nodes
      self.degrees = degrees
      self.value = value
    }
  }

  /// `OP`
  package var operation: CardOperation = .modify
  /// `FIXED`: hold the values reached at the end of the previous step.
  package var isFixed = false
  /// Upper-case amplitude name.
  package var amplitude: String?
  /// The data lines in order; neighbours that say the same are one entry.
  package var entries: [Entry] = []
  /// The keyword line.
  package var location = InputFault.Location(file: "")

  /// A card without lines.
  package init() {}
}
