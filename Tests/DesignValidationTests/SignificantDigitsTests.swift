import DesignValidation
import Testing

@Suite("Numbers for people") struct SignificantDigitsTests {
  @Test(
    "have so many significant digits and no more than they need",
    arguments: [
      (0.0, "0"), (1, "1"), (-0.5, "-0.5"), (92.70001, "92.7"), (123456.7, "123457"),
      (1e7, "1e+07"), (5e-6, "5e-06"), (1.2345678e-5, "1.23457e-05"),
      (0.000123456789, "0.000123457"),
      (999999.96, "1000000"), (-1e-300, "-1e-300"), (.nan, "nan"), (-.infinity, "-inf"),
    ])
  func significant(_ value: Double, _ text: String) {
    #expect(value.significant(6) == text)
  }
}
