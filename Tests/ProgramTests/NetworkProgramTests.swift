import Foundation
import TestSupport
import Testing

/// `gcgan-dataset`, `gcgan-train`, `gcgan-generate` and `gcgan-score` as a person calls them, on the smallest of everything.
@Suite("Programs with networks", .serialized) struct NetworkProgramTests {
  private let dataset = BuiltProgram("gcgan-dataset")
  private let train = BuiltProgram("gcgan-train")
  private let generate = BuiltProgram("gcgan-generate")

  private static let config = """
    gcgan: training/1
    data: data
    steps: 12
    micro-batch: 4
    accumulation: {rule: gate, count: 2, largest: 4}
    generator: {width: 8, blocks: 1, global-code: 4, local-code: 2}
    discriminators: {width: 8, scales: 3}
    sign-off-width: 4
    physics: {start: 2, ramp: 2}
    checkpoint-interval: 2

    """

  /// A folder with a data set of 40 designs at 32×32 and a config.
  private func prepared() throws -> TemporaryPlace {
    let place = try TemporaryPlace()
    let run = try dataset.run([
      "part", "--count", "40", "--size", "32x32", "-o", place.path + "/data",
    ])
    #expect(run.code == 0, "\(run)")
    #expect(run.output.contains("40 designs"))
    #expect(
      place.names.filter { $0.hasPrefix("data/") } == [
        "data/contact-sheet.png", "data/manifest.json", "data/shard-00000.safetensors",
      ])
    try place.write(Self.config, to: "config.yml")
    return place
  }

  private func bytes(_ place: TemporaryPlace, _ name: String) throws -> Data {
    try Data(contentsOf: place.url.appending(path: name))
  }

  /// Killed without warning, in the middle of whatever it does, checkpoints among it; then resumed, again and again. The long run of fifty is
  /// `make soak`.
  @Test func `a run killed at random ends in the bits of the run that was not`() throws {
    let place = try prepared()
    let config = place.path + "/config.yml"
    let whole = try train.run([config, "-o", place.path + "/whole", "--quiet"])
    #expect(whole.code == 0, "\(whole)")
    #expect(
      place.names.filter { $0.hasPrefix("whole/") && !$0.contains("tfevents") } == [
        "whole/checkpoint.safetensors", "whole/config.yml", "whole/index.html", "whole/log.jsonl",
        "whole/model.safetensors", "whole/samples.png",
      ])

    let kills = ProcessInfo.processInfo.environment["GCGAN_SOAK_KILLS"].flatMap { Int($0) } ?? 4
    var random = SystemRandomNumberGenerator()
    var killed = 0
    for _ in 0..<kills {
      let hasRun = FileManager.default.fileExists(
        atPath: place.path + "/cut/checkpoint.safetensors")
      let process = try train.start(
        [config, "-o", place.path + "/cut", "--quiet"] + (hasRun ? ["--resume"] : []),
        output: place.url.appending(path: "out"), errors: place.url.appending(path: "err"))
      // Between the start of the program and the end of a run of its length.
      usleep(UInt32.random(in: 200_000...2_500_000, using: &random))
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        killed += 1
      }
      process.waitUntilExit()
    }
    let hasRun = FileManager.default.fileExists(atPath: place.path + "/cut/checkpoint.safetensors")
    let last = try train.run(
      [config, "-o", place.path + "/cut", "--quiet"] + (hasRun ? ["--resume"] : []))
    #expect(last.code == 0, "\(last), killed \(killed) times")
    #expect(
      try bytes(place, "cut/checkpoint.safetensors")
        == bytes(place, "whole/checkpoint.safetensors"))
    #expect(try bytes(place, "cut/model.safetensors") == bytes(place, "whole/model.safetensors"))
    let lines = String(decoding: try bytes(place, "cut/log.jsonl"), as: UTF8.self).split(
      separator: "\n")
    #expect(lines.count == 12, "one line per update, whatever was killed")
  }

  /// Files of more than half a mebibyte cannot be written, as on a full disk: the log still can, a checkpoint cannot.
  @Test func `without room for a checkpoint a run ends, and goes on later from the one before`()
    throws
  {
    let place = try prepared()
    let arguments = [place.path + "/config.yml", "-o", place.path + "/run", "--quiet"]
    let whole = try train.run([place.path + "/config.yml", "-o", place.path + "/whole", "--quiet"])
    #expect(whole.code == 0, "\(whole)")
    let process = try train.start(
      arguments, output: place.url.appending(path: "out"),
      errors: place.url.appending(path: "err"))
    while process.isRunning,
      !FileManager.default.fileExists(atPath: place.path + "/run/checkpoint.safetensors")
    {
      usleep(10_000)
    }
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let before = try bytes(place, "run/checkpoint.safetensors")
    let names = place.names
    #expect(before.count > 512 << 10)

    // A shell counts in blocks of 512 bytes.
    let full = try BuiltProgram(at: "/bin/sh").run(
      ["-c", "trap '' XFSZ; ulimit -f 1024; exec \"$0\" \"$@\"", train.file.path] + arguments
        + ["--resume"])
    #expect(full.code == 73 && full.errors.contains("checkpoint.safetensors"), "\(full)")
    #expect(try bytes(place, "run/checkpoint.safetensors") == before)
    #expect(
      place.names.filter { !$0.contains("tfevents") } == names.filter { !$0.contains("tfevents") })

    let last = try train.run(arguments + ["--resume"])
    #expect(last.code == 0, "\(last)")
    #expect(
      try bytes(place, "run/checkpoint.safetensors")
        == bytes(place, "whole/checkpoint.safetensors"))
  }

  @Test func `a run asked to end saves and says so, and does not start over an older one`() throws {
    let place = try prepared()
    try place.write(
      Self.config.replacingOccurrences(of: "steps: 12", with: "steps: 100000"), to: "long.yml")
    let arguments = [place.path + "/long.yml", "-o", place.path + "/run"]
    let process = try train.start(
      arguments, output: place.url.appending(path: "out"),
      errors: place.url.appending(path: "err"))
    while process.isRunning,
      !FileManager.default.fileExists(atPath: place.path + "/run/checkpoint.safetensors")
    {
      usleep(20_000)
    }
    let second = try train.run(arguments + ["--resume"])
    #expect(second.code == 65 && second.errors.contains("another process is training in it"))
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    let errors = String(decoding: try bytes(place, "err"), as: UTF8.self)
    #expect(errors.contains("interrupted after update"))
    #expect(errors.contains("of 100000 updates; --resume goes on"))
    let again = try train.run(arguments)
    #expect(again.code == 65 && again.errors.contains("there is a run in it"))
    let other = try train.run([place.path + "/config.yml", "-o", place.path + "/run", "--resume"])
    #expect(other.code == 65 && other.errors.contains("another config"))
  }

  @Test func `what is wrong with data or config is told before anything is written`() throws {
    let place = try TemporaryPlace()
    try place.write(Self.config, to: "config.yml")
    let noData = try train.run([place.path + "/config.yml", "-o", place.path + "/run"])
    #expect(noData.code == 65 && noData.errors.contains("is no data set"))
    try place.write("gcgan: training/1\ndata: data\nsteps: many\nspeed: 1\n", to: "bad.yml")
    let bad = try train.run([place.path + "/bad.yml", "-o", place.path + "/run"])
    #expect(bad.code == 65)
    #expect(bad.errors.contains("bad.yml:3") && bad.errors.contains("bad.yml:4"))
    #expect(!place.names.contains { $0.hasPrefix("run") })
    let size = try dataset.run([
      "part", "--count", "4", "--size", "48x48", "-o", place.path + "/odd",
    ])
    #expect(size.code == 65 && size.errors.contains("48x48 is not supported"))
    #expect(try dataset.run(["chip", "--count", "4", "-o", place.path + "/odd"]).code == 64)
    #expect(!place.names.contains { $0.hasPrefix("odd") })
    let model = try generate.run([
      place.path + "/config.yml", "--family", "part", "-o", place.path + "/parts",
    ])
    #expect(model.code == 65)
    #expect(!place.names.contains { $0.hasPrefix("parts") })
  }

  @Test func `parts are drawn from a run, judged as they are, and cost what they say`() throws {
    let place = try prepared()
    let run = try train.run([place.path + "/config.yml", "-o", place.path + "/run", "--quiet"])
    #expect(run.code == 0, "\(run)")
    let drawn = try generate.run([
      place.path + "/run", "--family", "part", "--count", "2", "--seed", "3", "--refine", "20",
      "-o", place.path + "/parts",
    ])
    #expect(drawn.code == 0, "\(drawn)")
    let part = String(decoding: try bytes(place, "parts/part-0000/part.yml"), as: UTF8.self)
    #expect(part.contains("solve-count: 22") || part.contains("solves: 22"), "\(part)")
    for key in ["model-sha256", "config-sha256", "data-sha256"] {
      #expect(part.contains("  \(key): \""), "\(part)")
    }
    #expect(place.names.contains("parts/part-0001/density.npy"))
    let verdict = try BuiltProgram("gcgan-validate").run([place.path + "/parts"])
    #expect(verdict.code <= 2, "\(verdict)")

    try place.write(
      """
      gcgan: problem/1
      grid: {columns: 32, rows: 32, pixel-size: 2 mm, thickness: 3 mm}
      solids: [{youngs-modulus: 210 GPa, poissons-ratio: 0.3}]
      supports: [{region: {edge: left}, axes: [x, y]}]
      load-cases: [{loads: [{region: {point: [32, 16]}, force: [0 N, -500 N]}]}]
      terms: [{measure: compliance}]
      optimisation: {volume-fraction: 0.9}

      """, to: "problems/mine.yml")
    try place.write("gcgan: problem/1\n", to: "problems/broken.yml")
    let own = try generate.run([
      place.path + "/run", "--problem", place.path + "/problems", "-o", place.path + "/own",
    ])
    #expect(own.code == 65 && own.errors.contains("broken.yml"))
    let text = String(decoding: try bytes(place, "own/mine/part.yml"), as: UTF8.self)
    #expect(text.contains("0.9 lies outside the trained range"))
    let deck = String(decoding: try bytes(place, "own/mine/design.inp"), as: UTF8.self)
    #expect(deck.contains("\n210000.0, 0.3\n*SOLID SECTION, ELSET=DESIGN, MATERIAL=SOLID\n3.0\n"))

    let score = try BuiltProgram("gcgan-score").run([
      place.path + "/run", "--data", place.path + "/data", "--split", "L2",
    ])
    #expect(score.code == 0 && score.output.contains("\"failureShare\""))
  }
}
