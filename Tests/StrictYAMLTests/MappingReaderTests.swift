import Files
import Meshing
import StrictYAML
import Testing

@Suite("Keys of a mapping") struct MappingReaderTests {
  private let kind = YAMLFileKind(name: "a test file", firstLine: "gcgan: test/1")

  /// Reads `a: TEXT` and gives what the reader finds and what it faults.
  private func read<Value>(
    _ text: String, _ body: (MappingReader) -> Value?
  ) throws -> (value: Value?, faults: [InputFault]) {
    let tree = try YAMLTree.parse(Array("a: \(text)\nb: 1\n".utf8), file: "t.yml", kind: kind)
    let faults = YAMLFaults(file: "t.yml")
    let keys = try #require(MappingReader(tree, "the test", keys: ["a", "b"], faults: faults))
    return (body(keys), faults.faults)
  }

  @Test(
    "a number is finite and has no unit",
    arguments: [
      ("3", 3), ("-0.5", -0.5), ("1e-9", 1e-9), ("+2.5E3", 2500), ("'7'", 7), (".5", 0.5),
    ])
  func numbers(_ text: String, _ expected: Double) throws {
    let (value, faults) = try read(text) { $0.number("a") }
    #expect(value == expected)
    #expect(faults.isEmpty)
  }

  @Test(
    "what is no number is refused with its line",
    arguments: [
      ("3 mm", "'a' of the test is a number without unit, found '3 mm'"),
      ("1 %", "is a number without unit"), (".inf", "does not begin with a number"),
      (".nan", "does not begin with a number"), ("nan", "does not begin with a number"),
      ("1e999", "not a finite number"), ("0x10", "a number without unit, found '0x10'"),
      ("1,5", "decimal point"),
      ("[1]", "is a text, found a list"), ("{x: 1}", "is a text, found a mapping"),
      ("~", "has no value"), ("\"\"", "has no value"), ("yes", "does not begin with a number"),
    ])
  func noNumber(_ text: String, _ reason: String) throws {
    let (value, faults) = try read(text) { $0.number("a") }
    #expect(value == nil)
    #expect(faults.count == 1)
    #expect(faults.first?.location == .init(file: "t.yml", line: 1))
    #expect(faults.first?.description.contains(reason) == true, "\(faults)")
  }

  @Test func `a number out of bounds says the bounds`() throws {
    let (low, faults) = try read("0.5") { $0.number("a", in: 1...Double.infinity) }
    #expect(low == nil)
    #expect(
      faults.map(\.description) == ["t.yml:1: 'a' of the test is 0.5; it is a number from 1.0"])
    let (high, others) = try read("2") { $0.number("a", in: 0...1) }
    #expect(high == nil)
    #expect(others.first?.remedy == "it is a number from 0.0 to 1.0")
    #expect(try read("1") { $0.number("a", in: 0...1) }.value == 1)
  }

  @Test func `a missing number is a fault only where it is required`() throws {
    let tree = try YAMLTree.parse(Array("b: 1".utf8), file: "t.yml", kind: kind)
    let faults = YAMLFaults(file: "t.yml")
    let keys = try #require(MappingReader(tree, "the test", keys: ["a", "b"], faults: faults))
    #expect(keys.number("a", isRequired: false) == nil)
    #expect(faults.faults.isEmpty)
    #expect(keys.number("a") == nil)
    #expect(keys.whole("a", in: 0...9) == nil)
    #expect(keys.numbers("a") == nil)
    #expect(keys.numberLists("a") == nil)
    #expect(faults.faults.map(\.problem) == Array(repeating: "the test has no 'a'", count: 4))
  }

  @Test func `whole numbers have bounds and no point`() throws {
    #expect(try read("64") { $0.whole("a", in: 1...100) }.value == 64)
    for text in ["0", "101", "6.4", "6e1", "99999999999999999999", "six"] {
      let (value, faults) = try read(text) { $0.whole("a", in: 1...100) }
      #expect(value == nil)
      #expect(
        faults.first?.problem == "'a' of the test is a whole number from 1 to 100, found '\(text)'")
    }
    let (_, faults) = try read("0") { $0.whole("a", in: 1...Int.max) }
    #expect(faults.first?.problem == "'a' of the test is a whole number from 1, found '0'")
  }

  @Test func `a vector has as many numbers as it should`() throws {
    #expect(try read("[0, -1.5]") { $0.numbers("a", counts: 2...3) }.value == [0, -1.5])
    for (text, reason) in [
      ("[0]", "'a' of the test has 2 to 3 numbers, found 1"), ("[]", "is empty"),
      ("[1, 2, 3, 4]", "has 2 to 3 numbers, found 4"), ("[1, x]", "does not begin with a number"),
      ("[1, [2]]", "lists numbers, found a list"), ("3", "is a list, found '3'"),
    ] {
      let (value, faults) = try read(text) { $0.numbers("a", counts: 2...3) }
      #expect(value == nil)
      #expect(faults.count == 1)
      #expect(faults.first?.problem.contains(reason) == true, "\(faults)")
    }
  }

  @Test func `a list of pairs names the pair that is none`() throws {
    #expect(try read("[[0, 1], [2, 3.5]]") { $0.numberLists("a") }.value == [[0, 1], [2, 3.5]])
    let (value, faults) = try read("[[0, 1], [2], 3, [4, y]]") { $0.numberLists("a") }
    #expect(value == nil)
    #expect(faults.map(\.problem).count == 3)
    #expect(faults.first?.problem == "item 2 of 'a' of the test has 2 numbers, found 1")
    #expect(faults.last?.problem.contains("item 4 of 'a'") == true)
  }

  @Test func `words of the file's kind stand in its errors`() {
    let error = #expect(throws: InputFaults.self) {
      try YAMLTree.parse([], file: "t.yml", kind: kind)
    }
    #expect(error?.description == "t.yml: the file is empty; it begins with 'gcgan: test/1'")
  }
}
