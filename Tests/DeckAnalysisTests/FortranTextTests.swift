import Glibc
import Testing

@testable import DeckAnalysis

@Suite("Numbers as Fortran prints them") struct FortranTextTests {
  static func scientific(_ value: Double) -> String {
    var text = FortranText()
    text.writeScientific(value)
    return String(decoding: text.drain(), as: UTF8.self)
  }
  static func fraction(_ value: Double) -> String {
    var text = FortranText()
    text.writeFraction(value)
    return String(decoding: text.drain(), as: UTF8.self)
  }

  // What gfortran 12 prints with 1p,e13.6 and e14.7.
  @Test(
    "1p,e13.6",
    arguments: [
      (0.0, " 0.000000E+00"), (1.0, " 1.000000E+00"), (-123456.75, "-1.234568E+05"),
      (9.99999951, " 1.000000E+01"), (9.9999994999, " 9.999999E+00"), (1e-100, " 1.000000-100"),
      (-2.5e300, "-2.500000+300"), (5e-324, " 4.940656-324"), (1e99, " 1.000000E+99"),
      (0.1, " 1.000000E-01"), (.nan, "          NaN"), (.infinity, "     Infinity"),
    ])
  func prints(_ value: Double, _ text: String) { #expect(Self.scientific(value) == text) }

  @Test(
    "e14.7",
    arguments: [
      (0.0, " 0.0000000E+00"), (1.0, " 0.1000000E+01"), (0.25, " 0.2500000E+00"),
      (100.0, " 0.1000000E+03"), (-0.05, "-0.5000000E-01"), (99999999.0, " 0.1000000E+09"),
    ])
  func printsFraction(_ value: Double, _ text: String) { #expect(Self.fraction(value) == text) }

  @Test func `every number is rounded as the C library rounds it`() {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
    for round in 0..<200_000 {
      var value = Double(bitPattern: next())
      // Short decimal fractions are where ties are.
      if round % 3 == 0 { value = Double(Int64(bitPattern: next()) % 20_000_000) / 16 }
      if round % 3 == 1 { value = Double(Int64(bitPattern: next()) % 100_000_000) * 1e-9 }
      guard value.isFinite, value != 0 else { continue }
      let expected = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
        _ = withVaList([value.magnitude]) { vsnprintf(buffer.baseAddress, 40, "%.6e", $0) }
        return String(cString: buffer.baseAddress!)
      }
      let (digits, exponent) = FortranText.decimal(value)
      let parts = expected.split(separator: "e")
      #expect(String(digits) == parts[0].filter { $0 != "." })
      #expect(exponent == Int(parts[1])!)
    }
  }

  @Test(
    "integers are right-aligned",
    arguments: [
      (0, "         0"), (-12, "       -12"), (1_234_567_890, "1234567890"),
      (12_345_678_901, "**********"),
    ])
  func integers(_ value: Int, _ text: String) {
    var written = FortranText()
    written.write(value, width: 10)
    #expect(String(decoding: written.drain(), as: UTF8.self) == text)
  }
}
