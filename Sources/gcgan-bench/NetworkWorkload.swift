internal import DesignFamilies
internal import DesignNetworks
internal import Glibc
internal import Parallelism
internal import Tensors

/// Reference designs, training steps and drawing at 64×64.
enum NetworkWorkload {
  static let all = [dataset, ganStep, ganStepWithPhysics, ganStepWithLimits, generate]

  private static let size = GridSize(columns: 64, rows: 64)

  /// Reference designs per second; what three times the iterations would still gain is the check.
  private static let dataset = Workload(
    name: "dataset-part-64x64", summary: "seconds per reference design of a part, 64 side by side"
  ) { setting in
    WorkerPool.threadCount = setting.threads
    let family = try Families.known.named("part")
    let problems = try (0..<64).map {
      try family.task($0, seed: 1, size: size, from: "catalogue")
    }
    let search = family.search
    var designs: [ReferenceDesign] = []
    let times = try seconds(min(3, setting.runs)) {
      designs = try search.references(for: problems).map { try $0.get() }
    }
    var long = search
    long.iterationCount *= 3
    let gains = zip(designs, try long.references(for: problems).map { try $0.get() }).map {
      $0.objective / $1.objective - 1
    }
    let perDesign = times.map { $0 / Double(problems.count) }
    return Measurement(
      name: "dataset-part-64x64", seconds: perDesign, threads: setting.threads,
      detail: [
        "designs_per_second": 1 / median(perDesign),
        "largest_gain_of_three_times_the_iterations": gains.max() ?? .nan,
        "median_gain_of_three_times_the_iterations": median(gains),
        "share_within_1_percent": Double(gains.filter { $0 <= 0.01 }.count) / Double(gains.count),
      ])
  }

  private static let ganStep = Workload(
    name: "gan-step", summary: "one update of the default networks, two micro-steps of 16 at 64×64"
  ) { setting in
    var result = try step("gan-step", setting, physics: false)
    // PyTorch is not installed by us: the peer runs where somebody names a Python that has it.
    guard let python = getenv("GCGAN_PEER_PYTHON") else { return result }
    let script = setting.parts + "/../Benchmarks/torch_gan_step.py"
    let peer = try inTemporaryFolder { folder in
      let run = try ChildRun.of(
        String(cString: python), [script, "\(setting.threads)", folder + "/seconds"], in: folder)
      guard run.status == 0 else { throw BenchError.failed(script, run.status) }
      return try text(of: folder + "/seconds")
    }
    guard let seconds = Double(peer) else { throw BenchError.wrongAnswer("'\(peer)' seconds") }
    result.detail["peer_s"] = seconds
    result.detail["times_peer"] = result.value / seconds
    return result
  }

  private static let ganStepWithPhysics = Workload(
    name: "gan-step-physics", summary: "the same with the manufacturability term, beside gan-step"
  ) { setting in
    var result = try step("gan-step-physics", setting, physics: true)
    let plain = try step("gan-step", setting, physics: false)
    result.detail["gan_step_s"] = plain.value
    result.detail["times_gan_step"] = result.value / plain.value
    return result
  }

  private static let ganStepWithLimits = Workload(
    name: "gan-step-limits",
    summary: "the same for warm parts with limits on stress and thermal distortion among others"
  ) { setting in
    var result = try step("gan-step-limits", setting, physics: true, distribution: "main")
    let plain = try step("gan-step-physics", setting, physics: true)
    result.detail["gan_step_physics_s"] = plain.value
    result.detail["times_gan_step_physics"] = result.value / plain.value
    return result
  }

  private static func step(
    _ name: String, _ setting: Workload.Setting, physics: Bool,
    distribution: String = "catalogue"
  ) throws -> Measurement {
    WorkerPool.threadCount = setting.threads
    TorchThreads.set(perOperation: 1)
    return try inTemporaryFolder { folder in
      var builder = try DatasetBuilder(
        DatasetManifest(
          family: try Families.known.named("part"), size: size, seed: 1,
          distribution: distribution, search: ReferenceSearch(iterationCount: 5), count: 48,
          versions: [:]), in: folder)
      _ = try builder.run()
      var config = TrainingConfig(data: folder)
      (config.accumulation.rule, config.accumulation.count) = (.fixed, 2)
      config.physics.share = physics ? 0.5 : 0
      // Without physics the solver is not asked for verdicts either.
      config.losses.signOff = physics ? 1 : 0
      (config.physics.start, config.physics.ramp) = (0, 0)
      var trainer = Trainer(
        config, try TrainingData(Dataset(contentsOf: folder)))
      // Gradient penalties come every so many updates: whole rounds of them are measured.
      let round = config.losses.penaltyInterval
      for _ in 0..<round { _ = try trainer.makeStep() }
      var physicsSeconds = 0.0
      let times = try seconds(min(3, setting.runs)) {
        for _ in 0..<round { physicsSeconds += try trainer.makeStep().physicsSeconds }
      }.map { $0 / Double(round) }
      return Measurement(
        name: name, seconds: times, threads: setting.threads,
        detail: [
          "designs": Double(2 * config.microBatch),
          "physics_share": physicsSeconds / Double(round * times.count) / median(times),
        ])
    }
  }

  private static let generate = Workload(
    name: "generate-64x64",
    summary: "drawing one design with its conditioning solve on one core, and a batch of 32"
  ) { setting in
    TorchThreads.set(perOperation: 1)
    return try inTemporaryFolder { folder in
      var builder = try DatasetBuilder(
        DatasetManifest(
          family: try Families.known.named("part"), size: size, seed: 1, distribution: "catalogue",
          search: ReferenceSearch(iterationCount: 5), count: 16, versions: [:]), in: folder)
      _ = try builder.run()
      let trainer = Trainer(
        TrainingConfig(data: folder), try TrainingData(Dataset(contentsOf: folder)))
      let model = try DesignModel(of: trainer)
      let problems = try (0..<32).map {
        try model.family.task($0, seed: 2, size: size, from: nil)
      }
      func draw(_ count: Int) throws {
        let problems = Array(problems.prefix(count))
        for (problem, drawing) in zip(problems, try model.draw(for: problems, seed: 1)) {
          _ = FinishedDesign(try drawing.get().density, for: problem)
        }
      }
      WorkerPool.threadCount = 1
      try draw(1)
      let one = try seconds(setting.runs) { try draw(1) }
      WorkerPool.threadCount = setting.threads
      let batch = try seconds(setting.runs) { try draw(32) }
      return Measurement(
        name: "generate-64x64", seconds: one, threads: 1,
        detail: ["batch_of_32_s": median(batch), "batch_threads": Double(setting.threads)])
    }
  }

  /// The first line of a small file.
  private static func text(of path: String) throws -> String {
    guard let file = fopen(path, "r") else {
      throw BenchError.cannotRun(path, String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 64)
    guard fgets(&buffer, 64, file) != nil else { throw BenchError.wrongAnswer("\(path) is empty") }
    let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Seconds of several runs.
  private static func seconds(_ runs: Int, _ body: () throws -> Void) rethrows -> [Double] {
    try (0..<max(1, runs)).map { _ in
      let clock = ContinuousClock()
      let start = clock.now
      try body()
      return (clock.now - start) / .seconds(1)
    }
  }
}
