public import Files
import Meshing

/// One `*BOUNDARY` card.
public struct BoundaryCard: Sendable {
  /// Data lines that say the same of several nodes.
  public struct Entry: Sendable {
    /// The nodes.
    public var nodes: [Int32]
    /// First and last degree of freedom, 1…3 displacements, 11 temperature (as the deck writes them).
    public var degrees: ClosedRange<Int>
    /// The prescribed value; 0 where the line has none.
    public var value: Double

    /// One data line.
    public init(nodes: [Int32], degrees: ClosedRange<Int>, value: Double) {
      self.nodes = nodes
      self.degrees = degrees
      self.value = value
    }
  }

  /// `OP`
  public var operation: CardOperation = .modify
  /// `FIXED`: hold the values reached at the end of the previous step.
  public var isFixed = false
  /// Upper-case amplitude name.
  public var amplitude: String?
  /// The data lines in order; neighbours that say the same are one entry.
  public var entries: [Entry] = []
  /// The keyword line.
  public var location = InputFault.Location(file: "")

  /// A card without lines.
  public init() {}
}
