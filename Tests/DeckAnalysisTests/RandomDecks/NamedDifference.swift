import DeckLanguage
import Meshing
import TestSupport

/// Where our answer is not that of CalculiX 2.20, on purpose: each with its reason. The first that explains a difference is named: those of
/// one kind of block come first.
///
/// The closed forms that show who is right are listed in `Docs/ccx-2.20-notes.md`, "Named differences".
enum NamedDifference: String, CaseIterable {
  /// Nodal stresses of C3D6 for a section print are extrapolated with a wrong coefficient.
  case wedgeStressAtNodes = "section print beside C3D6"
  /// The sides of plane cells in a section print.
  case sectionOfPlaneCells = "section print of plane cells"
  /// The flux through a section in a static step is that of the temperatures before the step; energies of static steps in
  /// increments leave out what happens in increments that are not printed.
  case leftBehind = "section fluxes and energies left behind"
  /// Inside a step in increments CalculiX starts distributed loads from the old value of whatever load had their
  /// place in its list, once a load was put before them.
  case oldLoadsByPlace = "old loads by their place"
  /// Nodes with axes of their own: a heat flow into one is lost, an equation that names two components of one pushes along the third, and
  /// of plane cells, or in a deck with equations, supports along them are lost when they are given again after OP=NEW.
  case axesOfNodes = "axes of nodes"
  /// Without initial temperatures CalculiX takes its mark for "none", 1.2357111317, for the temperature without strain in
  /// static steps after a heat step. Those that are given it rounds to millionths, negative ones to the one above.
  case initialTemperatures = "initial temperatures"
  /// Where the conductivity depends on temperature CalculiX stops before its iteration is at rest, and makes increments by how
  /// often it iterated.
  case iterationNotAtRest = "conductivity table"
  /// Half of a sheet or wedge is taken for the whole although the material is not symmetric to its middle.
  case halfOfAnUnsymmetricCell = "unsymmetric sheet or wedge"
  /// CalculiX stops or breaks down where nothing is wrong: at energies in a deck with both kinds of step, at the flux through a
  /// section where the conductivity has directions, at time points that have all passed, at a heat step after a
  /// static one without initial temperatures, at supports along axes of nodes that come in a later step.
  case stopsWithoutNeed = "CalculiX stops without need"
  /// Of several axes of rotation one acts; it may be one that OP=NEW took back, so that nothing rotates.
  case axesTakenBack = "axes of rotation taken back"
  /// Nodes of plane cells leave their plane: with axes tilted against it, or where OP=NEW takes back all supports and the
  /// material couples the plane with what is across.
  case tiltedAxes = "plane cells leave their plane"
  /// A film card between cards of fluxes shifts CalculiX's marks of what this step has named: loads that add up replace
  /// one another, and the other way round; a load of a step before passes for one of this step under another amplitude.
  case filmBetweenFluxes = "a film between fluxes"
  /// An amplitude in step time of temperatures ends with its step at one node, whose number is 2 and three for each body load, and
  /// goes on at all others.
  case endedAmplitude = "an amplitude ends at one node"
  /// CalculiX solves singular equations, and prints round-off.
  case singular = "singular equations"

  /// Whether it explains that a block of the `.dat` differs.
  func explains(_ difference: DatComparison.Difference, at time: Double, _ facts: DeckFacts) -> Bool
  {
    let title = difference.title
    let relative = difference.relative ?? .infinity
    func isLater(than first: Double?) -> Bool { first.map { time > $0 } ?? false }
    let quantity = Quantity(title)
    // Nothing of all this moves a point of a cell or changes its volume.
    if quantity == .geometric { return false }
    // Heat knows of a displacement once faces are deformed.
    let followsStress =
      quantity == .mechanical || isLater(than: facts.firstHeatOnDeformedFaces)
    switch self {
    case .oldLoadsByPlace: return facts.isInsideStepWithNewLoads(time)
    case .axesOfNodes:
      return isLater(than: facts.firstFlowOnTurnedNode)
        || followsStress && (isLater(than: facts.firstAxesTakenBack) || facts.tiesTurnedNodeTwice)
    case .initialTemperatures:
      if title.hasPrefix("temperatures"), facts.hasRoundedInitialTemperature,
        let size = difference.absolute, size < 1.01e-6
      {
        return true
      }
      guard !facts.hasInitialTemperature, isLater(than: facts.firstStaticAfterHeat) else {
        return false
      }
      return facts.isInStaticStep(time) && title.hasPrefix("temperatures")
        || facts.feelsTemperature && (followsStress || facts.isInStaticStep(time))
    case .iterationNotAtRest:
      return isLater(than: facts.firstHeatWithTable)
        && (relative < 0.05 || difference.isOfBlocks)
    case .halfOfAnUnsymmetricCell:
      return followsStress && facts.hasUnsymmetricElasticity || facts.hasUnsymmetricConductivity
    case .wedgeStressAtNodes: return Self.isSectionForce(title) && facts.hasWedges
    case .leftBehind:
      let isEnergy = title.hasPrefix("internal energy") || title.hasPrefix("total internal energy")
      return Self.isSectionFlux(title) && facts.isInStaticStep(time)
        || isEnergy && facts.skipsIncrements && isLater(than: facts.firstStaticAfterHeat)
    case .sectionOfPlaneCells: return Self.isSection(title) && facts.hasPlaneCells
    case .tiltedAxes:
      return followsStress && (facts.hasTiltedAxes || facts.freesUnsymmetricPlanes)
    case .filmBetweenFluxes: return isLater(than: facts.firstFilmBetweenFluxes)
    case .endedAmplitude:
      let ended = facts.endedAmplitudes.filter { time > $0.time }
      if title.hasPrefix("temperatures") {
        return ended.contains { difference.place.hasPrefix("row \($0.node) ") }
      }
      return !ended.isEmpty && facts.feelsTemperature
    case .axesTakenBack:
      return followsStress && facts.hasAxesTakenBack && facts.firstStaticTime <= time
    case .stopsWithoutNeed, .singular: return false
    }
  }

