import Foundation
import Testing

@testable import DesignValidation

@Suite("Norms and several steps") struct NormReadingTests {
  /// A bar of two cells and 2 mm², pulled by 20 N, then by 40 N, then warmed by 50 K and free to grow: stresses of 10 and 20 MPa and none.
  private static let deck = """
    *NODE, NSET=ALL
    1, 0, 0
    2, 1, 0
    3, 3, 0
    4, 0, 1
    5, 1, 1
    6, 3, 1
    *NSET, NSET=TIP
    3, 6
    *ELEMENT, TYPE=CPS4, ELSET=BODY
    1, 1, 2, 5, 4
    2, 2, 3, 6, 5
    *ELSET, ELSET=LAST
    2
    *MATERIAL, NAME=M
    *ELASTIC
    1000, 0.25
    *EXPANSION
    1e-4
    *SOLID SECTION, ELSET=BODY, MATERIAL=M
    2
    *INITIAL CONDITIONS, TYPE=TEMPERATURE
    ALL, 20
    *BOUNDARY
    1, 1, 2
    4, 1
    *STEP
    *STATIC
    *CLOAD
    TIP, 1, 10
    *END STEP
    *STEP
    *STATIC
    *CLOAD, OP=NEW
    TIP, 1, 20
    *END STEP
    *STEP
    *STATIC
    *TEMPERATURE
    ALL, 70
    *CLOAD, OP=NEW
    *END STEP

    """

  private static func part(_ reading: String, below: String) -> String {
    """
    gcgan: part/1
    title: A bar
    family: part
    context: a test
    units: {length: mm, force: N, temperature: K}
    models: [{name: bar, deck: bar.inp, stated: true}]
    limits:
      - name: a limit
        \(reading)
        below: \(below)
        source: a test

    """
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let reading: String
    let expected: Double
    var unit = "MPa"
    var testDescription: String { reading }
  }

  static let cases = [
    // 2 · 10⁴ of two cells.
    Case(
      reading: "{read: stress von-mises, at: {norm-over: BODY, exponent: 4}, step: 1}",
      expected: 10 * pow(2, 0.25)),
    Case(
      reading: "{read: stress xx, at: {norm-over: BODY, exponent: 2}, steps: [1, 2]}",
      expected: 1000.squareRoot()),
    Case(
      reading: "{read: stress xx, at: {norm-over: [BODY, LAST], exponent: 2}, steps: [1, 2]}",
      expected: 600.squareRoot()),
    Case(
      reading: "{read: stress xx, at: {rms-over: BODY}, steps: [1, 2]}", expected: 250.squareRoot()),
    // 20 and, of two cells alike, 5/4 ln 2 more.
    Case(
      reading: "{read: stress xx, at: {ks-over: BODY, exponent: 4, scale: 5 MPa}, step: 2}",
      expected: 20 + 1.25 * log(2)),
    // 3 mm at 10 MPa of 1000 MPa.
    Case(reading: "{read: displacement x, at: {set: TIP}, step: 1}", expected: 0.03, unit: "mm"),
    Case(
      reading: "{read: displacement x, at: {set: TIP}, steps: [1, 2], weights: [3, 0.5]}",
      expected: 3 * 0.03 + 0.5 * 0.06, unit: "mm"),
    Case(
      reading: "{read: temperature, at: {norm-over: ALL, exponent: 1}, zero: 20 K, step: 3}",
      expected: 300, unit: "K"),
    Case(
      reading: "{read: temperature, at: {set: TIP}, zero: 20 K, step: 3}", expected: 50, unit: "K"),
    // ½ σ²/E of 6 mm³, and twice that.
    Case(reading: "{read: strain-energy, steps: [1, 2]}", expected: 0.3 + 1.2, unit: "mJ"),
    Case(reading: "{read: load-work, step: 2}", expected: 2.4, unit: "mJ"),
    // Free growth by 0.005 in both directions: 2 E/(1 − ν) ε² of 6 mm³, and no energy of stresses.
    Case(
      reading: "{read: load-work, step: 3}", expected: 2 * 1000 / 0.75 * 0.005 * 0.005 * 6,
      unit: "mJ"),
  ]

  @Test("are what a bar has by hand", arguments: cases)
  func reads(_ c: Case) throws {
    let folder = try PartsFolder()
    try folder.write(Self.deck, to: "p/bar.inp")
    let keys = c.reading.dropFirst().dropLast()
    // One key a line: a flow mapping cannot stand among block keys.
    let lines = Self.keys(String(keys)).joined(separator: "\n    ")
    try folder.write(Self.part(lines, below: "\(c.expected * 1.001) \(c.unit)"), to: "p/part.yml")
    let part = try #require(PartFolder(at: folder.path + "/p"))
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
    let reading = try #require(result.limits.first?.readings.first)
    let value = try #require(reading.value, "\(reading.failure ?? "") \(result)")
    // Printed by nobody: sums of a few numbers.
    #expect(abs(value - c.expected) <= 1e-9 * c.expected)
    #expect(result.limits[0].verdict == .pass)
  }

  /// `a: 1, b: {c: 2}` cut at the commas between keys.
  private static func keys(_ text: String) -> [String] {
    var (keys, depth) = ([""], 0)
    for letter in text {
      if "{[".contains(letter) { depth += 1 }
      if "}]".contains(letter) { depth -= 1 }
      if letter == ",", depth == 0 { keys.append("") } else { keys[keys.count - 1].append(letter) }
    }
    return keys.map { String($0.drop { $0 == " " }) }
  }

  @Test(
    "faults are told",
    arguments: [
      ("at: {norm-over: BODY}", "has no 'exponent'"),
      ("at: {norm-over: BODY, exponent: 0.5}", "within 1…1000"),
      ("at: {rms-over: BODY, exponent: 2}", "'exponent' does not go with 'rms-over'"),
      ("at: {ks-over: BODY, exponent: 8}", "has no 'scale'"),
      ("at: {ks-over: BODY, exponent: 8, scale: 1 mm}", "'scale' of 'ks-over'"),
      ("at: {norm-over: [A, B, C], exponent: 8}\n    steps: [1, 2]", "3 sets for 2 steps"),
      ("at: max\n    steps: [1, 2]", "'steps' does not go with a largest"),
      ("at: {set: TIP}\n    steps: [1, 1]", "each once"),
      ("at: {set: TIP}\n    steps: [1, 2]\n    weights: [1]", "a number for each of the 2 steps"),
      ("at: {set: TIP}\n    weights: [1]", "'weights' without 'steps'"),
      ("at: {set: TIP}\n    step: 1\n    steps: [1]", "do not go together"),
      ("at: {set: TIP}\n    zero: 1 mm", "expected a stress"),
    ])
  func faults(_ reading: String, _ problem: String) {
    let text = Self.part("read: stress xx\n    " + reading, below: "1 MPa")
    #expect {
      try PartFile(parsing: Array(text.utf8), file: "part.yml")
    } throws: {
      "\($0)".contains(problem)
    }
  }
}
