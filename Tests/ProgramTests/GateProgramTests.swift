import Foundation
import TestSupport
import Testing

/// From a problem with limits to a verdict, as a person goes.
@Suite("The gate", .serialized) struct GateProgramTests {
  private let solve = BuiltProgram("gcgan-solve")
  private let generate = BuiltProgram("gcgan-generate")
  private let validate = BuiltProgram("gcgan-validate")
  private static let model = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Validation/Models/part-64x64.safetensors").path

  private static func problem(
    force: String,
    terms: String = "[{measure: compliance}, {measure: stress, weight: 0, limit: 235 MPa}]",
    columns: Int = 64,
    optimisation: String = "method: oc, volume-fraction: 0.4, iteration-limit: 15",
    extra: String = ""
  ) -> String {
    """
    gcgan: problem/1
    title: A bracket for the wall
    grid: {columns: \(columns), rows: \(columns), pixel-size: 1 mm, thickness: 1 mm}
    solids: [{youngs-modulus: 210 GPa, poissons-ratio: 0.3}]
    supports: [{region: {edge: left}, axes: [x, y]}]
    load-cases: [{loads: [{region: {point: [\(columns), \(columns / 2)]}, force: [0 N, \(force)]}]}]
    filter: {radius: 1.5}
    \(extra)
    terms: \(terms)
    optimisation: {\(optimisation)}

    """
  }

  private func text(_ place: TemporaryPlace, _ name: String) throws -> String {
    try String(contentsOf: place.url.appending(path: name), encoding: .utf8)
  }

  private func draw(_ place: TemporaryPlace, _ arguments: String...) throws -> BuiltProgram.Run {
    try generate.run([Self.model, "-o", place.path + "/parts"] + arguments)
  }

