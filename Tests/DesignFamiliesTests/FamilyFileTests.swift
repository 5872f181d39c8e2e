import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem
@testable import Files

/// The text of a small family, and what may be wrong with it.
enum FamilyText {
  static let good = """
    gcgan: family/1
    name: strips
    title: Strips that conduct heat
    sizes: [16x8, 16x16]
    define:
      place: {sample: {i: {integer: [9, $columns]}}, value: {point: [$i, 0]}}
    sample:
      volume: {uniform: [0.3, 0.5]}
      power: {log-uniform: [1 W, 4 W]}
      side:
        choice: {low: {edge: bottom}, high: {edge: top}, left: {edge: left}}
        weights: {low: 0, high: 1, left: 3}
      hot: {list: [1, 3], more: 0.5, of: {region: $place, power: $(power / 2)}}
      warmer: {choice: [~, 5 K]}
    clearance: 0.1
    held-out: {side: [high]}
    variants:
      cold: {sample: {power: 1 W, side: {edge: left}}}
    problem:
      grid: {columns: $columns, rows: $rows, pixel-size: 1 mm, thickness: 2 mm}
      solids:
        - {youngs-modulus: 70 GPa, poissons-ratio: 0.3, conductivity: 200 W/(m*K), expansion: 2e-5 1/K}
      heat:
        sources: [$hot...]
        sinks: [{region: $side, temperature: 20 degC}]
        stress-free-temperature: 20 degC
      temperature-change: $warmer
      terms:
        - {measure: temperature}
        - {measure: volume}
    design: {volume-fraction: $volume, iterations: 10, symmetry: none}
    limits:
      - {term: temperature, at-most: 1.2 reference, reason: cool enough}
      - {term: volume, at-most: 0.6, reason: mass}
    periodic: [y]

    """

  static func good(_ passage: String, _ replacement: String) -> String {
    precondition(good.contains(passage), "no '\(passage)'")
    return good.replacing(passage, with: replacement, maxReplacements: 1)
  }

  static func family(_ text: String = good) throws -> FamilyFile {
    try FamilyFile(parsing: Array(text.utf8), file: "strips.yml")
  }

  static let size = GridSize(columns: 16, rows: 8)
}

@Suite("Family files") struct FamilyFileTests {
  @Test func `what is sampled stands in the problem, in the units of tasks`() throws {
    let family = try FamilyText.family()
    var powers = Set<Double>()
    var counts = Set<Int>()
    var changes = Set<Double>()
    for number in 0..<60 {
      let task = try family.task(number, seed: 3, size: FamilyText.size, from: nil)
      #expect((0.3...0.5).contains(task.volumeFraction))
      // 200 W/(m·K) are 0.2 W/(mm·K); 70 GPa are 70000 MPa.
      #expect(task.material.conductivity == 0.2 && task.material.youngsModulus == 70_000)
      #expect(task.pixelSize == 1 && task.thickness == 2)
      let heat = try #require(task.stated.heat)
      counts.insert(heat.sources.count)
      powers.formUnion(heat.sources.map(\.power))
      changes.insert(task.stated.temperatureChange)
      // 'low' has no weight, and 'high' is held out.
      #expect(heat.sinks.map(\.region) == [.edge(side: .left)] && task.caseName == "left")
      #expect(task.stated.terms.map(\.weight) == [1, 0])
      #expect(task.limits.map(\.bound) == [.ofReference(1.2), .value(0.6)])
    }
    #expect(powers.allSatisfy { (0.5...2).contains($0) } && powers.count == 60)
    #expect(counts == [1, 2, 3] && changes == [0, 5])
  }

  @Test func `a task depends on its number and seed alone`() throws {
    let family = try FamilyText.family()
    func task(_ number: Int, _ seed: UInt64) throws -> DesignTask {
      try family.task(number, seed: seed, size: FamilyText.size, from: "main")
    }
    #expect(try task(5, 1) == task(5, 1))
    #expect(try task(5, 1) != task(6, 1) && task(5, 1) != task(5, 2))
  }

  @Test func `every tenth number has a value that training never sees, and no other`() throws {
    let family = try FamilyText.family()
    for number in 0..<40 {
      let task = try family.task(number, seed: 1, size: FamilyText.size, from: "main")
      #expect(family.isUnseen(task) == (number % 10 == 9))
      #expect((family.split(of: task) == .l2) == (number % 10 == 9))
      #expect((task.stated.heat?.sinks[0].region == .edge(side: .top)) == (number % 10 == 9))
    }
    #expect(family.distributions.map(\.hasUnseen) == [true, false])
  }

