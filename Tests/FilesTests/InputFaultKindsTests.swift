import Testing

@testable import Files

@Suite("Faults of one kind") struct InputFaultKindsTests {
  static func fault(_ line: Int?, _ problem: String, file: String = "a.inp") -> InputFault {
    InputFault(at: .init(file: file, line: line), problem, remedy: "mend it")
  }

  @Test func `up to three stay lines of their own`() {
    let faults = (1...3).map { (line: Int) in Self.fault(line, "cell \(line) has no area") }
    #expect(faults.lines == faults.map(\.description))
  }

  @Test func `more are one line with their count and the first few places`() {
    let faults =
      [Self.fault(1, "there is no step")]
      + (2...101).map { (line: Int) in Self.fault(line, "cell \(line * 7) has no area") }
      + [Self.fault(200, "there is no node -1.5")]
    #expect(
      faults.lines == [
        "a.inp:1: there is no step; mend it",
        "a.inp:2: cell 14 has no area; mend it (and 99 more of this kind, in lines 3, 4, 5, …)",
        "a.inp:200: there is no node -1.5; mend it",
      ])
    #expect(InputFaults(faults).summary == faults.lines)
  }

  @Test(
    "numbers alone do not make another kind, words do",
    arguments: [
      (["x is -1.5", "x is 2", "x is 3", "x is 4"], 1),
      (["node 1 of A", "node 2 of A", "node 3 of B", "node 4 of A"], 4),
      (["node 1 of A", "node 2 of A", "node 3 of A", "node 4 of A"], 1),
    ])
  func kinds(_ problems: [String], _ count: Int) {
    let faults = problems.enumerated().map { Self.fault($0.offset + 1, $0.element) }
    #expect(faults.lines.count == count)
  }

  @Test(
    "places",
    arguments: [
      // All in one line; in other files; without lines.
      ([5, 5, 5, 5], ["a", "a", "a", "a"], ""),
      ([5, 6, 6, 6], ["a", "a", "a", "a"], ", in line 6"),
      ([5, 6, 7, 8], ["a", "b", "b", "a"], ", in lines b:6, b:7, 8"),
      ([nil, nil, nil, nil], ["a", "a", "a", "a"], ""),
    ] as [([Int?], [String], String)])
  func places(_ lines: [Int?], _ files: [String], _ expected: String) {
    let faults = zip(lines, files).map { Self.fault($0, "cell 1 has no area", file: $1) }
    #expect(faults.lines.count == 1)
    #expect(faults.lines[0].hasSuffix("mend it (and 3 more of this kind\(expected))"))
  }
}
