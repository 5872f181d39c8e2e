import ArrayFiles
internal import DesignProblem
internal import Files
import Glibc
import Manufacturability
internal import ProgramSupport
import TopologyOptimisation

/// A problem and a design that fits it, as files say.
struct DesignInput {
  let problem: ManufacturabilityProblem
  let loss: ManufacturabilityLoss
  let design: [Double]

  /// Whether an array is what is made rather than a design: the `density.npy` that `optimise` and `gcgan-generate` write, known by the files beside it.
  private static func isMade(_ density: String) -> Bool {
    guard density.split(separator: "/").last == "density.npy" else { return false }
    return ["history.json", "part.yml"].contains {
      access("\(density.folderPart)/\($0)", F_OK) == 0
    }
  }

  /// Reads both.
  ///
  /// The densities that `optimise` has found are filtered already: they are taken as they are.
  ///
  /// - Parameter density: The array; `nil` draws a random design.
  init(problem path: String, density: String?, seed: UInt64 = 1) throws {
    var problem = try ProblemFile(contentsOf: path, checking: TopologyOptimisation.faults).problem
    if let density, Self.isMade(density), problem.filter != nil || problem.projection != nil {
      (problem.filter, problem.projection) = (nil, nil)
      StandardError.say(
        "\(density): note: these densities are filtered and projected already; the problem's filter and projection are not applied again. "
          + "The design before the filter is 'design.npy'")
    }
    self.problem = problem
    do {
      loss = try ManufacturabilityLoss(of: problem)
    } catch {
      throw InputFaults(
        error.faults.map {
          InputFault(at: .init(file: path), "\($0.place): \($0.problem)", remedy: $0.remedy)
        })
    }
    guard let density else {
      design = problem.randomDesign(seed: seed)
      return
    }
    let array = try NumericArray(contentsOf: density)
    guard array.shape == problem.designShape else {
      let axes = problem.grid.isPlane ? "rows × columns" : "layers × rows × columns"
      throw InputFault(
        at: .init(file: density), "the array is \(array.shapeText)",
        remedy:
          "a design of \(path) is \(NumericArray.text(ofShape: problem.designShape)): "
          + (problem.channelCount == 1 ? axes : "\(problem.channelCount) × \(axes)"))
    }
    design = array.values
  }
}