  @Test func `values that training never sees are those of a choice among choices too`() throws {
    let plain = "choice: {low: {edge: bottom}, high: {edge: top}, left: {edge: left}}\n"
    let weights = "    weights: {low: 0, high: 1, left: 3}\n"
    let family = try FamilyText.family(
      FamilyText.good(
        "    " + plain + weights,
        "    choice: [{edge: right}, {choice: {left: {edge: left}, high: {edge: top}}}]\n"))
    var names = Set<String>()
    for number in 0..<40 {
      let task = try family.task(number, seed: 1, size: FamilyText.size, from: "main")
      names.insert(task.caseName)
      #expect(family.isUnseen(task) == (number % 10 == 9))
    }
    #expect(names == ["left", "high", "main"])
  }

  @Test func `a variant samples some names otherwise`() throws {
    let family = try FamilyText.family()
    for number in 0..<10 {
      let task = try family.task(number, seed: 1, size: FamilyText.size, from: "cold")
      #expect(task.stated.heat?.sources.map(\.power).allSatisfy { $0 == 0.5 } == true)
      #expect(task.caseName == "cold")
    }
  }

  @Test func `symmetries are those that the file states`() throws {
    let square = GridSize(columns: 16, rows: 16)
    for (word, count) in [("none", 1), ("left-right", 2), ("upside-down", 2), ("all", 8)] {
      let family = try FamilyText.family(
        FamilyText.good("symmetry: none", "symmetry: \(word)"))
      #expect(family.symmetries(of: square).count == count)
      #expect(family.symmetries(of: square)[0] == Symmetry.ofSquare[0])
    }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var passage, replacement: String
    var line: Int
    var reason: String
    /// Whether the schema refuses it too.
    var isInSchema: Bool
    var testDescription: String { "\(replacement) for \(passage)" }
    init(
      _ passage: String, _ replacement: String, _ line: Int, _ reason: String,
      schema: Bool = false
    ) {
      isInSchema = schema
      (self.passage, self.replacement, self.line, self.reason) = (
        passage, replacement, line, reason
      )
    }
  }

  static let bad: [Bad] = [
    Bad("family/1", "family/2", 1, "this version reads 'family/1'", schema: true),
    Bad("name: strips", "name: Strips of 1", 2, "lower-case letters", schema: true),
    Bad("16x8, ", "16by8, ", 4, "such as 64x32", schema: true),
    Bad("16x8, ", "4x8, ", 4, "from 8 to 512"),
    Bad("sample:\n  vol", "smaple:\n  vol", 7, "did you mean 'sample'", schema: true),
    Bad("[0.3, 0.5]", "[0.5, 0.3]", 8, "the wrong way round"),
    Bad("[0.3, 0.5]", "[0.3]", 8, "write [least, most]", schema: true),
    Bad("uniform: [0.3", "unifrom: [0.3", 8, "did you mean 'uniform'"),
    Bad("[1 W, 4 W]", "[0 W, 4 W]", 9, "a logarithm is of numbers above 0"),
    Bad("[1 W, 4 W]", "[1 W, 4 mW]", 9, "one unit"),
    Bad("[1 W, 4 W]", "[1 N, 4 N]", 13, "expected a power"),
    Bad("{low: 0, high: 1, left: 3}", "{low: 0, high: 0, left: 0}", 12, "nothing can be drawn"),
    Bad("{low: 0, high: 1, left: 3}", "{low: 0, hihg: 1, left: 3}", 12, "did you mean 'high'"),
    Bad("{low: 0, high: 1, left: 3}", "{low: 0, left: 3}", 12, "'high' has no weight"),
    Bad("{low: 0, high: 1, left: 3}", "[1, 2]", 12, "2 weights for 3 values"),
    Bad("{choice: [~, 5 K]}", "{choice: []}", 14, "nothing can be drawn", schema: true),
    Bad("list: [1, 3]", "list: [3, 1]", 13, "cannot have 3 to 1 items"),
    Bad("more: 0.5", "more: 1.5", 13, "a number from 0.0 to 1.0", schema: true),
    Bad("$(power / 2)", "$(pwer / 2)", 13, "did you mean 'power'"),
    Bad("$(power / 2)", "$(power / )", 13, "a value is missing"),
    Bad("$(power / 2)", "$(power-2)", 13, "a minus sign stands between blanks"),
    Bad("$(power / 2)", "$(tan(power))", 13, "there is no function 'tan'"),
    Bad("$(power / 2)", "$(cos(power))", 13, "units do not fit"),
    Bad("$(power / 2)", "$(power / 0)", 13, "no finite number"),
    Bad("$(power / 2)", "$(power + 2)", 13, "different units"),
    Bad("$columns]}}", "$column]}}", 6, "did you mean 'columns'"),
    Bad("[9, $columns]", "[9.5, $columns]", 6, "both ends are whole numbers"),
    Bad("[high]", "[hihg]", 16, "is no value of 'side'"),
    Bad("{side: [high]}", "{sied: [high]}", 16, "did you mean 'side'"),
    Bad("{side: [high]}", "{volume: [high]}", 16, "no names to hold out"),
    Bad("{side: [high]}", "{side: [high, low, left]}", 16, "nothing is left to train on"),
    Bad("{power: 1 W,", "{pwoer: 1 W,", 18, "did you mean 'power'"),
    Bad("70 GPa", "70 mm", 22, "expected a stress"),
    Bad("sources: [$hot...]", "sources: [$hot]", 13, "is a mapping, found a list"),
    Bad("sinks: [{region: $side", "sinks: [{region: $sdie", 25, "did you mean 'side'"),
    Bad("{measure: temperature}", "{measure: temprature}", 29, "did you mean 'temperature'"),
    Bad("{measure: volume}", "{measure: volume, weight: 2}", 30, "has no 'weight'"),
    Bad("    - {measure: volume}", "  filter: {radius: 2}", 30, "has no 'filter'", schema: true),
    Bad("iterations: 10", "iterations: 0", 31, "whole number from 1", schema: true),
    Bad("symmetry: none", "symmetry: nnoe", 31, "did you mean 'none'", schema: true),
    Bad("volume-fraction: $volume", "volume-fraction: $(volume * 4)", 31, "is no volume fraction"),
    Bad("{term: volume,", "{term: stress,", 34, "the problem has no term 'stress' to limit"),
    Bad("{term: volume,", "{term: volum,", 34, "did you mean 'volume'"),
    Bad(
      "{term: volume, at-most: 0.6", "{term: temperature, at-most: 3 K", 34,
      "'temperature' has two limits"),
    Bad("at-most: 0.6", "at-most: 0.6 mm", 34, "expected a number"),
    Bad("1.2 reference", "-1 reference", 33, "no multiple of the reference"),
    Bad(", reason: mass", "", 34, "has no 'reason'", schema: true),
    Bad(
      "periodic: [y]", "fields: [volume-fraction, {sensitivity: temprature}]", 35,
      "did you mean 'temperature'"),
    Bad(
      "periodic: [y]", "fields: [volume-fraction, {energy: pull}]", 35,
      "the load case 'pul"),
    Bad("periodic: [y]", "periodic: [z]", 35, "it lists x, y", schema: true),
    Bad("16x8, ", "16x9, ", 35, "is odd there"),
  ]

