public import Files
import Meshing

/// One `*STEP` … `*END STEP`.
public struct DeckStep: Sendable {
  /// What is solved.
  public var procedure: Procedure = .staticStress
  /// `DIRECT` on the procedure card.
  public var isDirect = false
  /// The data line of the procedure: initial increment, period, smallest and largest increment.
  public var increments: [Double?] = []
  /// `INC=` on `*STEP`, the largest number of increments.
  public var largestIncrementCount = 100
  /// `AMPLITUDE=STEP` on `*STEP`: loads jump at the start of the step; else `nil` for the default.
  public var isStepped: Bool?
  /// `FREQUENCY` of the last output card of the step that has one above 0, prints and files alike: in ccx
  /// it holds for all of them. `nil` where no card has one.
  public var outputFrequency: Int?
  /// `TIME POINTS` of the last output card of the step that has them, unless a `FREQUENCY` follows;
  /// upper case.
  public var outputTimePoints: String?
  /// Load, boundary and output cards in the order of the deck.
  public var cards: [StepCard] = []
  /// Where the step begins.
  public var location = InputFault.Location(file: "")

  /// A static step without cards.
  public init() {}
}
