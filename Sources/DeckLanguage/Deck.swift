public import Files
public import Meshing
public import ThermoElasticity

/// What a CalculiX deck says, with every set resolved: nothing in it refers to text any more.
public struct Deck: Sendable {
  /// The lines under `*HEADING`.
  public var heading: [String] = []
  /// Nodes, cells, sets and surfaces. Set names are upper case.
  public var mesh = Mesh()
  /// Materials in the order of the deck.
  public var materials: [Material] = []
  /// `*SOLID SECTION` cards, in order.
  public var sections: [Section] = []
  /// The upper-case name of each section's `ORIENTATION`, `nil` where it has none.
  public var orientationNames: [String?] = []
  /// Axes by node, from `*TRANSFORM`.
  public var nodalAxes: [Int32: CoordinateSystem] = [:]
  /// `*EQUATION` and `*MPC` as linear constraints.
  public var constraints: [LinearConstraint] = []
  /// `*INITIAL CONDITIONS, TYPE=TEMPERATURE`; `nil` where the deck says nothing of a node.
  public var initialTemperature: [Double?] = []
  /// `*AMPLITUDE` by upper-case name.
  public var amplitudes: [String: Amplitude] = [:]
  /// `*TIME POINTS` by upper-case name.
  public var timePoints: [String: [Double]] = [:]
  /// Names of `*TIME POINTS` with `TIME=TOTAL TIME`: measured from the start of the first step.
  public var totalTimePoints: Set<String> = []
  /// `*BOUNDARY` cards before the first step: they hold in all steps until changed.
  public var initialBoundaries: [BoundaryCard] = []
  /// The steps in order.
  public var steps: [DeckStep] = []
  /// Things that were read but have no effect, for the user to know.
  public var warnings: [InputFault] = []

  /// An empty deck.
  public init() {}
}
