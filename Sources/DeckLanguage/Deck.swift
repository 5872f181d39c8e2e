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
  /// `*BOUNDARY` cards before the first step: they hold in all steps until changed.
  public var initialBoundaries: [BoundaryCard] = []
  /// The steps in order.
  public var steps: [DeckStep] = []
  /// Things that were read but have no effect, for the user to know.
  public var warnings: [InputFault] = []

  /// An empty deck.
  public init() {}
}

/// Factor against time.
public struct Amplitude: Sendable, Equatable {
  /// Times and factors, times increasing.
  public var points: [(time: Double, factor: Double)]
  /// `TIME=TOTAL TIME`: measured from the start of the first step, not of the current one.
  public var usesTotalTime: Bool

  /// A curve through points.
  public init(points: [(time: Double, factor: Double)], usesTotalTime: Bool) {
    self.points = points
    self.usesTotalTime = usesTotalTime
  }

  /// Whether two amplitudes have the same points.
  public static func == (a: Self, b: Self) -> Bool {
    a.usesTotalTime == b.usesTotalTime && a.points.elementsEqual(b.points) { $0 == $1 }
  }
}

/// One `*STEP` … `*END STEP`.
public struct DeckStep: Sendable {
  /// What is solved in a step.
  public enum Procedure: Sendable, Equatable {
    /// `*STATIC`
    case staticStress
    /// `*HEAT TRANSFER, STEADY STATE`
    case steadyHeat
  }

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
  /// Load, boundary and output cards in the order of the deck.
  public var cards: [StepCard] = []
  /// Where the step begins.
  public var location = InputFault.Location(file: "")

  /// A static step without cards.
  public init() {}
}

/// `OP=MOD` or `OP=NEW`.
public enum CardOperation: Sendable { case modify, new }

/// One `*BOUNDARY` card.
public struct BoundaryCard: Sendable {
  /// One data line, resolved to nodes.
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
  public var operation: CardOperation = .modify
  /// `FIXED`: hold the values reached at the end of the previous step.
  public var isFixed = false
  /// Upper-case amplitude name.
  public var amplitude: String?
  public var entries: [Entry] = []
  public var location = InputFault.Location(file: "")
  public init() {}
}

/// A load card whose lines give one number (or none) to nodes, cells or sides.
public struct LoadCard<Entry: Sendable>: Sendable {
  public var operation: CardOperation = .modify
  /// Upper-case amplitude name.
  public var amplitude: String?
  /// Upper-case name of a second amplitude (`FILM AMPLITUDE`).
  public var secondAmplitude: String?
  public var entries: [Entry] = []
  public var location = InputFault.Location(file: "")
  public init() {}
}

/// One line of `*CLOAD`: degree 1…3.
public struct ForceEntry: Sendable { public var nodes: [Int32]; public var degree: Int; public var value: Double
  public init(nodes: [Int32], degree: Int, value: Double) { (self.nodes, self.degree, self.value) = (nodes, degree, value) } }
/// One line of `*CFLUX`.
public struct FlowEntry: Sendable { public var nodes: [Int32]; public var value: Double
  public init(nodes: [Int32], value: Double) { (self.nodes, self.value) = (nodes, value) } }
/// One line of `*TEMPERATURE`.
public struct TemperatureEntry: Sendable { public var nodes: [Int32]; public var value: Double
  public init(nodes: [Int32], value: Double) { (self.nodes, self.value) = (nodes, value) } }
/// One line of `*DLOAD` or `*DSLOAD`.
public enum DistributedLoadEntry: Sendable {
  /// Pressure on sides.
  case pressure(facets: [Facet], value: Double)
  /// `GRAV`: acceleration times density; direction as a unit vector.
  case gravity(cells: [Int32], acceleration: Double, direction: SIMD3<Double>)
  /// `CENTRIF`: angular speed squared about the line through `point` along the unit vector `axis`.
  case centrifugal(cells: [Int32], speedSquared: Double, point: SIMD3<Double>, axis: SIMD3<Double>)
}
/// One line of `*DFLUX`.
public enum DistributedFluxEntry: Sendable {
  /// `S1`…: power per area into sides.
  case surface(facets: [Facet], value: Double)
  /// `BF`: power per volume.
  case body(cells: [Int32], value: Double)
}
/// One line of `*FILM`.
public struct FilmEntry: Sendable { public var facets: [Facet]; public var ambient: Double; public var coefficient: Double
  public init(facets: [Facet], ambient: Double, coefficient: Double) { (self.facets, self.ambient, self.coefficient) = (facets, ambient, coefficient) } }

/// `*NODE PRINT`, `*EL PRINT`, `*SECTION PRINT`: what goes to the `.dat`.
public struct PrintCard: Sendable {
  /// Over what is printed.
  public enum Region: Sendable {
    case nodes(set: String, [Int32])
    case cells(set: String, [Int32])
    case section(surface: String, name: String, [Facet])
  }
  public enum Totals: Sendable { case no, yes, only }
  public var region: Region
  /// Output keys, upper case: U, RF, NT, S, E …
  public var keys: [String]
  public var totals: Totals = .no
  /// `GLOBAL=YES` / `GLOBAL=NO`; `nil` for the default of the card.
  public var isGlobal: Bool?
  /// `FREQUENCY`, increments between prints.
  public var frequency = 1
  /// Upper-case name of `*TIME POINTS`.
  public var timePoints: String?
  public var location: InputFault.Location
  public init(region: Region, keys: [String], location: InputFault.Location) {
    (self.region, self.keys, self.location) = (region, keys, location) }
}

/// A card inside a step.
public enum StepCard: Sendable {
  case boundary(BoundaryCard)
  case force(LoadCard<ForceEntry>)
  case distributedLoad(LoadCard<DistributedLoadEntry>)
  case temperature(LoadCard<TemperatureEntry>)
  case flow(LoadCard<FlowEntry>)
  case distributedFlux(LoadCard<DistributedFluxEntry>)
  case film(LoadCard<FilmEntry>)
  /// `*DSLOAD` and `*DLOAD` both become `distributedLoad`.
  case print(PrintCard)
  /// `*NODE FILE`, `*EL FILE`, `*CONTACT FILE`, …: keys that ask for fields in the result file.
  case fieldOutput(keys: [String])
}
