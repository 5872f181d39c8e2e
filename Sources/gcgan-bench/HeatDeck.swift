/// A cube of *n*³ C3D8 with constant conductivity, one face held, heated through the opposite one in equal increments.
///
/// Nothing but the load changes from one increment to the next.
struct HeatDeck {
  let divisions: Int
  let increments: Int

  /// The deck; the temperatures of one edge are printed after every increment.
  var text: String {
    let n = divisions
    let cube = CubeDeck(divisions: n)
    var text = cube.meshText(sets: [("FIX", 0)]) + "*NSET, NSET=EDGE\n"
    for k in 0...n { text += "\(cube.node(n, n, k))\n" }
    text += "*ELSET, ELSET=HOT\n"
    for row in 0..<n * n { text += "\(row * n + n)\n" }
    text += """
      *MATERIAL, NAME=M
      *CONDUCTIVITY
      50.
      *SOLID SECTION, ELSET=EALL, MATERIAL=M
      *INITIAL CONDITIONS, TYPE=TEMPERATURE
      NALL, 20.
      *STEP, INC=\(increments)
      *HEAT TRANSFER, STEADY STATE, DIRECT
      \(1 / Double(increments)), 1.
      *BOUNDARY
      FIX, 11, 11, 20.
      *DFLUX
      HOT, S4, 1000.
      *NODE PRINT, NSET=EDGE
      NT
      *END STEP

      """
    return text
  }
}

extension Workload {
  /// Increments that change nothing but loads, whole processes in turn, beside another build of the solver.
  static let heatIncrements = Workload(
    name: "heat-increments-50k",
    summary: "200 increments of steady heat, 53,428 unknowns, beside the gcgan-solve of --before"
  ) { setting in
    let deck = HeatDeck(divisions: 37, increments: 200)
    return try inTemporaryFolder { folder in
      try write(deck.text, to: folder + "/heat.inp")
      let names = ["ours"] + (setting.before == nil ? [] : ["before"])
      let solvers = [setting.solver] + (setting.before.map { [$0] } ?? [])
      var runs = names.map { _ in [ChildRun]() }
      for _ in 0..<max(1, setting.runs) {
        for (place, solver) in solvers.enumerated() {
          let run = try ChildRun.of(
            solver,
            ["--quiet", "--threads", "\(setting.threads)", "-o", names[place], "heat.inp"],
            in: folder)
          guard run.status == 0 else { throw BenchError.failed(solver, run.status) }
          runs[place].append(run)
        }
      }
      let seconds = runs.map { median($0.map(\.seconds)) }
      let memory = runs.map { $0.map(\.peakMemoryMiB).max() ?? .nan }
      var detail = ["increments": Double(deck.increments), "peak_memory_mib": memory[0]]
      if setting.before != nil {
        let difference = try DatFile.largestDifference(
          folder + "/ours/heat.dat", folder + "/before/heat.dat")
        guard difference == 0 else {
          throw BenchError.wrongAnswer("temperatures differ by \(difference) of the largest")
        }
        detail["before_s"] = seconds[1]
        detail["before_peak_memory_mib"] = memory[1]
        detail["times_faster_than_before"] = seconds[1] / seconds[0]
      }
      return Measurement(
        name: "heat-increments-50k", seconds: runs[0].map(\.seconds), threads: setting.threads,
        detail: detail)
    }
  }
}
