public import CGcgan
internal import DesignProblem
internal import Files
internal import Manufacturability
internal import TopologyOptimisation

/// Topology optimisation of one problem. As `gcgan.h` says.
@c @implementation public func gcgan_optimise(
  _ problem: gcgan_problem, _ start: UnsafePointer<gcgan_array>!,
  _ design: UnsafePointer<gcgan_array>!, _ density: UnsafePointer<gcgan_array>!,
  _ progress: gcgan_progress!, _ context: UnsafeMutableRawPointer!,
  _ history: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    let held = try HeldProblems.problem(problem)
    guard let options = held.file.optimisation else {
      throw ArgumentFault(
        description:
          "the problem says nothing under 'optimisation': add 'optimisation: {method: oc, volume-fraction: 0.5}' to it"
      )
    }
    // An item of one: arrays of the call have the design's shape without a batch.
    func array(
      _ array: UnsafePointer<gcgan_array>?, _ name: String, _ shape: [Int]? = nil
    ) throws -> CallersArray? {
      guard let array, array.pointee.data != nil else { return nil }
      return try CallersArray(
        whole: array.pointee, shape: shape ?? held.problem.designShape, name)
    }
    let (design, density) = (
      try array(design, "design"), try array(density, "density", held.problem.grid.imageShape)
    )
    let begin = try array(start, "start")?.values(of: 0)
    var runs: [TopologyOptimisation]
    do throws(ProblemFaults) {
      runs = [
        try TopologyOptimisation(
          of: held.problem, options, startingAt: begin)
      ]
    } catch { throw ArgumentFault(description: error.description) }
    var isStopped = false
    try TopologyOptimisation.run(
      &runs,
      didIterate: { runs in
        guard let progress, let last = runs[0].history.last else { return }
        isStopped = last.line.text.withCString { progress($0, context) } != 0
      },
      shouldStop: { isStopped })
    let run = runs[0]
    design?.set(run.design, of: 0)
    density?.set(run.physicalDensity, of: 0)
    history?.pointee =
      JSONText.object([
        ("state", .string("\(run.state)")), ("iterations", .array(run.history.map(\.line))),
      ]).text.callersText
    if isStopped { throw Stopped() }
    if case .failed(let fault) = run.state { throw UnevaluatedDesigns(faults: [(0, fault)]) }
  }
}

extension TopologyOptimisation.Iteration {
  /// The iteration as `history.json` of `gcgan-solve optimise` has it.
  fileprivate var line: JSONText {
    .object([
      ("number", .integer(number)), ("objective", .number(objective)), ("volume", .number(volume)),
      ("violation", .number(violation)), ("change", .optional(change)),
      ("greyness", .number(greyness)),
      ("terms", .object(terms.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
    ])
  }
}
