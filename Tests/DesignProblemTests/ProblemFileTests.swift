import Foundation
import Meshing
import TestSupport
import Testing

@testable import DesignProblem
@testable import Files
@testable import Manufacturability
@testable import TopologyOptimisation

@Suite("Problem files") struct ProblemFileTests {
  private func faults(of text: String) -> [InputFault] {
    do {
      _ = try ProblemFile(
        parsing: Array(text.utf8), file: "p.yml", checking: TopologyOptimisation.faults)
      return []
    } catch {
      return error.faults
    }
  }

  @Test func `values with units are read into SI`() throws {
    let file = try ProblemFile(parsing: Array(ProblemText.good.utf8), file: "p.yml")
    let problem = file.problem
    #expect(file.title == "A bar")
    #expect(file.hasUnits)
    #expect(problem.grid == DesignGrid(columns: 8, rows: 4, pixelSize: 1e-3, thickness: 2e-3))
    #expect(
      problem.solids == [
        SolidPhase(
          youngsModulus: 70e9, poissonsRatio: 0.33, conductivity: 160, expansion: 2.3e-5)
      ])
    #expect(problem.void == VoidPhase(stiffnessRatio: 1e-6))
    #expect(problem.supports == [Support(.edge(side: .left), axes: [.x, .y])])
    #expect(
      problem.loadCases == [
        LoadCase(name: "tip", loads: [MechanicalLoad(.point(at: [8, 2]), force: [0, -100])])
      ])
    #expect(
      problem.heat
        == HeatConduction(
          sources: [.init(.disc(center: [4, 2], radius: 1), power: 2)],
          sinks: [.init(.edge(side: .left), temperature: 293.15)], stressFreeTemperature: 293.15))
    // A change by 15 degC is one by 15 K.
    #expect(problem.temperatureChange == 15)
    #expect(problem.passive == [PassiveRegion(.box(lower: [7, 1], upper: [8, 3]), .solid)])
    #expect(problem.terms.map(\.name) == ["compliance", "share", "volume"])
    #expect(problem.terms.map(\.weight) == [2, 1, 1])
    #expect(problem.terms[1].measure == .stress(Aggregate(limit: 250e6)))
    #expect(file.optimisation?.method == .movingAsymptotes)
    #expect(file.optimisation?.limits == [.init("share", atMost: 1)])
  }

  @Test func `plain numbers are the problem's own units`() throws {
    let file = try ProblemFile(parsing: Array(ProblemText.plain.utf8), file: "p.yml")
    #expect(!file.hasUnits)
    #expect(file.problem.solids[0].youngsModulus == 70)
    #expect(file.problem.heat?.sinks[0].temperature == 20)
  }

  @Test func `films are read into SI, and stand for sinks`() throws {
    let text = ProblemText.good(
      "sinks:\n    - {region: {edge: left}, temperature: 20 degC}",
      "films:\n    - {region: {edge: top}, coefficient: 50 W/(m^2*K), ambient: 20 degC}")
    let heat = try #require(
      try ProblemFile(parsing: Array(text.utf8), file: "p.yml").problem.heat)
    #expect(heat.sinks.isEmpty)
    #expect(heat.films == [.init(.edge(side: .top), coefficient: 50, ambient: 293.15)])
  }

  @Test func `heat that was encoded before there were films has none, and is encoded as then`()
    throws
  {
    let old = #"{"sinks":[],"sources":[],"stressFreeTemperature":3}"#
    let heat = try JSONDecoder().decode(HeatConduction.self, from: Data(old.utf8))
    #expect(heat == HeatConduction(sources: [], stressFreeTemperature: 3))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(heat), as: UTF8.self) == old)
    var cooled = heat
    cooled.films = [.init(.edge(side: .top), coefficient: 2, ambient: 1)]
    let again = try JSONDecoder().decode(HeatConduction.self, from: encoder.encode(cooled))
    #expect(again == cooled)
  }

  @Test func `a stress that was encoded before there was away counts all elements`() throws {
    let old = #"{"exponent":8,"function":"p-norm","relaxation":0.5}"#
    let aggregate = try JSONDecoder().decode(Aggregate.self, from: Data(old.utf8))
    #expect(aggregate == Aggregate())
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(aggregate), as: UTF8.self) == old)
    let away = Aggregate(limit: 3, away: 2)
    #expect(try JSONDecoder().decode(Aggregate.self, from: encoder.encode(away)) == away)
  }

  @Test func `the page's example is read`() throws {
    let file = try ProblemFile(parsing: Array(ProblemText.page().utf8), file: "p.yml")
    #expect(file.problem.terms.count == 5)
    #expect(file.problem.penaltyContinuation?.end == 3)
    #expect(try ManufacturabilityLoss(of: file.problem).problem == file.problem)
  }

  @Test func `what is written reads as the same`() throws {
    var all = SampleProblem.structure()
    all.passive = [PassiveRegion(.corner(sides: [.left, .top]), .solid)]
    all.penaltyContinuation = Continuation(
      start: 1, step: 1.1, interval: 3, end: 3, isGeometric: true)
    all.interpolation.phasePenalty = 4.0 / 3
    all.terms[2].measure = .stress(Aggregate(away: 1.5), cases: ["tip"])
    all.terms[1].name = "a \"name\" \\ with: all, of #it \u{7}é"
    let options = OptimisationOptions(
      method: .movingAsymptotes, volumeFraction: 0.4, limits: [.init("stress", atMost: 12.5)],
      initialDensity: 0.3)
    var cooled = SampleProblem.block()
    cooled.heat?.sinks = []
    cooled.heat?.films = [
      .init(.edge(side: .front), coefficient: 0.5, ambient: 1.0 / 3),
      .init(.box(lower: [0, 0, 0], upper: [6, 0, 3]), coefficient: 7, ambient: -2),
    ]
    let files = [
      ProblemFile(problem: cooled), ProblemFile(problem: cooled, hasUnits: true),
      ProblemFile(title: "All: of it", problem: all, optimisation: options),
      ProblemFile(problem: all, optimisation: options, hasUnits: true),
      ProblemFile(problem: SampleProblem.cell()),
      ProblemFile(problem: SampleProblem.cell(), hasUnits: true),
      ProblemFile(problem: SampleProblem.block(), hasUnits: true),
      try ProblemFile(parsing: Array(ProblemText.good.utf8), file: "p.yml"),
    ]
    for file in files {
      let again = try ProblemFile(parsing: Array(file.text.utf8), file: "again.yml")
      #expect(again == file, "\(file.text)")
      #expect(again.text == file.text)
    }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var passage: String
    var replacement: String
    var line: Int
    var reason: String
    /// Whether a JSON Schema can say it too.
    var isInSchema: Bool
    var testDescription: String { "\(replacement) for \(passage)" }
    init(
      _ passage: String, _ replacement: String, _ line: Int, _ reason: String, schema: Bool = true
    ) {
      (self.passage, self.replacement, self.line) = (passage, replacement, line)
      (self.reason, isInSchema) = (reason, schema)
    }
  }

  static let bad: [Bad] = [
    Bad("problem/1", "problem/2", 1, "this version reads 'problem/1'"),
    Bad("void:", "viod:", 6, "did you mean 'void'"),
    Bad("columns: 8, ", "", 3, "the grid has no 'columns'"),
    Bad("columns: 8", "columns: 0", 3, "whole number from 1 to 4096"),
    Bad("columns: 8", "columns: 8.5", 3, "whole number from 1 to 4096"),
    Bad("rows: 4,", "rows: 4000, layers: 4000,", 3, "128000000 elements", schema: false),
    Bad("rows: 4,", "rows: 4, layers: 2,", 3, "has no 'thickness'", schema: false),
    Bad("pixel-size: 1 mm", "pixel-size: -1 mm", 3, "is no length", schema: false),
    Bad("pixel-size: 1 mm", "pixel-size: 1", 3, "has no unit", schema: false),
    Bad(
      "pixel-size: 1 mm, ", "", 3, "the grid has no 'pixel-size', and the file has units",
      schema: false),
    Bad("youngs-modulus: 70 GPa, ", "", 5, "a solid has no 'youngs-modulus'"),
    Bad("70 GPa", "70 mm", 5, "expected a stress", schema: false),
    Bad("70 GPa", "-70 GPa", 5, "is not positive", schema: false),
    Bad("70 GPa", "1e999 GPa", 5, "not a finite number", schema: false),
    Bad("70 GPa", ".nan", 5, "does not begin with a number", schema: false),
    Bad("poissons-ratio: 0.33", "poissons-ratio: 0.5", 5, "not between -1 and 0.5", schema: false),
    Bad("index: 1", "index: 3", 5, "whole number from 1 to 2"),
    Bad(
      "\nvoid:", "\n  - {youngs-modulus: 1 GPa, poissons-ratio: 0, conductivity: 1 W/(m*K)}\nvoid:",
      6,
      "has the index 1 too", schema: false),
    Bad("stiffness-ratio: 1e-6", "stiffness-ratio: 0", 6, "is not within 0…1"),
    Bad("{edge: left}, axes", "{edge: lfet}, axes", 8, "did you mean 'left'"),
    Bad(
      "{edge: left}, axes", "{edge: front}, axes", 8,
      "the region {edge: front} of item 1 of 'supports': there is nothing of the grid in it",
      schema: false),
    Bad("{edge: left}, axes", "{edge: left, point: [0, 0]}, axes", 8, "is one of its forms"),
    Bad("axes: [x, y]", "axes: [x, x]", 8, "has 'x' twice"),
    Bad("axes: [x, y]", "axes: [x, w]", 8, "it lists some of x, y, z"),
    Bad("axes: [x, y]", "axes: [x]", 7, "free to move", schema: false),
    Bad("axes: [x, y]", "axes: [x, y, z]", 8, "no direction z", schema: false),
    Bad(
      "{point: [8, 2]}", "{point: [80, 2]}", 12,
      "the region {point: [80, 2]} of item 1 of 'loads' of item 1 of 'load-cases'", schema: false),
    Bad("{point: [8, 2]}", "{point: [8]}", 12, "has 2 numbers, found 1"),
    Bad("{point: [8, 2]}", "{point: [0, 2]}", 12, "held in its direction", schema: false),
    Bad("[0 N, -100 N]", "[0 N]", 12, "has not 2 finite components"),
    Bad("[0 N, -100 N]", "[0, -100 N]", 12, "has no unit", schema: false),
    Bad("[0 N, -100 N]", "[0 N, -100 kg]", 12, "expected a force", schema: false),
    Bad("filling: solid", "filling: water", 21, "one of solid, void"),
    Bad(
      "[[7, 1], [8, 3]]}, filling: solid", "[[0, 0], [8, 4]]}, filling: void", 12,
      "acts on void only", schema: false),
    Bad("[[7, 1], [8, 3]]", "[[7, 1]]", 21, "has 1 corners"),
    Bad(
      "\n  sources:", "\n    - {region: {corner: [left, top]}, temperature: 30 degC}\n  sources:",
      16,
      "is kept at 303.15 here and at 293.15", schema: false),
    Bad("radius: 1}", "radius: -1}", 17, "a number from 0.0"),
    Bad("2 W}", "2 N}", 17, "expected a power", schema: false),
    Bad(
      "  stress-free-temperature: 20 degC\n", "", 13, "no 'stress-free-temperature'", schema: false),
    Bad("sinks:", "snks:", 14, "did you mean 'sinks'"),
    Bad(
      "\n  sources:",
      "\n  films:\n    - {region: {edge: top}, coefficient: 5 W/(m*K), ambient: 20 degC}\n  sources:",
      17,
      "expected a film coefficient", schema: false),
    Bad(
      "\n  sources:",
      "\n  films:\n    - {region: {edge: top}, coefficient: 5 W/(m^2*K)}\n  sources:", 17,
      "a film has no 'ambient'"),
    Bad(
      "\n  sources:",
      "\n  films:\n    - {region: {point: [0, 4]}, coefficient: 5 W/(m^2*K), ambient: 20 degC}\n  sources:",
      17, "no side of an element on the border of the grid is in it", schema: false),
    Bad("15 degC", "15", 19, "has no unit", schema: false),
    Bad("filter: {radius: 1.5}", "filter: {radius: 0}", 22, "0.0 pixels"),
    Bad("penalty: 3", "penalty: 0.5", 24, "'penalty' of 'interpolation': 0.5 is below 1.0"),
    Bad("scheme: simp", "scheme: smip", 24, "did you mean 'simp'"),
    Bad("weight: 2", "weight: -2", 26, "the weight -2.0 is negative"),
    Bad("measure: compliance", "measure: complianse", 26, "did you mean 'compliance'"),
    Bad("measure: compliance,", "", 26, "has no 'measure'"),
    Bad(
      "measure: compliance", "measure: compliance, sweeps: 3", 26,
      "unknown key 'sweeps' of a term of 'compliance'"),
    Bad(
      "measure: compliance", "measure: compliance, cases: [top]", 26, "there is no load case 'top'",
      schema: false),
    Bad("target: 0.5", "target: 1.5", 28, "no volume fraction", schema: false),
    Bad("target: 0.5", "target: 0.01", 28, "cannot be reached: passive solid", schema: false),
    Bad("volume-fraction: 0.5", "volume-fraction: 1.5", 31, "no volume fraction"),
    Bad("volume-fraction: 0.5", "volume-fraction: 0.01", 31, "cannot be reached", schema: false),
    Bad("method: mma", "method: oc", 32, "knows no limits", schema: false),
    Bad("term: share", "term: stress", 33, "there is no term 'stress'", schema: false),
    Bad("at-most: 1", "at-most: 1 MPa", 33, "a number without dimension", schema: false),
  ]

  @Test("that are wrong are refused with line and remedy", arguments: bad)
  func refuses(_ bad: Bad) {
    let found = faults(of: ProblemText.good(bad.passage, bad.replacement))
    #expect(
      found.contains { $0.location.line == bad.line && $0.description.contains(bad.reason) },
      "found \(found)")
  }

  @Test func `all faults are told at once, of the text and of the problem`() {
    let text = ProblemText.good("title: A bar", "titel: A bar")
      .replacingOccurrences(of: "{point: [8, 2]}", with: "{point: [80, 2]}")
      .replacingOccurrences(of: "penalty: 3", with: "penalty: 0.5")
      .replacingOccurrences(of: "weight: 2", with: "weight: heavy")
    let lines = faults(of: text).compactMap(\.location.line)
    #expect(lines == [2, 12, 24, 26])
  }

  @Test func `truncated anywhere, a file is read or refused but never worse`() {
    let bytes = Array(ProblemText.good.utf8)
    var readCount = 0
    for length in stride(from: 0, to: bytes.count, by: 7) {
      if (try? ProblemFile(parsing: Array(bytes[..<length]), file: "p.yml")) != nil {
        readCount += 1
      }
    }
    // Without its terms no file is read.
    #expect(readCount < bytes.count / 7 / 2)
  }

  @Test func `the schema takes what the reader takes and refuses what the reader refuses`() throws {
    let place = try TemporaryPlace()
    let cases = Self.bad.filter(\.isInSchema)
    let good = [
      ProblemText.good, ProblemText.plain, try ProblemText.page(),
      ProblemFile(problem: SampleProblem.structure()).text,
      ProblemFile(problem: SampleProblem.cell(), hasUnits: true).text,
      ProblemFile(problem: SampleProblem.block()).text,
      ProblemText.good(
        "sinks:\n    - {region: {edge: left}, temperature: 20 degC}",
        "films:\n    - {region: {edge: top}, coefficient: 50 W/(m^2*K), ambient: 20 degC}"),
    ]
    let texts = good + cases.map { ProblemText.good($0.passage, $0.replacement) }
    try place.write(ProblemFile.schema, to: "schema.json")
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
    for (verdict, text) in zip(verdicts, good) { #expect(verdict, "the schema refuses \(text)") }
    for (verdict, bad) in zip(verdicts.dropFirst(good.count), cases) {
      #expect(!verdict, "the schema takes \(bad.replacement)")
    }
  }
}
