import TestSupport
import Testing

@Suite("Comparison of .dat files") struct DatComparisonTests {
  /// As ccx 2.20 printed it for a bar of two cells.
  static let printed = """

     displacements (vx,vy,vz) for set N1 and time  0.1000000E+01

             1  0.000000E+00  0.000000E+00  0.000000E+00
             2  1.000000E-03 -3.000000E-04  0.000000E+00 L

     stresses (elem, integ.pnt.,sxx,syy,szz,sxy,sxz,syz) for set E1 and time  0.1000000E+01

             1   1  2.100000E+02 -1.136868E-13  0.000000E+00  3.789561E-14  0.000000E+00  0.000000E+00 LOCAL
             1   2  2.100000E+02 -1.136868-113  0.000000E+00  3.789561E-14  0.000000E+00  0.000000E+00 LOCAL

     total force (fx,fy,fz) for set N1 and time  0.1000000E+01

            -2.100000E+02  5.684342E-14  0.000000E+00

    """

  @Test func `rows keep their labels, numbers and marks`() {
    let file = DatFile(Self.printed)
    #expect(file.blocks.count == 3)
    #expect(file.blocks[0].title == "displacements (vx,vy,vz) for set N1")
    #expect(file.blocks[0].time == 1)
    #expect(file.blocks[0].rows[1].mark == "L")
    #expect(file.blocks[0].rows[1].values == [1e-3, -3e-4, 0])
    #expect(file.blocks[1].rows[1].label == "1 2")
    #expect(file.blocks[1].rows[1].values[1] == -1.136868e-113)
    #expect(file.blocks[2].rows[0].label == "")
    #expect(file.blocks[2].rows[0].values.count == 3)
  }

  @Test func `a file agrees with itself`() {
    let file = DatFile(Self.printed)
    let comparison = DatComparison(expected: file, found: file)
    #expect(comparison.agrees)
    #expect(comparison.valueCount == 21)
  }

  @Test(
    "a perturbed copy is found out",
    arguments: [
      ("-3.000000E-04", "-3.000200E-04", "row 2 value 2"),
      ("2.100000E+02 -1.136868E-13", "2.100030E+02 -1.136868E-13", "row 1 1 value 1"),
      ("E+00 L", "E+00", "row 2"),
      ("         2  1.0", "         3  1.0", "row 2"),
      ("for set E1", "for set E2", "the header"),
      ("set N1 and time  0.1000000E+01", "set N1 and time  0.2000000E+01", "the time"),
      ("5.684342E-14", "         NaN", "row  value 2"),
    ])
  func perturbed(_ old: String, _ new: String, _ place: String) {
    let copy = Self.printed.replacing(old, with: new)
    let comparison = DatComparison(expected: DatFile(Self.printed), found: DatFile(copy))
    #expect(comparison.differences.first?.place == place)
  }

  @Test func `round-off below the tolerance is no difference`() {
    let copy = Self.printed.replacing("-3.000000E-04", with: "-3.000050E-04")
      .replacing("-1.136868E-13", with: " 2.000000E-07")
    #expect(DatComparison(expected: DatFile(Self.printed), found: DatFile(copy)).agrees)
  }

  @Test func `a missing block is a difference`() {
    var short = DatFile(Self.printed)
    short.blocks.removeLast()
    let comparison = DatComparison(expected: DatFile(Self.printed), found: short)
    #expect(comparison.differences.map(\.found) == ["missing"])
  }
}
