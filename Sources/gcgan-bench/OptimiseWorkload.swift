internal import DesignProblem
internal import Manufacturability
internal import TopologyOptimisation

/// Topology optimisation of many problems side by side, and of one alone.
enum OptimiseWorkload {
  /// A cantilever held at the left and loaded downwards somewhere on the right side; half of it is to be solid.
  static func cantilever(_ columns: Int, _ rows: Int, height: Double) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3)],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [
        LoadCase(loads: [
          MechanicalLoad(.point(at: [Double(columns), height]), force: [0, -1])
        ])
      ],
      filter: DensityFilter(radius: 1.5), terms: [Term(.compliance())])
  }

  static let all = [
    TermWorkload.workload(
      "optimise-64x64", "51 iterations of 32 cantilevers; one of 60×30 is in the detail"
    ) { setting in
      let problems = (0..<32).map { cantilever(64, 64, height: 2 * Double($0) + 1) }
      let batch = try seconds(problems, .automatic, setting.runs)
      let memory = TermWorkload.peakMemoryMiB()
      let peer = try seconds(problems, .oneAtATime, 1)
      // Fifty steps in a row magnify what residuals of 1e-6 leave open.
      let difference = zip(batch.objectives, peer.objectives).map { abs($0 / $1 - 1) }.max() ?? .nan
      guard difference <= 1e-6 else {
        throw BenchError.wrongAnswer("compliances differ by \(difference)")
      }
      let alone = [cantilever(60, 30, height: 15)]
      let single = try seconds(alone, .automatic, setting.runs)
      let singlePeer = try seconds(alone, .oneAtATime, setting.runs)
      let (time, peerTime) = (median(batch.times), median(peer.times))
      return Measurement(
        name: "", seconds: batch.times, threads: setting.threads,
        detail: [
          "designs": 32, "iterations": 51, "ms_per_design_and_iteration": 1000 * time / (32 * 51),
          "peer_s": peerTime, "times_faster_than_peer": peerTime / time,
          "relative_difference": difference, "peak_memory_mib": memory,
          "cantilever_60x30_s": median(singlePeer.times),
          "cantilever_60x30_side_by_side_s": median(single.times),
        ])
    }
  ]

  /// Seconds of 51 iterations, set-up included, and the compliances at their end.
  private static func seconds(
    _ problems: [ManufacturabilityProblem], _ factorization: EvaluationOptions.Factorization,
    _ runs: Int
  ) throws -> (times: [Double], objectives: [Double]) {
    var times: [Double] = []
    var objectives: [Double] = []
    for _ in 0..<runs {
      let start = TermWorkload.now()
      var optimisations = try problems.map {
        try TopologyOptimisation(
          of: $0, .init(volumeFraction: 0.5, iterationLimit: 51, changeTolerance: 0))
      }
      try TopologyOptimisation.run(&optimisations, factorization: factorization)
      times.append(TermWorkload.now() - start)
      objectives = try optimisations.map {
        guard $0.state == .limitReached, let last = $0.history.last else {
          throw BenchError.wrongAnswer("a run ended early: \($0.state)")
        }
        return last.objective
      }
    }
    return (times, objectives)
  }
}
