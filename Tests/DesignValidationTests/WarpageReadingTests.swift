import Testing

@testable import DesignValidation

@Suite("Warpage over a set") struct WarpageReadingTests {
  /// Nodes at x = 0, 1 and 3 mm whose middle one is lifted by 0.1 mm: the best-fit line leaves 0.1 mm · √(3/14), by hand.
  static let deck = """
    *NODE, NSET=ALL
    1, 0, 0
    2, 1, 0
    3, 3, 0
    4, 0, 1
    5, 1, 1
    6, 3, 1
    *NSET, NSET=SIDE
    1, 2, 3
    *ELEMENT, TYPE=CPS4, ELSET=BODY
    1, 1, 2, 5, 4
    2, 2, 3, 6, 5
    *MATERIAL, NAME=M
    *ELASTIC
    1000, 0.25
    *SOLID SECTION, ELSET=BODY, MATERIAL=M
    2
    *BOUNDARY
    1, 1, 2
    3, 2
    *STEP
    *STATIC
    *BOUNDARY
    2, 2, 2, 0.1
    *END STEP

    """

  static func part(_ place: String) -> String {
    """
    gcgan: part/1
    title: A side
    family: chip
    context: a test
    units: {length: mm, force: N}
    models: [{name: bar, deck: bar.inp, stated: true}]
    limits:
      - name: warpage
        read: displacement y
        at: \(place)
        below: 0.05 mm
        source: a test

    """
  }

  private func reading(_ place: String) throws -> ReadingValue {
    let folder = try PartsFolder()
    try folder.write(Self.deck, to: "p/bar.inp")
    try folder.write(Self.part(place), to: "p/part.yml")
    let part = try #require(PartFolder(at: folder.path + "/p"))
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
    let reading = try #require(result.limits.first?.readings.first, "\(result)")
    return ReadingValue(value: reading.value, failure: reading.failure ?? "")
  }

  private struct ReadingValue {
    let value: Double?
    let failure: String
  }

  @Test func `the best-fit line is removed`() throws {
    let value = try #require(try reading("{warp-over: SIDE}").value)
    #expect(abs(value - 0.1 * (3.0 / 14).squareRoot()) < 1e-12)
  }

  @Test func `a set that the deck does not have is told`() throws {
    #expect(try reading("{warp-over: OTHER}").failure.contains("OTHER"))
  }

  @Test func `an exponent does not go with it`() throws {
    let folder = try PartsFolder()
    try folder.write(Self.deck, to: "p/bar.inp")
    try folder.write(Self.part("{warp-over: SIDE, exponent: 8}"), to: "p/part.yml")
    let part = try #require(PartFolder(at: folder.path + "/p"))
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
    #expect(
      result.failure?.details.contains { $0.contains("'exponent' does not go with 'warp-over'") }
        == true)
  }
}

@Suite("Volume of a set") struct SetVolumeTests {
  /// A cell of 1 mm and one of 2 mm by 1 mm, 2 mm thick: by hand.
  @Test("is that of its elements", arguments: [("BODY", 6.0), ("LAST", 4.0), ("OTHER", nil)])
  func volume(_ set: String, _ expected: Double?) throws {
    let folder = try PartsFolder()
    try folder.write(
      WarpageReadingTests.deck.replacing("*MATERIAL", with: "*ELSET, ELSET=LAST\n2\n*MATERIAL"),
      to: "p/bar.inp")
    let text = WarpageReadingTests.part("{set: \(set)}").replacing("displacement y", with: "volume")
      .replacing("below: 0.05 mm", with: "below: 5 mm^3")
    try folder.write(text, to: "p/part.yml")
    let part = try #require(PartFolder(at: folder.path + "/p"))
    let result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
    let reading = try #require(result.limits.first?.readings.first, "\(result)")
    if let expected {
      #expect(abs(try #require(reading.value) - expected) < 1e-12)
    } else {
      #expect(reading.failure?.contains("OTHER") == true)
    }
  }
}
