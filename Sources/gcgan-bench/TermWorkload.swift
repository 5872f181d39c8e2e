internal import DesignProblem
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

  /// A periodic cell of two solids and void: its stiffness and its expansion, towards targets.
  static func cell(_ columns: Int, _ rows: Int) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows),
      solids: [
        SolidPhase(index: 1, youngsModulus: 1, poissonsRatio: 0.3, expansion: 1e-3),
        SolidPhase(index: 2, youngsModulus: 0.5, poissonsRatio: 0.35, expansion: 5e-3),
      ],
      interpolation: MaterialInterpolation(penalty: 1),
      terms: [
        Term(.effectiveStiffness(row: 0, column: 0, target: 0.3)),
        Term(.effectiveExpansion(row: 0, target: 0)), Term(.effectiveExpansion(row: 1, target: 0)),
      ])
  }

  static let all: [Workload] =
    [
      term(64, 64), term(128, 64), adjoint(64, 64), homogenisation(64, 64),
    ] + [32, 128, 256].map { term($0, $0) }

  /// Value and gradient of compliance and stress, the gradient's share, and the thermo-elastic total.
  private static func term(_ columns: Int, _ rows: Int) -> Workload {
    workload(
      "term-\(columns)x\(rows)-b32", "value and gradient of compliance and stress of 32 designs"
    ) { setting in
      let designs = randomDesigns(cantilever(columns, rows), count: 32)
      let loss = try ManufacturabilityLoss(of: cantilever(columns, rows))
      let heated = try ManufacturabilityLoss(of: thermoElastic(columns, rows))
      var result = try measured(loss, designs, .init(), setting)
      let times = try inTurn(
        [
          { try loss.evaluate(designs) }, { try loss.evaluate(designs, .init(gradient: .none)) },
          { try loss.evaluate(designs, .init(gradient: .everyTerm)) },
          { try heated.evaluate(designs) },
        ], runs: setting.runs
      ).times
      let (total, value) = (times[0], times[1])
      result.detail["value_s"] = median(value)
      result.detail["gradient_share"] = median(zip(total, value).map { $0 / $1 }) - 1
      result.detail["least_value_s"] = value.min()
      result.detail["every_term_s"] = median(times[2])
      result.detail["thermo_elastic_s"] = median(times[3])
      result.detail["thermo_elastic_ratio"] = median(zip(times[3], total).map { $0 / $1 })
      return result
    }
  }

  /// What the gradient adds to the value: one adjoint solve on the same factor and the way back to the design.
  private static func adjoint(_ columns: Int, _ rows: Int) -> Workload {
    workload(
      "adjoint-\(columns)x\(rows)-b32",
      "what the gradient of the stress adds to its value, 32 designs"
    ) { setting in
      var problem = cantilever(columns, rows)
      problem.terms = [Term(.stress())]
      let designs = randomDesigns(problem, count: 32)
      let loss = try ManufacturabilityLoss(of: problem)
      func added(_ factorization: EvaluationOptions.Factorization, _ runs: Int) throws -> [Double] {
        let times = try inTurn(
          [EvaluationOptions.Gradient.total, .none].map { gradient in
            let options = EvaluationOptions(gradient: gradient, factorization: factorization)
            return { try loss.evaluate(designs, options) }
          }, runs: runs
        ).times
        return zip(times[0], times[1]).map { $0 - $1 }
      }
      let batchTimes = try added(.automatic, setting.runs)
      let peer = median(try added(.oneAtATime, Swift.min(2, setting.runs)))
      return Measurement(
        name: "", seconds: batchTimes, threads: setting.threads,
        detail: ["peer_s": peer, "times_faster_than_peer": peer / median(batchTimes)])
    }
  }

  /// Homogenised stiffness and expansion with gradients: four right-hand sides per design.
  private static func homogenisation(_ columns: Int, _ rows: Int) -> Workload {
    workload(
      "homogenise-\(columns)x\(rows)",
      "effective stiffness and expansion with gradients of 32 cells"
    ) { setting in
      let problem = cell(columns, rows)
      return try measured(
        try ManufacturabilityLoss(of: problem), randomDesigns(problem, count: 32), .init(), setting)
    }
  }

  static func workload(
    _ name: String, _ summary: String,
    _ measure: @escaping @Sendable (Workload.Setting) throws -> Measurement
  ) -> Workload {
    Workload(name: name, summary: summary + ", beside CHOLMOD one at a time") { setting in
      let before = WorkerPool.threadCount
      WorkerPool.threadCount = setting.threads
      defer { WorkerPool.threadCount = before }
      var result = try measure(setting)
      result.name = name
      return result
    }
  }

  /// Seconds beside those of designs one at a time, with our kernel (*peer*) and with CHOLMOD's own on its supernodes (*cholmod*: as many
  /// designs side by side as there are cores, each factored and solved by one); the totals of all must agree.
  private static func measured(
    _ loss: ManufacturabilityLoss, _ designs: [[Double]], _ options: EvaluationOptions,
    _ setting: Workload.Setting
  ) throws -> Measurement {
    let memory = try memoryAfter { try loss.evaluate(designs, options) }
    var oneAtATime = options
    oneAtATime.factorization = .oneAtATime
    var cholmodOptions = options
    cholmodOptions.factorization = .cholmod
    let (times, totals) = try inTurn(
      [options, oneAtATime, cholmodOptions].map { options in
        { try loss.evaluate(designs, options) }
      }, runs: setting.runs)
    let difference =
      totals.dropFirst().flatMap { peer in zip(totals[0], peer).map { abs($0 / $1 - 1) } }.max()
      ?? .nan
    guard difference <= 1e-9 else {
      throw BenchError.wrongAnswer("totals differ by \(difference)")
    }
    let (batchTimes, peer, cholmod) = (times[0], times[1], times[2])
    let seconds = median(batchTimes)
    func ratio(_ other: [Double]) -> Double { median(zip(other, batchTimes).map { $0 / $1 }) }
    return Measurement(
      name: "", seconds: batchTimes, threads: setting.threads,
      detail: [
        "designs": Double(designs.count), "ms_per_design": 1000 * seconds / Double(designs.count),
        "peer_s": median(peer), "times_faster_than_peer": ratio(peer),
        "cholmod_s": median(cholmod), "times_faster_than_cholmod": ratio(cholmod),
        "least_ms_per_design": 1000 * (batchTimes.min() ?? .nan) / Double(designs.count),
        "peak_memory_mib": memory, "relative_difference": difference,
      ])
  }

  typealias Results = [Result<DesignEvaluation, DesignFault>]

  /// Seconds of several ways of work, in turn, so that what else the machine does meets all of them alike; and what each found.
  private static func inTurn(_ ways: [() throws -> Results], runs: Int) throws -> (
    times: [[Double]], totals: [[Double]]
  ) {
    // The first time touches memory that later ones find.
    let totals = try ways.map { try $0().map { try $0.get().total } }
    var times = ways.map { _ in [Double]() }
    for _ in 0..<runs {
      for (place, way) in ways.enumerated() {
        let start = now()
        _ = try way()
        times[place].append(now() - start)
      }
    }
    return (times, totals)
  }

  private static func memoryAfter(_ work: () throws -> Results) rethrows -> Double {
    _ = try work()
    return peakMemoryMiB()
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

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// The most memory this process has had so far.
  static func peakMemoryMiB() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
