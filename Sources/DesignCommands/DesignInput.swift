import ArrayFiles
import Manufacturability
import Meshing

/// A problem and a design that fits it, as files say.
struct DesignInput {
  let problem: ManufacturabilityProblem
  let loss: ManufacturabilityLoss
  let design: [Double]

  /// Reads both.
  ///
  /// - Parameter density: The array; `nil` draws a random design.
  init(problem path: String, density: String?, seed: UInt64 = 1) throws {
    problem = try ProblemFile(contentsOf: path).problem
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
