import Foundation
import Meshing
import TestSupport
import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// Forces and heat through sections of known size. Where CalculiX counts all points of a side the oracle decks compare row by
/// row; here are the types of which it counts half, and what it cannot print.
@Suite("What *SECTION PRINT adds up to") struct SectionPrintTests {
  static let planeTypes = ElementType.allCases.filter { $0.theory != .solid }

  /// A bar of two cells along y, from 0 to 2, between x = 1 and x = 2, with surfaces at its top (in y) and at its outer side.
  static func bar(_ type: ElementType) -> String {
    let nodes = """
      *NODE, NSET=NALL
      1, 1., 0.
      2, 2., 0.
      3, 1., 1.
      4, 2., 1.
      5, 1., 2.
      6, 2., 2.
      11, 1.5, 0.
      12, 2., 0.5
      13, 1.5, 1.
      14, 1., 0.5
      15, 2., 1.5
      16, 1.5, 2.
      17, 1., 1.5
      18, 1.5, 0.5
      19, 1.5, 1.5

      """
    let cells =
      switch type.shape {
      case .triangle3: "1, 1, 2, 4\n2, 1, 4, 3\n3, 3, 4, 6\n4, 3, 6, 5\n"
      case .triangle6:
        "1, 1, 2, 4, 11, 12, 18\n2, 1, 4, 3, 18, 13, 14\n3, 3, 4, 6, 13, 15, 19\n4, 3, 6, 5, 19, 16, 17\n"
      case .quadrilateral4: "1, 1, 2, 4, 3\n2, 3, 4, 6, 5\n"
      default: "1, 1, 2, 4, 3, 11, 12, 13, 14\n2, 3, 4, 6, 5, 13, 15, 16, 17\n"
      }
    let isTriangle = type.shape.linear == .triangle3
    return nodes + "*ELEMENT, TYPE=\(type.rawValue), ELSET=EALL\n" + cells + """
      *SURFACE, NAME=TOP
      \(isTriangle ? "4, S2" : "2, S3")
      *SURFACE, NAME=OUTER
      \(isTriangle ? "3, S2" : "2, S2")
      *NSET, NSET=BOTTOM
      1, 2\(type.shape.isQuadratic ? ", 11" : "")
      *NSET, NSET=END
      5, 6\(type.shape.isQuadratic ? ", 16" : "")
      *MATERIAL, NAME=M
      *ELASTIC
      1000., 0.
      *CONDUCTIVITY
      50.
      *SOLID SECTION, ELSET=EALL, MATERIAL=M
      0.1

      """
  }

  /// The area of the bar's top: with its thickness, or of a wedge of two degrees of the ring between radius 1 and 2.
  static func area(_ type: ElementType) -> Double {
    guard type.theory == .axisymmetric else { return 0.1 }
    // Linear cells make a flat wedge, quadratic ones an arc through three points.
    let angle = Double.pi / 180
    let share = type.shape.isQuadratic ? angle : sin(2 * angle) / 2
    return share * (4 - 1)
  }

  @Test("heat through a side is conductivity times area times gradient", arguments: planeTypes)
  func heat(_ type: ElementType) throws {
    let solved = try SolvedText.solved(
      Self.bar(type) + """
        *STEP
        *HEAT TRANSFER, STEADY STATE
        1., 1.
        *BOUNDARY
        BOTTOM, 11, 11, 100.
        END, 11, 11, 0.
        \(type.isReduced && !type.shape.isQuadratic ? "3, 11, 11, 50.\n4, 11, 11, 50." : "")
        *SECTION PRINT, SURFACE=TOP, NAME=P
        FLUX
        *END STEP

        """)
    let flow = try #require(SolvedText.total("total surface flux", of: solved))
    // Seven digits are printed.
    #expect(abs(flow / (50 * Self.area(type) * 100 / 2) - 1) < 2e-6)
  }

  @Test("the force on a side is stress times area", arguments: planeTypes)
  func force(_ type: ElementType) throws {
    let solved = try SolvedText.solved(
      Self.bar(type) + """
        *BOUNDARY
        BOTTOM, 2
        \(type.theory == .axisymmetric ? "" : "1, 1")
        END, 2, 2, 0.2
        *STEP
        *STATIC
        *SECTION PRINT, SURFACE=TOP, NAME=P
        SOF, SOM, SOAREA
        *END STEP

        """)
    let area = Self.area(type)
    let numbers = SolvedText.rows("area, normal force", of: solved).last?.values ?? []
    try #require(numbers.count == 5)
    #expect(abs(numbers[0] / area - 1) < 2e-6)
    // CalculiX extends stresses to the nodes with four decimals: 4e-5 of a uniform stress.
    #expect(abs(numbers[1] / (100 * area) - 1) < 1e-4)
    let force = SolvedText.rows("total surface force", of: solved).last?.values ?? []
    #expect(abs(force[1] / (100 * area) - 1) < 1e-4)
    let center = SolvedText.rows("center of gravity", of: solved).last?.values ?? []
    #expect(abs(center[2]) < 1e-12 && abs(center[4] - 1) < 1e-6)
  }