  /// Whether it explains that CalculiX alone stops.
  func explainsStop(_ deck: Deck, _ run: CalculiXRun) -> Bool {
    let facts = DeckFacts(deck)
    switch self {
    case .stopsWithoutNeed:
      let energies =
        facts.hasHeat && facts.asks(for: ["ENER", "ELSE"])
        && (run.complaint.contains("energy output") || run.hasCrashed)
      let flux =
        facts.asks(for: ["FLUX"]) && facts.hasDirectedConductivity
        && run.complaint.contains("must be isotropic")
      let passed = !deck.totalTimePoints.isEmpty && run.complaint.contains("a time point")
      let breaksDown =
        run.hasCrashed && (facts.meetsHeatWithoutTemperature || facts.supportsAxesLate)
      return energies || flux || passed || breaksDown
    case .tiltedAxes:
      let isAdrift =
        run.complaint.contains("increment size smaller than minimum")
        || run.complaint.contains("too many cutbacks")
      return facts.hasTiltedAxes && (run.hasCrashed || isAdrift)
    case .filmBetweenFluxes:
      return facts.firstFilmBetweenFluxes != nil
        && run.complaint.contains("not allowed to define two distributed")
    default: return false
    }
  }

  /// Whether it explains that we alone refuse to solve.
  func explainsRefusal(_ deck: Deck, _ complaint: String, _ run: CalculiXRun) -> Bool {
    if self == .tiltedAxes {
      return DeckFacts(deck).hasTiltedAxes
        && (complaint.contains("its axes do not lie in it")
          || complaint.contains("depends on itself"))
    }
    guard self == .singular else { return false }
    let isSingular =
      complaint.contains("singular") || complaint.contains("pivot")
      || complaint.contains("is not determined")
    return isSingular && DeckFacts(deck).hasReducedCells
  }

  /// Whether it explains that our reader alone refuses.
  ///
  /// Loads of one step that add up must have one amplitude, in CalculiX too; a film between them makes it forget the first.
  ///
  /// - Parameter faults: What the reader says, a line each.
  func explainsFaults(_ deck: String, _ faults: String) -> Bool {
    guard self == .filmBetweenFluxes else { return false }
    let lines = deck.split(separator: "\n", omittingEmptySubsequences: false)
    let places = faults.matches(
      of: #/deck\.inp:(\d+): .* is given in the step already, at deck\.inp:(\d+), under another/#)
    return !places.isEmpty && places.count == faults.matches(of: #/deck\.inp:\d+: /#).count
      && places.allSatisfy { place in
        guard let last = Int(place.1), let first = Int(place.2) else { return false }
        return lines[first..<last].contains { $0.hasPrefix("*FILM") }
      }
  }

  /// What a block of the `.dat` tells of.
  private enum Quantity {
    case mechanical, thermal, geometric

    init(_ title: String) {
      let geometric = ["volume", "total volume", "global coordinates"]
      let thermal = [
        "temperatures", "heat", "total heat", "el fa int", "total surface flux", "mass",
        "total mass",
      ]
      if geometric.contains(where: title.hasPrefix) {
        self = .geometric
      } else if thermal.contains(where: title.hasPrefix) {
        self = .thermal
      } else {
        self = .mechanical
      }
    }
  }

  private static func isSection(_ title: String) -> Bool {
    isSectionForce(title) || title.hasPrefix("center of gravity and mean normal")
      || isSectionFlux(title)
  }

  private static func isSectionFlux(_ title: String) -> Bool {
    title.hasPrefix("el fa int") || title.hasPrefix("total surface flux")
  }

  private static func isSectionForce(_ title: String) -> Bool {
    title.hasPrefix("total surface force") || title.hasPrefix("moment about the center of gravity")
      || title.hasPrefix("area, normal force")
  }
}

extension DatComparison.Difference {
  /// The difference of two numbers; `nil` where no numbers are compared.
  fileprivate var absolute: Double? {
    guard let expected = Double(expected), let found = Double(found) else { return nil }
    return abs(expected - found)
  }

  /// Whether blocks are missing or others than expected, as where increments end at other times.
  fileprivate var isOfBlocks: Bool { ["the block", "the header", "the time"].contains(place) }
}