  @Test func `a drawing under a load that breaks it fails, and the report says where`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem(force: "-1 MN"), to: "b.yml")
    let drawn = try draw(place, "--problem", problem)
    #expect(drawn.code == 0, "\(drawn)")
    #expect(drawn.errors.contains("'filter' of the problem: kept in problem.yml"))
    let run = try validate.run([place.path + "/parts"])
    #expect(run.code == 1, "\(run)")
    #expect(run.output.contains("FAIL           b"))
    #expect(run.output.contains("von Mises stress at most 235 MPa"))
    #expect(run.output.contains("below  235 MPa"))
    #expect(run.output.contains("within 2 of singular places left out"))
    let line = try #require(
      run.output.split(separator: "\n").first { $0.contains("singular places") })
    #expect(line.contains("at node "))
    // What was asked for is still in the folder.
    let kept = try text(place, "parts/b/problem.yml")
    for words in ["A bracket for the wall", "measure: stress", "235", "filter: {radius: 1.5}"] {
      #expect(kept.contains(words), "\(kept)")
    }
    let part = try text(place, "parts/b/part.yml")
    #expect(part.contains("title: \"A bracket for the wall\""))
    for words in [
      "read: volume", "read: unsupported-loads", "problem.yml, 'limit' of term 'stress'",
    ] {
      #expect(part.contains(words), "\(part)")
    }
  }

  @Test func `the same under a load that it bears passes`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem(force: "-50 N"), to: "b.yml")
    #expect(try draw(place, "--problem", problem).code == 0)
    let run = try validate.run([place.path + "/parts", "--verbose"])
    #expect(run.code == 0, "\(run)")
  }

  /// 41 pixels cannot reach from one side to the other.
  @Test func `a drawing that cannot carry its loads is told, ends with 3, and fails`() throws {
    let place = try TemporaryPlace()
    let text = Self.problem(force: "-1 N").replacing(
      "volume-fraction: 0.4", with: "volume-fraction: 0.01")
    let problem = try place.write(text, to: "b.yml")
    let drawn = try draw(place, "--problem", problem)
    #expect(drawn.code == 3, "\(drawn)")
    #expect(drawn.errors.contains("the part is written and fails"), "\(drawn)")
    let run = try validate.run([place.path + "/parts"])
    #expect(run.code == 1, "\(run)")
  }

  @Test func `a problem without a limit is told, and its part ends undecided`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(
      Self.problem(force: "-50 N", terms: "[{measure: compliance}]"), to: "b.yml")
    let drawn = try draw(place, "--problem", problem)
    #expect(drawn.code == 0 && drawn.errors.contains("states no limit on a stress"), "\(drawn)")
    let run = try validate.run([place.path + "/parts"])
    #expect(run.code == 2, "\(run)")
    #expect(run.output.contains("UNDECIDED      b") && run.output.contains("states no limit"))
  }

  @Test func `parts of the family are held to the stiffness of a reference`() throws {
    let place = try TemporaryPlace()
    let drawn = try draw(
      place, "--family", "part", "--distribution", "catalogue", "--count", "3", "--refine", "5")
    #expect(drawn.code == 0, "\(drawn)")
    let part = try text(place, "parts/part-0000/part.yml")
    #expect(part.contains("1.1 times that of a reference design"))
    // The fields, the drawing, five steps and what ends them, the refined design.
    #expect(part.contains("  solves: 9\n"), "the reference's solves are not the design's: \(part)")
    let run = try validate.run([place.path + "/parts"])
    #expect(run.code <= 1, "\(run)")
    #expect(!run.output.contains("UNDECIDED"))
  }

  @Test func `old parts never stay beside new ones`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem(force: "-50 N"), to: "b.yml")
    #expect(try draw(place, "--problem", problem, "--count", "2").code == 0)
    #expect(place.names.contains("parts/b-0001/part.yml"))
    // The same set again: replaced.
    #expect(try draw(place, "--problem", problem, "--count", "2", "--seed", "2").code == 0)
    #expect(try text(place, "parts/b-0001/part.yml").contains("seed: 2"))
    // Another set: refused by name, nothing is touched.
    let before = place.names
    let other = try draw(place, "--problem", problem)
    #expect(other.code == 73, "\(other)")
    #expect(
      other.errors.contains("'b-0000', 'b-0001'") && other.errors.contains("name another folder"))
    #expect(place.names == before)
  }

  @Test func `a part under the same name that a person wrote is not replaced`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem(force: "-50 N"), to: "b.yml")
    try place.write("gcgan: part/1\ntitle: mine\n", to: "parts/b/part.yml")
    let run = try draw(place, "--problem", problem)
    #expect(run.code == 73 && run.errors.contains("has not written the part there"), "\(run)")
    #expect(try text(place, "parts/b/part.yml").contains("title: mine"))
  }

  @Test("optimised designs are parts with their limits", arguments: [("-1 MN", 1), ("-50 N", 0)])
  func optimised(_ force: String, _ code: Int32) throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem(force: force, columns: 32), to: "b.yml")
    let run = try solve.run(["optimise", "--problem", problem, "-o", place.path + "/opt"])
    #expect(run.code == 0, "\(run)")
    let names = [
      "density.npy", "density.png", "design.inp", "design.npy", "design.png", "design.stl",
      "history.json", "part.yml", "pixels.inp", "problem.yml", "solid.npy", "solid.png",
    ]
    #expect(place.names.filter { $0.hasPrefix("opt/b/") } == names.map { "opt/b/\($0)" })
    let judged = try validate.run([place.path + "/opt"])
    #expect(judged.code == code, "\(judged)")
    if code == 1 {
      #expect(judged.output.contains("von Mises stress at most 235 MPa"))
      #expect(judged.output.contains("within 2 of singular places left out"))
    }
    let part = try text(place, "opt/b/part.yml")
    #expect(part.contains("program: \"gcgan-solve optimise") && part.contains("solves: 15"))
  }

  @Test func `an optimised design that becomes no part is told by the gate`() throws {
    let place = try TemporaryPlace()
    let text = Self.problem(
      force: "-50 N", terms: "[{measure: compliance}]", columns: 16,
      optimisation: "method: mma, volume-fraction: 0.4, iteration-limit: 3"
    ).replacing(
      "solids: [{", with: "solids: [{index: 2, youngs-modulus: 70 GPa, poissons-ratio: 0.3}, {")
    let problem = try place.write(text, to: "two.yml")
    let run = try solve.run(["optimise", "--problem", problem, "-o", place.path + "/opt"])
    #expect(run.code == 0, "\(run)")
    #expect(
      run.errors.contains("two: no part to judge is written: there are two solids"), "\(run)")
    #expect(run.output.contains("no part to judge: there are two solids"))
    let judged = try validate.run([place.path + "/opt"])
    #expect(judged.code == 3, "\(judged)")
    #expect(judged.output.contains("there is nothing to judge"))
    #expect(judged.output.contains("two solids"))
  }

  @Test
  func `an optimised design of a warm problem in two load cases is judged in each of its steps`()
    throws
  {
    let place = try TemporaryPlace()
    let text = Self.problem(
      force: "-50 N", columns: 16,
      extra: """
        temperature-change: 10 K
        passive: [{region: {box: [[6, 0], [10, 3]]}, filling: void}]
        """
    ).replacing(
      "load-cases: [{",
      with:
        "load-cases: [{name: pull, warm: false, loads: [{region: {edge: right}, force: [80 N, 0 N]}]}, {name: down, "
    ).replacing("poissons-ratio: 0.3}", with: "poissons-ratio: 0.3, expansion: 1.2e-5 1/K}")
    let problem = try place.write(text, to: "warm.yml")
    let run = try solve.run(["optimise", "--problem", problem, "-o", place.path + "/opt"])
    #expect(run.code == 0, "\(run)")
    let deck = try self.text(place, "opt/warm/pixels.inp")
    #expect(deck.split(separator: "*STEP").count == 3 && deck.contains("*TEMPERATURE\nNALL, 10.0"))
    let part = try self.text(place, "opt/warm/part.yml")
    #expect(part.contains("in step 1") && part.contains("in step 2"))
    let judged = try validate.run([place.path + "/opt"])
    #expect(judged.code == 0, "\(judged)")
  }

  @Test func `an optimisation without a filter is told what to add`() throws {
    let place = try TemporaryPlace()
    let text = Self.problem(force: "-50 N", columns: 16).replacing(
      "filter: {radius: 1.5}\n", with: "")
    let problem = try place.write(text, to: "b.yml")
    let run = try solve.run(["optimise", "--problem", problem, "-o", place.path + "/opt"])
    #expect(run.code == 0)
    #expect(run.errors.contains("add 'filter: {radius: 1.5}'"), "\(run)")
  }

  /// The densities of an optimisation are filtered already; filtered once more they are another design.
  @Test func `the densities of an optimisation give its objective again`() throws {
    let place = try TemporaryPlace()
    let text = Self.problem(force: "-50 N", terms: "[{measure: compliance}]", columns: 16)
    let problem = try place.write(text, to: "b.yml")
    #expect(try solve.run(["optimise", "--problem", problem, "-o", place.path + "/opt"]).code == 0)
    let history =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: place.url.appending(path: "opt/b/history.json"))) as? [String: Any]
    let iterations = try #require(history?["iterations"] as? [[String: Any]])
    let objective = try #require(iterations.last?["objective"] as? Double)
    for name in ["density.npy", "design.npy"] {
      let run = try solve.run([
        "gradient", "--problem", problem, "--density", place.path + "/opt/b/" + name, "-o",
        place.path + "/" + name,
      ])
      #expect(run.code == 0, "\(run)")
      #expect(run.errors.contains("filtered and projected already") == (name == "density.npy"))
      let term =
        try JSONSerialization.jsonObject(
          with: Data(contentsOf: place.url.appending(path: "\(name)/term.json"))) as? [String: Any]
      let total = try #require(term?["total"] as? Double)
      // Compliance at a residual of 1e-6 is right to 1e-9.
      #expect(abs(total - objective) <= 1e-8 * objective, "\(name)")
    }
  }
}
