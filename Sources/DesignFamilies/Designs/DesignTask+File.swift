public import DesignProblem
import Manufacturability

extension DesignTask {
  /// Why a problem file is no task that designs are drawn and exported for.
  public struct Mismatch: Error, Equatable, CustomStringConvertible {
    /// All that does not fit.
    public let reasons: [String]
    /// All of them in a line.
    public var description: String { reasons.joined(separator: "; ") }
  }

  /// The task that a problem file describes: one plane body of one solid under forces.
  ///
  /// The volume fraction is that of its `optimisation`. Where the file has no units its lengths are millimetres, its forces newtons.
  ///
  /// - Throws: ``Mismatch`` with all that does not fit.
  public init(_ file: ProblemFile) throws(Mismatch) {
    let problem = file.problem
    var reasons: [String] = []
    func check(_ holds: Bool, _ reason: String) { if !holds { reasons.append(reason) } }
    check(problem.grid.isPlane, "the grid lies in space: parts are plane")
    check(problem.solids.count == 1, "there are two solids: parts have one")
    check(
      problem.loadCases.count == 1,
      "there are \(problem.loadCases.count) load cases: parts have one, of any number of loads")
    check(problem.heat == nil && problem.temperatureChange == 0, "it is heated: parts are cold")
    check(problem.passive.isEmpty, "it has passive regions, which parts do not know")
    check(
      file.optimisation?.volumeFraction != nil,
      "it says no volume fraction: write 'optimisation: {method: oc, volume-fraction: 0.4}'")
    let size = GridSize(columns: problem.grid.columns, rows: problem.grid.rows)
    guard reasons.isEmpty, let volumeFraction = file.optimisation?.volumeFraction else {
      throw Mismatch(reasons: reasons)
    }
    // SI where units are written, else millimetres, newtons, megapascals.
    var material = problem.solids[0]
    if file.hasUnits { material.youngsModulus *= 1e-6 }
    let millimetre = file.hasUnits ? 1e3 : 1
    self.init(
      size: size, supports: problem.supports, loads: problem.loadCases[0].loads,
      volumeFraction: volumeFraction, material: material,
      pixelSize: problem.grid.pixelSize * millimetre,
      thickness: problem.grid.thickness * millimetre)
  }
}
