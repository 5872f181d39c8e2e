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
      var result = try measured(loss, designs, .init(), setting)
      let value = try seconds(loss, designs, .init(gradient: .none), setting.runs)
      let terms = try seconds(loss, designs, .init(gradient: .everyTerm), setting.runs)
      let heated = try ManufacturabilityLoss(of: thermoElastic(columns, rows))
      let thermal = try seconds(heated, designs, .init(), setting.runs)
      result.detail["value_s"] = median(value.times)
      result.detail["gradient_share"] = result.value / median(value.times) - 1
      result.detail["least_value_s"] = value.times.min()
      result.detail["every_term_s"] = median(terms.times)
      result.detail["thermo_elastic_s"] = median(thermal.times)
      result.detail["thermo_elastic_ratio"] = median(thermal.times) / result.value
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
        let options = EvaluationOptions.Gradient.self
        var result: [Double] = []
        for _ in 0..<runs {
          let whole = try seconds(
            loss, designs, .init(gradient: options.total, factorization: factorization), 1)
          let value = try seconds(
            loss, designs, .init(gradient: options.none, factorization: factorization), 1)
          result.append(whole.times[0] - value.times[0])
        }
        return result
      }
      let own = try added(.automatic, setting.runs)
      let peer = median(try added(.oneAtATime, Swift.min(2, setting.runs)))
      return Measurement(
        name: "", seconds: own, threads: setting.threads,
        detail: ["peer_s": peer, "times_faster_than_peer": peer / median(own)])
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
    let own = try seconds(loss, designs, options, setting.runs)
    let memory = peakMemoryMiB()
    var oneAtATime = options
    oneAtATime.factorization = .oneAtATime
    let peer = try seconds(loss, designs, oneAtATime, Swift.min(2, setting.runs))
    var cholmodOptions = options
    cholmodOptions.factorization = .cholmod
    let cholmod = try seconds(loss, designs, cholmodOptions, Swift.min(2, setting.runs))
    let difference =
      [peer.totals, cholmod.totals].flatMap { totals in
        zip(own.totals, totals).map { abs($0 / $1 - 1) }
      }.max() ?? .nan
    guard difference <= 1e-9 else {
      throw BenchError.wrongAnswer("totals differ by \(difference)")
    }
    let (seconds, peerSeconds) = (median(own.times), median(peer.times))
    let cholmodSeconds = median(cholmod.times)
    return Measurement(
      name: "", seconds: own.times, threads: setting.threads,
      detail: [
        "designs": Double(designs.count), "ms_per_design": 1000 * seconds / Double(designs.count),
        "peer_s": peerSeconds, "times_faster_than_peer": peerSeconds / seconds,
        "cholmod_s": cholmodSeconds, "times_faster_than_cholmod": cholmodSeconds / seconds,
        "least_ms_per_design": 1000 * (own.times.min() ?? .nan) / Double(designs.count),
        "peak_memory_mib": memory, "relative_difference": difference,
      ])
  }

  private static func seconds(
    _ loss: ManufacturabilityLoss, _ designs: [[Double]], _ options: EvaluationOptions, _ runs: Int
  ) throws -> (times: [Double], totals: [Double]) {
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
