package import Files
package import Meshing
package import ThermoElasticity

/// What a CalculiX deck says, with every set resolved: nothing in it refers to text any more.
package struct Deck: Sendable {
  /// The lines under `*HEADING`.
  package var heading: [String] = []
  /// Nodes, cells, sets and surfaces. Set names are upper case.
  package var mesh = Mesh()
  /// Materials in the order of the deck.
  package var materials: [Material] = []
  /// `*SOLID SECTION` cards, in order.
  package var sections: [Section] = []
  /// The upper-case name of each section's `ORIENTATION`, `nil` where it has none.
  package var orientationNames: [String?] = []
  /// Axes by node, from `*TRANSFORM`.
  package var nodalAxes: [Int32: CoordinateSystem] = [:]
  /// `*EQUATION` and `*MPC` as linear constraints.
  package var constraints: [LinearConstraint] = []
  /// `*INITIAL CONDITIONS, TYPE=TEMPERATURE`; `nil` where the deck says nothing of a node.
  package var initialTemperature: [Double?] = []
  /// `*AMPLITUDE` by upper-case name.
  package var amplitudes: [String: Amplitude] = [:]
  /// `*TIME POINTS` by upper-case name.
  package var timePoints: [String: [Double]] = [:]
  /// Names of `*TIME POINTS` with `TIME=TOTAL TIME`: measured from the start of the first step.
  package var totalTimePoints: Set<String> = []
  /// `*BOUNDARY` cards before the first step: they hold in all steps until changed.
  package var initialBoundaries: [BoundaryCard] = []
  /// The steps in order.
  package var steps: [DeckStep] = []
  /// Things that were read but have no effect, for the user to know.
  package var warnings: [InputFault] = []

  /// An empty deck.
  package init() {}
}
