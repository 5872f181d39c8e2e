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
      "part", "--distribution", "catalogue", "--count", "40", "--size", "32x32", "-o",
      place.path + "/data",
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
    #expect(
      second.errors.contains("process \(process.processIdentifier), gcgan-train "), "\(second)")
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    let errors = String(decoding: try bytes(place, "err"), as: UTF8.self)
    #expect(errors.contains("interrupted after update"))
    #expect(errors.contains("of 100000 updates; --resume goes on"))
    let again = try train.run(arguments)
    #expect(again.code == 65 && again.errors.contains("there is a run in it"))
    try place.write(
      Self.config.replacingOccurrences(of: "micro-batch: 4", with: "micro-batch: 6"),
      to: "other.yml")
    let other = try train.run([place.path + "/other.yml", "-o", place.path + "/run", "--resume"])
    #expect(
      other.code == 65 && other.errors.contains("another config: micro-batch was 4 and is 6"),
      "\(other)")
  }

  /// A kill before the first checkpoint leaves a log and a config.
  @Test func `a run killed before its first checkpoint begins anew and keeps its log`() throws {
    let place = try prepared()
    // Long enough that a kill after the first update comes before the last.
    try place.write(
      Self.config.replacingOccurrences(
        of: "checkpoint-interval: 2", with: "checkpoint-interval: 99"
      )
      .replacingOccurrences(of: "steps: 12", with: "steps: 24"), to: "config.yml")
    let arguments = [place.path + "/config.yml", "-o", place.path + "/run"]
    let whole = try train.run([place.path + "/config.yml", "-o", place.path + "/whole", "--quiet"])
    #expect(whole.code == 0 && whole.errors.isEmpty && whole.output.isEmpty, "\(whole)")
    /// Starts a run and kills it after its first update.
    func killed(_ name: String, _ more: [String], whenThereIs file: String) throws {
      let process = try train.start(
        [place.path + "/config.yml", "-o", place.path + "/" + name] + more,
        output: place.url.appending(path: "out"), errors: place.url.appending(path: "err"))
      while process.isRunning,
        !place.names.contains(file)
          || ((try? bytes(place, name + "/log.jsonl"))?.isEmpty ?? true)
      {
        usleep(2000)
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(!place.names.contains(name + "/checkpoint.safetensors"), "it was too fast")
    }
    try killed("run", [], whenThereIs: "run/log.jsonl")
    let first = try bytes(place, "run/log.jsonl")
    #expect(!first.isEmpty)
    // Asked to resume: from the beginning, killed again.
    try killed("run", ["--resume"], whenThereIs: "run/log-1.jsonl")
    #expect(try bytes(place, "run/log-1.jsonl") == first)
    let second = try bytes(place, "run/log.jsonl")
    // Not asked: the same, and nothing is lost.
    let last = try train.run(arguments)
    #expect(last.code == 0 && last.errors.contains("is kept: log-2.jsonl"), "\(last)")
    #expect(try bytes(place, "run/log-2.jsonl") == second)
    #expect(
      try bytes(place, "run/checkpoint.safetensors")
        == bytes(place, "whole/checkpoint.safetensors"))
    // A folder that nothing was begun in yet.
    let none = try train.run([
      place.path + "/config.yml", "-o", place.path + "/none", "--resume",
    ])
    #expect(none.code == 0 && none.errors.contains("the run begins at its first update"), "\(none)")
    #expect(
      try bytes(place, "none/checkpoint.safetensors")
        == bytes(place, "whole/checkpoint.safetensors"))
  }

  @Test
  func `a run is prolonged; one whose rates fell says what it is not`()
    throws
  {
    let place = try prepared()
    func config(_ name: String, _ steps: Int, _ more: String = "") throws -> String {
      try place.write(
        Self.config.replacingOccurrences(of: "steps: 12", with: "steps: \(steps)") + more,
        to: name + ".yml")
    }
    let constant = "learning-rates: {schedule: constant}\n"
    let (four, six) = (try config("four", 4, constant), try config("six", 6, constant))
    for (file, name) in [(four, "run"), (six, "whole")] {
      #expect(try train.run([file, "-o", place.path + "/" + name, "--quiet"]).code == 0)
    }
    let longer = try train.run([six, "-o", place.path + "/run", "--resume"])
    #expect(longer.code == 0 && longer.output.hasPrefix("6 updates, "), "\(longer)")
    for name in ["checkpoint.safetensors", "model.safetensors", "config.yml"] {
      #expect(try bytes(place, "run/" + name) == bytes(place, "whole/" + name), "\(name)")
    }
    // With falling rates the last updates of four are not those of six.
    let falling = try config("falling", 4)
    #expect(try train.run([falling, "-o", place.path + "/falling", "--quiet"]).code == 0)
    let prolonged = try train.run([
      try config("falling-six", 6), "-o", place.path + "/falling", "--resume",
    ])
    #expect(prolonged.code == 0 && prolonged.output.hasPrefix("6 updates, "), "\(prolonged)")
    #expect(
      prolonged.errors.contains("warning: steps was 4 and is 6: the run goes on, but its result"),
      "\(prolonged)")
    #expect(try bytes(place, "falling/log.jsonl").split(separator: UInt8(ascii: "\n")).count == 6)
  }

  @Test func `a program without a terminal says how far it is, unless it is to be quiet`() throws {
    let place = try prepared()
    let run = try train.run([place.path + "/config.yml", "-o", place.path + "/run"])
    #expect(run.code == 0, "\(run)")
    #expect(
      run.errors.contains("\n0/34 problems solved for their fields\n0/12 updates, the"), "\(run)")
    let parts = try generate.run([
      place.path + "/run", "--family", "part", "--distribution", "catalogue", "-o",
      place.path + "/parts",
    ])
    #expect(parts.errors.hasPrefix("0/1 parts\n"), "\(parts)")
    let set = try dataset.run([
      "part", "--count", "4", "--size", "32x32", "-o", place.path + "/set",
    ])
    #expect(set.errors.hasPrefix("0/4 designs\n"), "\(set)")
    let score = BuiltProgram("gcgan-score")
    let figures = [place.path + "/run", "--data", place.path + "/data", "--split", "L2"]
    let loud = try score.run(figures)
    #expect(loud.errors.hasPrefix("0/4 designs drawn\n"), "\(loud)")
    let quiet = try score.run(figures + ["--quiet"])
    #expect(quiet.errors.isEmpty && quiet.output == loud.output, "\(quiet)")
    let still = try dataset.run([
      "part", "--count", "4", "--size", "32x32", "-o", place.path + "/still", "-q",
    ])
    #expect(still.code == 0 && still.errors.isEmpty && still.output.isEmpty, "\(still)")
  }

  @Test func `one process at a time makes a data set in a folder; a killed one frees it`() throws {
    let place = try TemporaryPlace()
    let arguments = ["part", "--count", "100000", "--size", "64x64", "-o", place.path + "/set"]
    let process = try dataset.start(
      arguments, output: place.url.appending(path: "out"),
      errors: place.url.appending(path: "err"))
    while process.isRunning, (try? bytes(place, "err"))?.isEmpty ?? true { usleep(2000) }
    // Another one, of other settings.
    let small = ["part", "--count", "4", "--size", "32x32", "-o", place.path + "/set"]
    let second = try dataset.run(small)
    #expect(second.code == 65, "\(second)")
    #expect(second.errors.contains("/set: another process is making a data set in it"))
    #expect(
      second.errors.contains(
        "(process \(process.processIdentifier), gcgan-dataset part --count 100000 "))
    #expect(!place.names.contains("set/manifest.json"))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let third = try dataset.run(small)
    #expect(third.code == 0 && third.output.contains("4 designs"), "\(third)")
  }

  /// A program of somebody else has the lock: `flock` of util-linux.
  @Test func `every program that fills a folder keeps out of one that another process has`() throws
  {
    let place = try prepared()
    try place.write(
      """
      gcgan: problem/1
      grid: {columns: 6, rows: 4}
      solids: [{youngs-modulus: 1, poissons-ratio: 0.3}]
      supports: [{region: {edge: left}, axes: [x, y]}]
      load-cases: [{loads: [{region: {point: [6, 0]}, force: [0, -1]}]}]
      terms: [{measure: compliance}]
      optimisation: {volume-fraction: 0.5, iteration-limit: 2}

      """, to: "problem.yml")
    let model = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Validation/Models/part-64x64.safetensors").path
    let folder = place.path + "/taken"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let commands = [
      (dataset, ["part", "--count", "4", "--size", "32x32"]),
      (train, [place.path + "/config.yml"]),
      (generate, [model, "--family", "part"]),
      (BuiltProgram("gcgan-solve"), ["optimise", "--problem", place.path + "/problem.yml"]),
    ].map { program, arguments in (program, arguments + ["-o", folder]) }
    let holder = try BuiltProgram(at: "/usr/bin/flock").start(
      ["--no-fork", folder, "sh", "-c", "echo taken; exec sleep 600"],
      output: place.url.appending(path: "out"), errors: place.url.appending(path: "err"))
    while holder.isRunning, try bytes(place, "out").isEmpty { usleep(2000) }
    for (program, arguments) in commands {
      let run = try program.run(arguments)
      #expect(run.code == 65, "\(run)")
      let words =
        "\(folder): another process is at work in it (process \(holder.processIdentifier), sleep 600)"
      #expect(run.errors.contains(words), "\(run)")
      #expect(!place.names.contains { $0.hasPrefix("taken/") }, "\(program.file.lastPathComponent)")
    }
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    for (program, arguments) in commands {
      let run = try program.run(arguments)
      #expect(run.code == 0, "\(run)")
    }
  }

  @Test func `a model or a checkpoint with one bit turned is refused by name`() throws {
    let place = try prepared()
    let arguments = [place.path + "/config.yml", "-o", place.path + "/run", "--quiet"]
    #expect(try train.run(arguments).code == 0)
    for (number, name) in ["model", "checkpoint"].enumerated() {
      let file = "run/\(name).safetensors"
      let whole = try bytes(place, file)
      var damaged = whole
      // In the weights: the header has no more than some ten thousand bytes.
      damaged[damaged.count - 1000] ^= 4
      try place.write(damaged, to: file)
      let run =
        number == 0
        ? try generate.run([
          place.path + "/run", "--family", "part", "--distribution", "catalogue", "-o",
          place.path + "/parts",
        ])
        : try train.run(arguments + ["--resume"])
      #expect(run.code == 65, "\(run)")
      #expect(run.errors.contains("\(file) is damaged: "), "\(run)")
      #expect(run.errors.contains("; take a whole copy"), "\(run)")
      #expect(!place.names.contains { $0.hasPrefix("parts") })
      #expect(try bytes(place, file) == damaged)
      try place.write(whole, to: file)
    }
    #expect(try train.run(arguments + ["--resume"]).code == 0)
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
    #expect(try dataset.run(["gasket", "--count", "4", "-o", place.path + "/odd"]).code == 64)
    #expect(!place.names.contains { $0.hasPrefix("odd") })
    let model = try generate.run([
      place.path + "/config.yml", "--family", "part", "--distribution", "catalogue", "-o",
      place.path + "/parts",
    ])
    #expect(model.code == 65)
    #expect(!place.names.contains { $0.hasPrefix("parts") })
  }

  @Test func `parts are drawn from a run, judged as they are, and cost what they say`() throws {
    let place = try prepared()
    let run = try train.run([place.path + "/config.yml", "-o", place.path + "/run", "--quiet"])
    #expect(run.code == 0, "\(run)")
    let drawn = try generate.run([
      place.path + "/run", "--family", "part", "--distribution", "catalogue", "--count", "2",
      "--seed", "3", "--refine", "20",
      "-o", place.path + "/parts",
    ])
    #expect(drawn.code == 0, "\(drawn)")
    let part = String(decoding: try bytes(place, "parts/part-0000/part.yml"), as: UTF8.self)
    // The fields, the drawing, 20 steps and what ends them, the refined design; or steps once or twice more where a member was lost.
    #expect(
      ["24", "46", "68"].contains { part.contains("  solves: \($0)\n") }, "\(part)")
    for key in ["model-sha256", "config-sha256", "data-sha256"] {
      #expect(part.contains("  \(key): \""), "\(part)")
    }
    #expect(place.names.contains("parts/part-0001/density.npy"))
    let verdict = try BuiltProgram("gcgan-validate").run([place.path + "/parts"])
    #expect(verdict.code <= 1, "\(verdict)")

    // As they are drawn after a few updates none passes: half as much compliance again as an optimisation finds is allowed.
    func problem(_ limits: String) -> String {
      """
      gcgan: problem/1
      grid: {columns: 32, rows: 32}
      solids: [{youngs-modulus: 210000, poissons-ratio: 0.3}]
      supports: [{region: {edge: left}, axes: [x, y]}]
      load-cases: [{loads: [{region: {point: [32, 16]}, force: [0, -100]}]}]
      filter: {radius: 1.5}
      terms: [{measure: compliance}]
      optimisation: {method: mma, volume-fraction: 0.4, iteration-limit: 30\(limits)}

      """
    }
    let free = try place.write(problem(""), to: "free.yml")
    let found = try BuiltProgram("gcgan-solve").run([
      "optimise", "--problem", free, "-o", place.path + "/opt",
    ])
    #expect(found.code == 0, "\(found)")
    let history =
      try JSONSerialization.jsonObject(with: bytes(place, "opt/free/history.json"))
      as? [String: Any]
    let iterations = try #require(history?["iterations"] as? [[String: Any]])
    let objective = try #require(iterations.last?["objective"] as? Double)
    let limited = try place.write(
      problem(", limits: [{term: compliance, at-most: \(1.5 * objective)}]"), to: "limited.yml")
    let raw = try generate.run([
      place.path + "/run", "--problem", limited, "--count", "8", "-o", place.path + "/raw",
    ])
    #expect(raw.code == 0 || raw.code == 3, "\(raw)")
    let judged = try BuiltProgram("gcgan-validate").run([place.path + "/raw", "--json", "-"])
    let record = try JSONSerialization.jsonObject(with: Data(judged.output.utf8)) as? [String: Any]
    let parts = try #require(record?["parts"] as? [[String: Any]])
    #expect(parts.count == 8)
    #expect(parts.allSatisfy { $0["verdict"] as? String == "fail" }, "\(judged.errors)")

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
    let mine = String(decoding: try bytes(place, "problems/mine.yml"), as: UTF8.self)
    try place.write(
      mine.replacingOccurrences(of: "columns: 32", with: "columns: 64"), to: "problems/wide.yml")
    let own = try generate.run([
      place.path + "/run", "--problem", place.path + "/problems", "-o", place.path + "/own",
    ])
    #expect(own.code == 65 && own.errors.contains("broken.yml"))
    // A model draws at the size that it was trained at.
    #expect(
      own.errors.contains("wide.yml: grid: the problem has 64x32 elements")
        && own.errors.contains("trained at 32x32"))
    #expect(!place.names.contains { $0.hasPrefix("own/wide") })
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
