import Foundation
import TestSupport
import Testing

/// `gcgan-solve gradient`, `check-gradient`, `optimise` and `schema` as a person calls them.
@Suite("gcgan-solve on designs") struct DesignProgramTests {
  private let solve = BuiltProgram("gcgan-solve")
  private static let problem = """
    gcgan: problem/1
    grid: {columns: 6, rows: 4}
    solids:
      - {youngs-modulus: 1, poissons-ratio: 0.3}
    supports:
      - {region: {edge: left}, axes: [x, y]}
    load-cases:
      - loads:
          - {region: {point: [6, 0]}, force: [0, -1]}
    filter: {radius: 1.5}
    terms:
      - {measure: compliance}
      - {measure: stress, weight: 0.5}
    optimisation: {method: oc, volume-fraction: 0.5, iteration-limit: 5}

    """

  /// An `.npy` of doubles.
  private func array(_ shape: [Int], _ value: Double) -> Data {
    array(shape, Array(repeating: value, count: shape.reduce(1, *)))
  }

  private func array(_ shape: [Int], _ values: [Double]) -> Data {
    let tuple = shape.map { "\($0)," }.joined()
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(tuple)), }\n"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0])
    data += Data(header.utf8)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { data += Data($0) }
    }
    return data
  }

  private func json(_ place: TemporaryPlace, _ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: place.url.appending(path: name))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `gradient writes the terms and an array of the design's shape`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem, to: "p.yml")
    let density = try place.write(array([4, 6], 0.5), to: "rho.npy")
    let run = try solve.run([
      "gradient", "--problem", problem, "--density", density, "-o", place.path + "/out",
    ])
    #expect(run.code == 0, "\(run)")
    #expect(run.errors.isEmpty)
    #expect(place.names == ["out", "out/gradient.npy", "out/term.json", "p.yml", "rho.npy"])
    let object = try json(place, "out/term.json")
    let terms = try #require(object["terms"] as? [[String: Any]])
    #expect(terms.map { $0["name"] as? String } == ["compliance", "stress"])
    #expect(terms.map { $0["weight"] as? Double } == [1, 0.5])
    let values = terms.compactMap { $0["value"] as? Double }
    let total = try #require(object["total"] as? Double)
    // The weighted sum, to the last digits.
    #expect(abs(values[0] + 0.5 * values[1] - total) <= 1e-14 * abs(total))
    let gradient = try Data(contentsOf: place.url.appending(path: "out/gradient.npy"))
    #expect(String(decoding: gradient.prefix(128), as: UTF8.self).contains("'shape': (4, 6)"))
    #expect(gradient.count == 128 + 8 * 24)
  }

  @Test func `check-gradient prints the order of every term`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem, to: "p.yml")
    let run = try solve.run(["check-gradient", "--problem", problem, "--directions", "2"])
    #expect(run.code == 0, "\(run)")
    for line in run.output.split(separator: "\n").dropFirst() {
      let words = line.split(separator: " ")
      // The order of a Taylor remainder.
      #expect(abs((Double(words[1]) ?? 0) - 2) <= 0.1, "\(line)")
    }
    #expect(run.output.split(separator: "\n").count == 3)
    #expect(place.names == ["p.yml"])
  }

  /// ρ^1.2 has no second derivative at ρ = 0: the remainder there is of order 1.2.
  @Test func `check-gradient ends with 1 where a value has no smooth gradient, and names the term`()
    throws
  {
    let place = try TemporaryPlace()
    let text = Self.problem.replacing(
      "filter: {radius: 1.5}", with: "interpolation: {penalty: 1.2}")
    let problem = try place.write(text, to: "p.yml")
    let density = try place.write(
      array([4, 6], (0..<24).map { $0 % 6 < 2 ? 0 : 0.5 }), to: "rho.npy")
    let run = try solve.run(["check-gradient", "--problem", problem, "--density", density])
    #expect(run.code == 1, "\(run)")
    #expect(run.errors.contains("the gradient does not match the value: the order is below 1.9"))
    #expect(run.errors.contains("'compliance'"))
    #expect(run.output.split(separator: "\n")[1].hasSuffix("FAIL"))
    #expect(place.names == ["p.yml", "rho.npy"])
  }

  @Test func `optimise takes a folder, and one bad file does not stop it`() throws {
    let place = try TemporaryPlace()
    try place.write(Self.problem, to: "all/a.yml")
    try place.write(Self.problem.replacing("filter", with: "filtre"), to: "all/b.yml")
    let run = try solve.run(["optimise", "--problem", place.path + "/all", "-o", place.path + "/o"])
    #expect(run.code == 65)
    #expect(run.errors.contains("b.yml:10: unknown key 'filtre'"))
    #expect(run.output.hasPrefix("a: iteration-limit after 5 iterations"))
    let files = [
      "density.npy", "density.png", "design.inp", "design.npy", "design.png", "design.stl",
      "history.json", "part.yml", "pixels.inp", "problem.yml", "solid.npy", "solid.png",
    ].map { "o/a/\($0)" }
    #expect(place.names.filter { $0.hasPrefix("o/") } == ["o/a"] + files)
    let iterations = try #require(
      try json(place, "o/a/history.json")["iterations"] as? [[String: Any]])
    let objectives = iterations.compactMap { $0["objective"] as? Double }
    #expect(objectives.count == 5)
    #expect((objectives.last ?? .infinity) < objectives[0])
    // What it found goes back into 'gradient'.
    let again = try solve.run([
      "gradient", "--problem", place.path + "/all/a.yml", "--density",
      place.path + "/o/a/design.npy", "-q",
    ])
    #expect(again.code == 0, "\(again)")
    let total = try #require(try json(place, "o/a/term.json")["total"] as? Double)
    // The search solves to residuals of 1e-9, 'gradient' to 1e-12.
    #expect(abs(total - (objectives.last ?? .nan)) <= 1e-8 * total)
  }

  @Test("a signal leaves the last design and its history", arguments: [SIGINT, SIGTERM])
  func interrupted(_ signal: Int32) throws {
    let place = try TemporaryPlace()
    // Hours of work: it does not end by itself.
    let long = Self.problem.replacing(
      "iteration-limit: 5", with: "iteration-limit: 1000000, change-tolerance: 0")
    let problem = try place.write(long, to: "p.yml")
    let process = try solve.start(
      ["optimise", "--problem", problem, "-o", place.path + "/o"],
      output: place.url.appending(path: "out"), errors: place.url.appending(path: "err"))
    // A second is hundreds of iterations; before the first there would be no design to leave.
    process.waitUntilCatching(signal)
    usleep(1_000_000)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 128 + signal)
    #expect(try json(place, "o/p/history.json")["state"] as? String == "stopped")
    #expect(place.names.filter { $0.hasPrefix("o/p/") }.count == 12)
  }

  @Test(
    "wrong use ends with 64",
    arguments: [
      ["gradient"], ["gradient", "--problem", "p.yml"], ["optimise", "--problem", "p.yml"],
      ["check-gradient"], ["check-gradient", "--problem", "p.yml", "--directions", "0"],
      ["gradient", "--problem", "p.yml", "--density", "a.npy", "--threads", "0"],
      ["schema", "part"], ["optimise", "--colour"],
    ])
  func wrongUse(_ arguments: [String]) throws {
    let run = try solve.run(arguments)
    #expect(run.code == 64, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Usage: gcgan-solve \(arguments[0])"))
  }

  @Test func `bad data ends with 65, in words, and writes nothing`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem, to: "p.yml")
    let bad = try place.write(Self.problem.replacing("[0, -1]", with: "[0, 0]"), to: "bad.yml")
    let good = try place.write(array([4, 6], 0.5), to: "rho.npy")
    let cases: [(String, String, String)] = [
      (
        problem, try place.write(array([6, 4], 0.5), to: "t.npy"), "the array is 6 × 4; a design of"
      ),
      (
        problem, try place.write(array([4, 6], 1.5), to: "l.npy"),
        "1.5 at row 0, column 0 is not within 0…1"
      ),
      (problem, try place.write(array([4, 6], .nan), to: "n.npy"), "nan at row 0, column 0"),
      (problem, try place.write(array([4, 6], 0), to: "v.npy"), "acts on void only"),
      (problem, try place.write("rho", to: "x.npy"), "this is not a .npy file"),
      (problem, place.path + "/none.npy", "cannot be read"),
      (
        bad, good,
        "bad.yml:9: 'force' of item 1 of 'loads' of item 1 of 'load-cases': the force is zero"
      ),
      (place.path + "/none.yml", good, "cannot be read"),
    ]
    for (problem, density, reason) in cases {
      let run = try solve.run([
        "gradient", "--problem", problem, "--density", density, "-o", place.path + "/out",
      ])
      #expect(run.code == 65, "\(run)")
      #expect(run.errors.contains(reason), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
    #expect(!place.names.contains { $0.hasPrefix("out") })
    let none = try solve.run([
      "optimise", "--problem",
      try place.write(
        Self.problem.replacing(
          "optimisation: {method: oc, volume-fraction: 0.5, iteration-limit: 5}", with: ""),
        to: "no.yml"),
      "-o", place.path + "/out",
    ])
    #expect(none.code == 65)
    #expect(none.errors.contains("the file has no 'optimisation'"))
  }

  @Test func `a folder that cannot be written to ends with 73`() throws {
    let place = try TemporaryPlace()
    let problem = try place.write(Self.problem, to: "p.yml")
    let density = try place.write(array([4, 6], 0.5), to: "rho.npy")
    for command in [["gradient", "--density", density], ["optimise"]] {
      let run = try solve.run(command + ["--problem", problem, "-o", density])
      #expect(run.code == 73, "\(run)")
      #expect(run.errors.contains("this is not a folder"))
    }
    #expect(place.names == ["p.yml", "rho.npy"])
  }

  @Test func `the schema is JSON, and a deck with a command's name is reached by its path`() throws
  {
    let schema = try solve.run(["schema"])
    #expect(schema.code == 0)
    let object =
      try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) as? [String: Any]
    #expect(object?["title"] as? String == "gcgan problem file")
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "gradient.inp")
    #expect(try solve.run([deck]).code == 0)
    #expect(place.names == ["gradient.dat", "gradient.inp", "gradient.json", "gradient.vtu"])
  }
}
