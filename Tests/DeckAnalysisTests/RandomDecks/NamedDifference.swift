import DeckLanguage
import Meshing
import TestSupport

/// Where our answer is not that of CalculiX 2.20, on purpose: each with its reason.
///
/// The closed forms that show who is right are listed in `Docs/ccx-2.20-notes.md`, "Named differences".
enum NamedDifference: String, CaseIterable {
  /// Inside a step in increments CalculiX starts distributed loads from the old value of whatever load had their
  /// place in its list, once a load was put before them.
  case oldLoadsByPlace = "old loads by their place"
  /// Nodes with axes of their own: a heat flow into one is lost, a support along them stays when OP=NEW takes it back, an
  /// equation that names two components of one is not met.
  case axesOfNodes = "axes of nodes"
  /// Without initial temperatures CalculiX takes its mark for "none", 1.2357111317, for the temperature without strain in
  /// static steps after a heat step.
  case markForTemperature = "no initial temperatures"
  /// Where the conductivity depends on temperature CalculiX stops before its iteration is at rest.
  case iterationNotAtRest = "conductivity table"
  /// Half of a sheet or wedge is taken for the whole although the material is not symmetric to its middle.
  case halfOfAnUnsymmetricCell = "unsymmetric sheet or wedge"
  /// Nodes that plane cells of unequal thickness share become knots.
  case unequalThickness = "unequal thickness"
  /// Nodal stresses of C3D6 for a section print are extrapolated with a wrong coefficient.
  case wedgeStressAtNodes = "section print beside C3D6"
  /// The sides of plane cells in a section print.
  case sectionOfPlaneCells = "section print of plane cells"
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
  /// one another, and the other way round.
  case filmBetweenFluxes = "a film between fluxes"
  /// A film on a face that a static step has deformed is spread as over the undeformed face, with the deformed area; the
  /// flux through a section is that through the undeformed faces.
  case filmOnDeformedFace = "film on a deformed face"
  /// CalculiX solves singular equations, and prints round-off.
  case singular = "singular equations"

  /// Whether it explains that a block of the `.dat` differs.
  func explains(_ difference: DatComparison.Difference, at time: Double, _ facts: DeckFacts) -> Bool
  {
    let title = difference.title
    let relative = difference.relative ?? .infinity
    switch self {
    case .oldLoadsByPlace: return facts.isInsideStepWithNewLoads(time)
    case .axesOfNodes:
      return (facts.firstFlowOnTurnedNode.map { time > $0 } ?? false)
        || (facts.firstAxesTakenBack.map { time > $0 } ?? false) || facts.tiesTurnedNodeTwice
    case .markForTemperature: return facts.firstMarkedTime.map { time > $0 } ?? false
    case .iterationNotAtRest:
      return facts.firstHeatWithTable.map { time > $0 && relative < 0.05 } ?? false
    case .halfOfAnUnsymmetricCell: return facts.hasUnsymmetricCells
    case .unequalThickness: return facts.hasKnots && !title.contains("temperature")
    case .wedgeStressAtNodes: return Self.isSectionForce(title) && facts.hasWedges
    case .sectionOfPlaneCells: return Self.isSection(title) && facts.hasPlaneCells
    case .tiltedAxes: return facts.hasTiltedAxes || facts.freesUnsymmetricPlanes
    case .filmBetweenFluxes: return facts.firstFilmBetweenFluxes.map { time > $0 } ?? false
    case .filmOnDeformedFace:
      if title.hasPrefix("el fa int") || title.hasPrefix("total surface flux") {
        return facts.firstStaticStart.map { time > $0 } ?? false
      }
      return facts.firstFilmOnDeformedFace.map { time > $0 && relative < 0.06 } ?? false
    case .axesTakenBack: return facts.hasAxesTakenBack && facts.firstStaticTime <= time
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
    case .tiltedAxes: return facts.hasTiltedAxes && run.hasCrashed
    default: return false
    }
  }

  /// Whether it explains that we alone refuse to solve.
  func explainsRefusal(_ deck: Deck, _ complaint: String, _ run: CalculiXRun) -> Bool {
    if self == .tiltedAxes {
      return complaint.contains("its axes do not lie in it") && DeckFacts(deck).hasTiltedAxes
    }
    guard self == .singular else { return false }
    let isSingular =
      complaint.contains("singular") || complaint.contains("pivot")
      || complaint.contains("is not determined")
    return isSingular && DeckFacts(deck).hasReducedCells
  }

  private static func isSection(_ title: String) -> Bool {
    isSectionForce(title) || title.hasPrefix("center of gravity and mean normal")
      || title.hasPrefix("el fa int") || title.hasPrefix("total surface flux")
  }

  private static func isSectionForce(_ title: String) -> Bool {
    title.hasPrefix("total surface force") || title.hasPrefix("moment about the center of gravity")
      || title.hasPrefix("area, normal force")
  }
}
