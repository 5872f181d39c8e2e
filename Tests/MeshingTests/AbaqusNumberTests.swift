import Testing

@testable import Meshing

@Suite("Numbers of a deck") struct AbaqusNumberTests {
  func double(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer {
      DeckNumber.double(in: $0, from: 0, to: $0.count)
    }
  }

  @Test(
    "Fortran's ways to write a number are read",
    arguments: [
      ("1", 1), ("-.5", -0.5), ("1.", 1), ("+2.50", 2.5), ("2.1E+5", 2.1e5), ("1.d-3", 1e-3),
      ("1.5-3", 1.5e-3), ("1D2", 100), (" 7.8e-9\r", 7.8e-9), ("0.1", 0.1), ("1e22", 1e22),
      ("1e-22", 1e-22), ("123456789012345678", 123_456_789_012_345_678), ("0e999", 0),
      ("-0", -0.0),
    ])
  func forms(text: String, value: Double) { #expect(double(text) == value) }

  @Test(
    "numbers of many digits are the nearest double, as the language's own literals are",
    arguments: [
      ("0.30000000000000004", 0.30000000000000004), ("9007199254740993", 9_007_199_254_740_993),
      ("1.7976931348623157e308", 1.7976931348623157e308), ("5e-324", 5e-324),
      ("0.1000000000000000055511151231257827021181583404541015625", 0.1),
      ("2.2250738585072011e-308", 2.2250738585072011e-308),
      ("100000000000000000000000000000000000000000", 1e41), ("1.d-300", 1e-300),
      ("12345678901234567890123456789.5-40", 1.23456789012345678901234567895e-12),
    ])
  func rounding(text: String, value: Double) { #expect(double(text) == value) }

  @Test("random doubles survive being written and read")
  func roundTrip() {
    var seed: UInt64 = 42
    for _ in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: seed)
      guard value.isFinite else { continue }
      #expect(double("\(value)") == value)
    }
  }

  @Test(
    "what is no finite number is none",
    arguments: [
      "", " ", "nan", "NAN", "inf", "-Infinity", "1e999", "-1d400", "1.2.3", "1e", "1e+", "--1",
      "1 2", "0x10", "abc", ".", "+", "1,2", "1e5x",
    ])
  func refusals(text: String) { #expect(double(text) == nil) }

  @Test(
    "the complaint says why",
    arguments: [
      ("1e999", "'1e999' is too large a number"), ("nan", "'nan' is not a finite number"),
      ("-inf", "'-inf' is not a finite number"), ("12a", "'12a' is not a number"),
      ("", "a number is missing"),
    ])
  func complaints(text: String, complaint: String) {
    #expect(DeckNumber.complaint(about: text) == complaint)
  }

  @Test("whole numbers have no point, no letter and at most eighteen digits")
  func integers() {
    func integer(_ text: String) -> Int? {
      Array(text.utf8).withUnsafeBufferPointer {
        DeckNumber.integer(in: $0, from: 0, to: $0.count)
      }
    }
    #expect(integer(" 42 ") == 42)
    #expect(integer("-7") == -7)
    #expect(integer("+3") == 3)
    #expect(integer("999999999999999999") == 999_999_999_999_999_999)
    for text in ["1.0", "1e3", "", "-", "9999999999999999999", "1 2", "A1"] {
      #expect(integer(text) == nil)
    }
  }
}
