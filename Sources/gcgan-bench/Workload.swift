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
  }

  static let all: [Workload] = [
    cube(24, runs: 5), cube(40, runs: 1), smallDecks,
  ]

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
        let difference = try DatFile.largestDifference(folder + "/ours/cube.dat", folder + "/cube.dat")
        guard difference <= 1e-5 else {
          throw BenchError.wrongAnswer("displacements differ by \(difference) of the largest")
        }
        return measurement(
          "solve-cube-\(divisions)", ours, peer, setting, ["relative_difference": difference])
      }
    }
  }

  /// A hundred decks of a few cells each, one process after the other.
  private static let smallDecks = Workload(
    name: "solve-100-small", summary: "a hundred 2³ C3D8 decks in a row, process start included, beside ccx"
  ) { setting in
    try inTemporaryFolder { folder in
      try write(CubeDeck(divisions: 2).text, to: folder + "/cube.inp")
      mkdir(folder + "/ours", 0o755)
      var ours: [ChildRun] = []
      var peer: [ChildRun] = []
      for _ in 0..<100 {
        ours.append(
          try run(
            setting.solver,
            ["--quiet", "--threads", "\(setting.threads)", "-o", "ours", "cube.inp"], in: folder))
        peer.append(try run("ccx", ["cube"], in: folder))
      }
      let difference = try DatFile.largestDifference(folder + "/ours/cube.dat", folder + "/cube.dat")
      guard difference <= 1e-5 else {
        throw BenchError.wrongAnswer("displacements differ by \(difference) of the largest")
      }
      return measurement(
        "solve-100-small", ours, peer, setting,
        [
          "relative_difference": difference,
          "total_s": ours.reduce(0) { $0 + $1.seconds },
          "peer_total_s": peer.reduce(0) { $0 + $1.seconds },
        ])
    }
  }

  private static func run(_ program: String, _ arguments: [String], in folder: String) throws -> ChildRun {
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
  var template = Array("/tmp/gcgan-bench-XXXXXX".utf8CString)
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
  guard fclose(file) == 0 else { throw BenchError.cannotRun(path, String(cString: strerror(errno))) }
}
