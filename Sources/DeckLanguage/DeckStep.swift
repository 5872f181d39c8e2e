package import Files
import Meshing

/// One `*STEP` … `*END STEP`.
package struct DeckStep: Sendable {
  /// What is solved.
  package var procedure: Procedure = .staticStress
  /// `DIRECT` on the procedure card.
  package var isDirect = false
  /// The data line of the procedure: initial increment, period, smallest and largest increment.
  package var increments: [Double?] = []
  /// `INC=` on `*STEP`, the largest number of increments.
  package var largestIncrementCount = 100
  /// `AMPLITUDE=STEP` on `*STEP`: loads jump at the start of the step; else `nil` for the default.
  package var isStepped: Bool?
  /// `FREQUENCY` of the last output card of the step that has one above 0, prints and files alike: in ccx
  /// it holds for all of them. `nil` where no card has one.
  package var outputFrequency: Int?
  /// `TIME POINTS` of the last output card of the step that has them, unless a `FREQUENCY` follows;
  /// upper case.
  package var outputTimePoints: String?
  /// Load, boundary and output cards in the order of the deck.
  package var cards: [StepCard] = []
  /// Where the step begins.
  package var location = InputFault.Location(file: "")

  /// A static step without cards.
  package init() {}
}