  @Test("sheets print sections too", arguments: [ElementType.cps4, .cps8r, .cps3])
  func sheets(_ type: ElementType) throws {
    let text =
      Self.bar(type) + """
        *BOUNDARY
        BOTTOM, 2
        1, 1
        *STEP
        *STATIC
        *DLOAD
        TOP, P, -100.
        *SECTION PRINT, SURFACE=TOP, NAME=P
        SOF
        *END STEP

        """
    let solved = try SolvedText.solved(text, planeStress: .calculiX)
    let force = SolvedText.rows("total surface force", of: solved).last?.values ?? []
    #expect(abs(force[1] / 10 - 1) < 1e-4)
  }

  /// A unit cube with a uniform gradient of temperature, its top at y = 1.
  static func cube(_ conductivity: String, orientation: String = "") -> String {
    """
    *NODE, NSET=NALL
    1, 0., 0., 0.
    2, 1., 0., 0.
    3, 1., 1., 0.
    4, 0., 1., 0.
    5, 0., 0., 1.
    6, 1., 0., 1.
    7, 1., 1., 1.
    8, 0., 1., 1.
    *ELEMENT, TYPE=C3D8, ELSET=EALL
    1, 1, 2, 3, 4, 5, 6, 7, 8
    *NSET, NSET=BOT
    1, 2, 5, 6
    *NSET, NSET=TOP
    3, 4, 7, 8
    *SURFACE, NAME=ST
    1, S5
    *SURFACE, NAME=SX
    1, S4
    *MATERIAL, NAME=M
    \(conductivity)
    \(orientation.isEmpty ? "" : "*ORIENTATION, NAME=O\n\(orientation)")
    *SOLID SECTION, ELSET=EALL, MATERIAL=M\(orientation.isEmpty ? "" : ", ORIENTATION=O")
    *STEP
    *HEAT TRANSFER, STEADY STATE
    1., 1.
    *BOUNDARY
    BOT, 11, 11, 0.
    TOP, 11, 11, 1.
    *SECTION PRINT, SURFACE=ST, NAME=P
    FLUX
    *SECTION PRINT, SURFACE=SX, NAME=Q
    FLUX
    *NODE PRINT, NSET=TOP, TOTALS=ONLY
    RFL
    *END STEP

    """
  }

  @Test(
    "heat follows the whole conductivity, turned with its axes",
    arguments: [
      // Conductivity, axes, flow out through y = 1 and through x = 1 for a gradient of 1 in y.
      ("*CONDUCTIVITY\n7.", "", -7.0, 0.0),
      ("*CONDUCTIVITY, TYPE=ORTHO\n1., 100., 1.", "", -100, 0),
      ("*CONDUCTIVITY, TYPE=ORTHO\n4., 9., 1.", "0., 1., 0., -1., 0., 0.", -4, 0),
      // Axes turned by 45 degrees: k_yy = (4 + 10) / 2, k_xy = (4 - 10) / 2.
      ("*CONDUCTIVITY, TYPE=ORTHO\n4., 10., 1.", "1., 1., 0., -1., 1., 0.", -7, 3),
      ("*CONDUCTIVITY, TYPE=ANISO\n5., 6., 7., 2., 0.5, 1.", "", -6, -2),
    ])
  func anisotropy(_ conductivity: String, _ axes: String, _ top: Double, _ side: Double) throws {
    let solved = try SolvedText.solved(Self.cube(conductivity, orientation: axes))
    let found = (
      SolvedText.total("total surface flux (q) for set ST", of: solved),
      SolvedText.total("total surface flux (q) for set SX", of: solved)
    )
    #expect(abs((found.0 ?? .nan) - top) < 1e-5 && abs((found.1 ?? .nan) - side) < 1e-5)
    if side == 0 {
      let entered = try #require(SolvedText.total("total heat generation", of: solved))
      #expect(abs(entered + top) < 1e-5)
    }
  }

  @Test func `stresses of a wedge are extended along the line through its two points`() throws {
    // σxz grows linearly from end to end: at the first triangle it is G·(∂u/∂z + ∂w/∂x) = 500·(1/3 + 0)·1e-3.
    let text = """
      *NODE, NSET=NALL
      1, 0, 0, 0
      2, 1, 0, 0
      3, 0, 1, 0
      4, 0, 0, 1
      5, 1, 0, 1
      6, 0, 1, 1
      *ELEMENT, TYPE=C3D6, ELSET=EALL
      1, 1, 2, 3, 4, 5, 6
      *SURFACE, NAME=S
      1, S1
      *MATERIAL, NAME=M
      *ELASTIC
      1000., 0.
      *SOLID SECTION, ELSET=EALL, MATERIAL=M
      *BOUNDARY
      NALL, 1, 3
      4, 3, 3, 0.002
      5, 1, 1, 0.001
      5, 3, 3, 0.003
      6, 3, 3, 0.002
      *STEP
      *STATIC
      *SECTION PRINT, SURFACE=S, NAME=P
      SOF
      *END STEP

      """
    let force = SolvedText.rows("total surface force", of: try SolvedText.solved(text)).last?
      .values
    #expect(abs((force?[0] ?? .nan) + 500e-3 / 3 * 0.5) < 1e-6)
  }
}