  @Test("that are wrong are refused with line and remedy", arguments: bad)
  func refuses(_ bad: Bad) {
    let text = FamilyText.good(bad.passage, bad.replacement)
    do throws(InputFaults) {
      _ = try FamilyFile(parsing: Array(text.utf8), file: "strips.yml")
      Issue.record("it was read")
    } catch {
      #expect(
        error.faults.contains {
          $0.location.line == bad.line && $0.description.contains(bad.reason)
        }, "found \(error.faults.map(\.description))")
    }
  }

  @Test func `the schema takes what the reader takes and refuses what the reader refuses`() throws {
    let place = try TemporaryPlace()
    let cases = Self.bad.filter(\.isInSchema)
    let shipped = Families.known.all.compactMap(\.text)
    let good = [FamilyText.good, try FamilyPageTests.page()] + shipped
    let texts = good + cases.map { FamilyText.good($0.passage, $0.replacement) }
    try place.write(FamilyFile.schema, to: "schema.json")
    for (number, text) in texts.enumerated() { try place.write(text, to: "\(number).yml") }
    let script = try place.write(
      """
      import json, sys, jsonschema, yaml
      schema = json.load(open(sys.argv[1] + "/schema.json"))
      validator = jsonschema.Draft202012Validator(schema)
      validator.check_schema(schema)
      for number in range(int(sys.argv[2])):
          print(int(validator.is_valid(yaml.safe_load(open(f"{sys.argv[1]}/{number}.yml")))))
      """, to: "check.py")
    let run = try BuiltProgram(at: "/usr/bin/python3").run([script, place.path, "\(texts.count)"])
    #expect(run.code == 0, "\(run.errors)")
    let verdicts = run.output.split(separator: "\n").map { $0 == "1" }
    #expect(verdicts.count == texts.count)
    for (verdict, text) in zip(verdicts, good) {
      #expect(verdict, "the schema refuses \(text.prefix(60))")
    }
    for (verdict, bad) in zip(verdicts.dropFirst(good.count), cases) {
      #expect(!verdict, "the schema takes \(bad.replacement)")
    }
  }

  @Test func `a distribution without a solution is told with what is wrong most often`() throws {
    // All sources lie nearer to the sink than a whole side.
    let family = try FamilyText.family(FamilyText.good("clearance: 0.1", "clearance: 1"))
    #expect {
      try family.task(0, seed: 1, size: FamilyText.size, from: nil)
    } throws: { error in
      "\(error)".contains("1000 draws from 'main'")
        && "\(error)".contains("than the clearance of 1")
    }
  }

  @Test func `the shipped families are right`() throws {
    for family in Families.known.all {
      guard let text = family.text else { continue }
      #expect(try FamilyFile(parsing: Array(text.utf8), file: family.name).name == family.name)
    }
  }
}
