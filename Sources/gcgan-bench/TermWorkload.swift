internal import Glibc
internal import Manufacturability
internal import Parallelism

/// The manufacturability term of a batch of 32 designs, side by side and by CHOLMOD one at a time.
enum TermWorkload {
  /// The work of `torchfem_term_2d.py`: a cantilever of random stiffness, clamped at the left, loaded at the lower right corner;
  /// compliance and the p-norm (p = 8) of the stress. Here density is stiffness (*p* = 1), 0.1 to 1.
  static func cantilever(_ columns: Int, _ rows: Int) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows),
      solids: [SolidPhase(youngsModulus: 1, poissonsRatio: 0.3, expansion: 1e-3)],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [
        LoadCase(loads: [
          MechanicalLoad(.corner(sides: [.right, .bottom]), force: [0, -1])
        ])
      ],
      interpolation: MaterialInterpolation(penalty: 1),
      terms: [Term(.compliance()), Term(.stress())])
  }

  /// The same cantilever filtered and penalised as in design, heated from within, with every term that a structure can have.
  static func thermoElastic(_ columns: Int, _ rows: Int) -> ManufacturabilityProblem {
    var problem = cantilever(columns, rows)
    let center = [Double(columns) / 2, Double(rows) / 2]
    problem.heat = HeatConduction(
      sources: [.init(.disc(center: center, radius: 4), power: 1)],
      sinks: [.init(.edge(side: .left), temperature: 0)])
    problem.filter = DensityFilter(radius: 1.5)
    problem.terms += [
      Term(.thermalStress()), Term(.displacement(region: .edge(side: .right), direction: [0, 1])),
      Term(.temperature()), Term(.thermalDistortion(region: .edge(side: .right))),
      Term(.warpage(side: .top)), Term(.volume(target: 0.5)), Term(.minimumSize()),
      Term(.overhang()), Term(.connectivity()),
    ]
    return problem
  }

  static func workload(_ columns: Int, _ rows: Int, batch: Int = 32) -> Workload {
    let name = "term-\(columns)x\(rows)-b\(batch)"
    return Workload(
      name: name,
      summary:
        "value and gradient of compliance and stress of \(batch) designs, beside CHOLMOD one at a time"
    ) { setting in
      let before = WorkerPool.threadCount
      WorkerPool.threadCount = setting.threads
      defer { WorkerPool.threadCount = before }
      let problem = cantilever(columns, rows)
      let designs = randomDesigns(problem, count: batch)
      let loss = try ManufacturabilityLoss(of: problem)
      func seconds(_ loss: ManufacturabilityLoss, _ options: EvaluationOptions, runs: Int) throws
        -> (times: [Double], totals: [Double])
      {
        var times: [Double] = []
        var totals: [Double] = []
        for run in 0...runs {
          let start = now()
          let results = try loss.evaluate(designs, options)
          // The first run touches memory that later ones find.
          if run > 0 { times.append(now() - start) }
          totals = try results.map { try $0.get().total }
        }
        return (times, totals)
      }
      let full = try seconds(loss, .init(), runs: setting.runs)
      let memory = peakMemoryMiB()
      let value = try seconds(loss, .init(gradient: .none), runs: setting.runs)
      let everyTerm = try seconds(loss, .init(gradient: .everyTerm), runs: setting.runs)
      let peer = try seconds(
        loss, .init(factorization: .oneAtATime), runs: Swift.min(2, setting.runs))
      let difference = zip(full.totals, peer.totals).map { abs($0 / $1 - 1) }.max() ?? .nan
      guard difference <= 1e-9 else {
        throw BenchError.wrongAnswer("totals differ by \(difference)")
      }
      let thermal = try seconds(
        try ManufacturabilityLoss(of: thermoElastic(columns, rows)), .init(), runs: setting.runs)
      let (seconds, peerSeconds) = (median(full.times), median(peer.times))
      return Measurement(
        name: name, seconds: full.times, threads: setting.threads,
        detail: [
          "designs": Double(batch), "ms_per_design": 1000 * seconds / Double(batch),
          "peer_s": peerSeconds, "times_faster_than_peer": peerSeconds / seconds,
          "value_s": median(value.times), "gradient_share": seconds / median(value.times) - 1,
          "every_term_s": median(everyTerm.times),
          "thermo_elastic_s": median(thermal.times),
          "thermo_elastic_ratio": median(thermal.times) / seconds,
          "peak_memory_mib": memory, "relative_difference": difference,
        ])
    }
  }

  /// Densities 0.1 to 1 that a fixed seed decides.
  static func randomDesigns(_ problem: ManufacturabilityProblem, count: Int) -> [[Double]] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      (0..<problem.designCount).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return 0.1 + 0.9 * Double(state >> 11) * 0x1p-53
      }
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// The most memory this process has had so far.
  private static func peakMemoryMiB() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
