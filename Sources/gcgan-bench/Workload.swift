internal import Glibc

/// A named piece of work, measured beside a peer in the same run.
struct Workload: Sendable {
  var name: String
  var summary: String
  var measure: @Sendable (Setting) throws -> Measurement

  /// What all workloads share.
  struct Setting: Sendable {
    var solver: String
    var runs: Int
    var threads: Int
    /// The folder of shipped parts.
    var parts: String
    /// Another build of the solver to measure beside it.
    var before: String?
  }

  static let all: [Workload] =
    [
      cube(24, runs: 5), cube(40, runs: 1), smallDecks, tinyDecks, heatIncrements, factor,
    ] + TermWorkload.all + OptimiseWorkload.all + NetworkWorkload.all

  /// A cube, deck to written results, whole processes in turn.
  private static func cube(_ divisions: Int, runs: Int) -> Workload {
    Workload(
      name: "solve-cube-\(divisions)",
      summary: "\(divisions)³ C3D8, deck to written results, beside ccx"
    ) { setting in
      try inTemporaryFolder { folder in
        try write(CubeDeck(divisions: divisions).text, to: folder + "/cube.inp")
        mkdir(folder + "/ours", 0o755)
        var ours: [ChildRun] = []
        var peer: [ChildRun] = []
        for _ in 0..<Swift.min(runs, setting.runs) {
          ours.append(
            try run(
              setting.solver,
              ["--quiet", "--threads", "\(setting.threads)", "-o", "ours", "cube.inp"], in: folder))
          peer.append(try run("ccx", ["cube"], in: folder))
        }
        let difference = try DatFile.largestDifference(
          folder + "/ours/cube.dat", folder + "/cube.dat")
        guard difference <= 1e-5 else {
          throw BenchError.wrongAnswer("displacements differ by \(difference) of the largest")
        }
        return measurement(
          "solve-cube-\(divisions)", ours, peer, setting, ["relative_difference": difference])
      }
    }
  }

  /// A hundred real decks of a few hundred to a few thousand unknowns, one process after the other.
  private static let smallDecks = Workload(
    name: "solve-100-small",
    summary: "a hundred decks of the shipped parts in a row, process start included, beside ccx"
  ) { setting in
    let decks = try decksOfParts(in: setting.parts, count: 100)
    return try inTemporaryFolder { folder in
      mkdir(folder + "/ours", 0o755)
      for deck in decks {
        _ = try run("cp", [deck.path, "\(folder)/\(deck.name).inp"], in: folder)
      }
      return try inARow(
        "solve-100-small", decks.map(\.name), in: folder, setting, answersAgree: false)
    }
  }

  /// A hundred decks of eight cells, where the start of the process is nearly all there is.
  private static let tinyDecks = Workload(
    name: "solve-100-tiny",
    summary: "a 2³ C3D8 deck a hundred times, process start included, beside ccx"
  ) { setting in
    try inTemporaryFolder { folder in
      mkdir(folder + "/ours", 0o755)
      try write(CubeDeck(divisions: 2).text, to: folder + "/cube.inp")
      return try inARow(
        "solve-100-tiny", Array(repeating: "cube", count: 100), in: folder, setting,
        answersAgree: true)
    }
  }

  /// Decks solved one after the other by both programs in turn; the figure is the sum.
  ///
  /// - Parameter answersAgree: Whether the printed numbers are compared; decks of plane stress differ by theory.
  private static func inARow(
    _ name: String, _ decks: [String], in folder: String, _ setting: Setting, answersAgree: Bool
  ) throws -> Measurement {
    var ours: [ChildRun] = []
    var peer: [ChildRun] = []
    for deck in decks {
      ours.append(
        try run(
          setting.solver,
          ["--quiet", "--threads", "\(setting.threads)", "-o", "ours", deck + ".inp"], in: folder))
      peer.append(try run("ccx", [deck], in: folder))
      guard answersAgree else { continue }
      let difference = try DatFile.largestDifference(
        "\(folder)/ours/\(deck).dat", "\(folder)/\(deck).dat")
      guard difference <= 1e-5 else {
        throw BenchError.wrongAnswer("displacements differ by \(difference) of the largest")
      }
    }
    let (total, peerTotal) = (
      ours.reduce(0) { $0 + $1.seconds }, peer.reduce(0) { $0 + $1.seconds }
    )
    var result = measurement(name, ours, peer, setting, [:])
    (result.value, result.min, result.max, result.runs) = (total, total, total, 1)
    result.detail["peer_s"] = peerTotal
    result.detail["times_faster_than_peer"] = peerTotal / total
    result.detail["decks"] = Double(decks.count)
    return result
  }

  /// Decks spread evenly over all decks of a folder of parts, in the order of their names.
  private static func decksOfParts(in parts: String, count: Int) throws -> [(
    path: String, name: String
  )] {
    var pattern = glob_t()
    defer { globfree(&pattern) }
    guard glob(parts + "/*/*.inp", 0, nil, &pattern) == 0, pattern.gl_pathc >= count else {
      throw BenchError.cannotRun(parts, "there are not \(count) decks in it")
    }
    let step = Double(pattern.gl_pathc) / Double(count)
    return (0..<count).compactMap { place in
      guard let path = pattern.gl_pathv[Int(Double(place) * step)] else { return nil }
      return (String(cString: path), "deck\(place)")
    }
  }

  private static func run(_ program: String, _ arguments: [String], in folder: String) throws
    -> ChildRun
  {
    let run = try ChildRun.of(program, arguments, in: folder)
    guard run.status == 0 else { throw BenchError.failed(program, run.status) }
    return run
  }

  /// Seconds and memory beside the peer's; ratios above 1 say how much less we need.
  private static func measurement(
    _ name: String, _ ours: [ChildRun], _ peer: [ChildRun], _ setting: Setting,
    _ extra: [String: Double]
  ) -> Measurement {
    let (seconds, peerSeconds) = (median(ours.map(\.seconds)), median(peer.map(\.seconds)))
    let (memory, peerMemory) = (
      ours.map(\.peakMemoryMiB).max() ?? .nan, peer.map(\.peakMemoryMiB).max() ?? .nan
    )
    return Measurement(
      name: name, seconds: ours.map(\.seconds), threads: setting.threads,
      detail: extra.merging([
        "peer_s": peerSeconds, "times_faster_than_peer": peerSeconds / seconds,
        "peak_memory_mib": memory, "peer_peak_memory_mib": peerMemory,
      ]) { $1 })
  }
}

/// Runs `body` with the path of a fresh folder, which is removed afterwards.
func inTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var template = Array((parent + "/gcgan-bench-XXXXXX").utf8CString)
  guard mkdtemp(&template) != nil else {
    throw BenchError.cannotRun("mkdtemp", String(cString: strerror(errno)))
  }
  let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer { _ = try? ChildRun.of("rm", ["-rf", folder], in: "/") }
  return try body(folder)
}

/// Writes a text file.
func write(_ text: String, to path: String) throws {
  guard let file = fopen(path, "w") else {
    throw BenchError.cannotRun(path, String(cString: strerror(errno)))
  }
  fputs(text, file)
  guard fclose(file) == 0 else {
    throw BenchError.cannotRun(path, String(cString: strerror(errno)))
  }
}
