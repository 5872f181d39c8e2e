internal import ArrayFiles
internal import DeckAnalysis
internal import Glibc
internal import Manufacturability
internal import Meshing
internal import Parallelism

/// `gcgan-solve optimise`: topology optimisation of one problem, or of all in a folder as a batch.
public struct OptimiseCommand: Sendable {
  /// A `problem.yml`, or a folder of them.
  public var problem: String
  /// Where each problem gets a folder of its name.
  public var outputFolder: String
  /// Threads; all processors where there is none.
  public var threadCount: Int?
  /// Whether only errors are said.
  public var isQuiet: Bool

  /// A command.
  public init(problem: String, outputFolder: String, threadCount: Int? = nil, isQuiet: Bool = false)
  {
    self.problem = problem
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Optimises; Ctrl-C ends after the iteration, and what was found so far is written.
  public func run() -> CommandOutcome {
    .of(problem) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      let files = try problemFiles()
      var runs: [TopologyOptimisation] = []
      var faults: [InputFault] = []
      for (name, path) in files {
        do {
          let file = try ProblemFile(contentsOf: path)
          guard let options = file.optimisation else {
            throw InputFaults([
              InputFault(
                at: .init(file: path), "the file does not say how to optimise",
                remedy: "add 'optimise: {volume-fraction: 0.4}'")
            ])
          }
          runs.append(try TopologyOptimisation(of: file.problem, options))
        } catch let found as InputFaults {
          faults += found.faults
        } catch let found as ProblemFaults {
          faults.append(InputFault(at: .init(file: path), "\(name): \(found)"))
        }
      }
      guard faults.isEmpty else { throw InputFaults(faults) }
      try OutputFolder(path: outputFolder).check()
      StopRequest.watch()
      var bar = IterationBar(isShown: !isQuiet && isatty(2) == 1)
      try TopologyOptimisation.run(&runs) {
        bar.show($0)
      } shouldStop: {
        StopRequest.isMade
      }
      bar.erase()
      var outcome = StopRequest.isMade ? CommandOutcome.interrupted : .success
      for ((name, _), run) in zip(files, runs) {
        try write(run, name)
        if case .failed(let fault) = run.state {
          CommandOutcome.say("\(name): \(fault)")
          if outcome == .success { outcome = .notEvaluated }
        }
        if !isQuiet { print(summary(run, name)) }
      }
      return outcome
    }
  }

  /// The problems by name; the name of a file without its ending, or of the folder that a `problem.yml` is in.
  private func problemFiles() throws -> [(name: String, path: String)] {
    var status = stat()
    guard stat(problem, &status) == 0 else {
      throw FileFault(path: problem, action: "read", reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return [(Self.name(of: problem), problem)]
    }
    var pattern = glob_t()
    defer { globfree(&pattern) }
    var found: [(name: String, path: String)] = []
    for ending in ["/*.yml", "/*/problem.yml"] where glob(problem + ending, 0, nil, &pattern) == 0 {
      for place in 0..<Int(pattern.gl_pathc) {
        guard let path = pattern.gl_pathv[place] else { continue }
        let text = String(cString: path)
        found.append((Self.name(of: text), text))
      }
    }
    guard !found.isEmpty else {
      throw InputFaults([
        InputFault(
          at: .init(file: problem), "there is no problem in the folder",
          remedy: "problems are NAME.yml, or NAME/problem.yml")
      ])
    }
    return found
  }

  private static func name(of path: String) -> String {
    let words = path.split(separator: "/").map(String.init)
    guard let last = words.last else { return "problem" }
    if last == "problem.yml", words.count > 1 { return words[words.count - 2] }
    return last.hasSuffix(".yml") ? String(last.dropLast(4)) : last
  }

  private func write(_ run: TopologyOptimisation, _ name: String) throws {
    guard !run.history.isEmpty else { return }
    let folder = OutputFolder(path: outputFolder + "/" + name)
    try folder.make()
    let design = NumericArray(shape: run.problem.designShape, values: run.design)
    try design.write(to: folder.path + "/density.npy", syncsFolder: false)
    if run.problem.grid.isPlane {
      let image = NumericArray(
        shape: run.problem.grid.imageShape, values: run.physicalDensity)
      let scale = max(1, 512 / max(run.problem.grid.columns, run.problem.grid.rows))
      try Picture(density: image).scaled(by: scale)
        .write(to: folder.path + "/density.png", syncsFolder: false)
    }
    try AtomicFile.write(json(run).text, to: folder.path + "/history.json")
  }

  private func json(_ run: TopologyOptimisation) -> JSONText {
    .object([
      ("state", .string(words(run.state))),
      (
        "iterations",
        .array(
          run.history.map { iteration in
            .object([
              ("number", .integer(iteration.number)), ("objective", .number(iteration.objective)),
              (
                "terms",
                .object(
                  iteration.terms.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
              ),
              ("volume", .number(iteration.volume)), ("violation", .number(iteration.violation)),
              ("change", .optional(iteration.change)), ("penalty", .number(iteration.penalty)),
              ("steepness", .optional(iteration.steepness)),
              ("greyness", .number(iteration.greyness)),
            ])
          })
      ),
      ("versions", .object(Versions.all.map { ($0.name, .string($0.version)) })),
    ])
  }

  private func words(_ state: TopologyOptimisation.State) -> String {
    switch state {
    case .running: "running"
    case .converged: "converged"
    case .limitReached: "iteration limit reached"
    case .stopped: "stopped"
    case .failed(let fault): "failed: \(fault)"
    }
  }

  private func summary(_ run: TopologyOptimisation, _ name: String) -> String {
    guard let last = run.history.last else { return "\(name): \(words(run.state))" }
    return "\(name): \(words(run.state)) after \(last.number) iterations, objective "
      + "\(last.objective), volume \(last.volume)"
  }
}

/// One line on a terminal: how far the runs are.
struct IterationBar {
  let isShown: Bool

  func show(_ runs: [TopologyOptimisation]) {
    guard isShown else { return }
    let running = runs.count { $0.state == .running }
    let iteration = runs.map(\.history.count).max() ?? 0
    let limit = runs.map(\.options.iterationLimit).max() ?? 1
    let filled = min(24, 24 * iteration / max(1, limit))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let change = runs.compactMap { $0.history.last?.change }.max()
    var line =
      "\(bar) iteration \(iteration) of at most \(limit), \(running) of \(runs.count) running"
    if let change { line += ", change \((change * 1000).rounded() / 1000)" }
    write("\r" + line + "\u{1B}[K")
  }

  mutating func erase() { if isShown { write("\r\u{1B}[K") } }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
