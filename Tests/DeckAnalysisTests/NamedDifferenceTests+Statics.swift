import TestSupport
import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// The same for static steps, and for what CalculiX alone refuses.
extension NamedDifferenceTests {
  static let bar = """
    *MATERIAL, NAME=M
    *ELASTIC
    1000., 0.
    *EXPANSION
    1e-3
    *CONDUCTIVITY
    2.
    *SOLID SECTION, ELSET=EALL, MATERIAL=M

    """

  @Test func `an amplitude of temperatures goes on at every node`() throws {
    // T = 20 A(2) = 60, and a free cube grows by α T L. CalculiX ends the amplitude at node 2, which is then at 20 as at the end of
    // the first step, and moves the corner opposite to it by 0.055.
    let cube = Self.cubes(1).replacing("10, 0., 0.0, 0.", with: "2, 0., 0.0, 0.")
      .replacing("10, 11, 12", with: "2, 11, 12").replacing("COLD\n10,", with: "COLD\n2,")
    let file = try Self.values(
      cube + Self.bar + """
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *AMPLITUDE, NAME=A
        0., 0., 1., 1., 2., 3.
        *STEP
        *STATIC
        1., 1.
        *BOUNDARY
        COLD, 1, 1
        2, 2, 3
        14, 2, 2
        *TEMPERATURE, AMPLITUDE=A
        NALL, 20.
        *NODE PRINT, NSET=NALL
        NT, U
        *END STEP
        *STEP
        *STATIC
        1., 2.
        *END STEP

        """)
    #expect(abs(try Self.value(file, "temperatures", at: 3, "2") - 60) < 1e-6)
    #expect(abs(try Self.value(file, "displacements", at: 3, "16") - 0.06) < 1e-7)
  }

  @Test func `a body expands from the initial temperature that the deck gives`() throws {
    // α (T − T₀) L = 1e-3 · 0.1. CalculiX rounds T₀ = −0.02294 to −0.022939, as it does all negative ones by a millionth, and
    // prints 9.9999e-5.
    let file = try Self.values(
      Self.cubes(1) + Self.bar + """
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, -0.02294
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 1
        10, 2, 3
        14, 2, 2
        *NODE PRINT, NSET=NALL
        NT, U
        *END STEP
        *STEP
        *STATIC
        *TEMPERATURE
        NALL, 0.07706
        *END STEP

        """)
    #expect(abs(try Self.value(file, "temperatures", at: 1, "11") + 0.02294) < 1e-9)
    #expect(abs(try Self.value(file, "displacements", at: 2, "11") - 1e-4) < 1e-10)
  }

  @Test func `without initial temperatures a body expands from 0`() throws {
    // α (T − 0) L = 0.03; CalculiX takes its mark for "none" off the temperature: α (30 − 1.2357) L = 0.02876.
    let file = try Self.values(
      Self.cubes(1) + Self.bar + """
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        NALL, 11, 11, 30.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 1
        10, 2, 3
        14, 2, 2
        *NODE PRINT, NSET=NALL
        U
        *END STEP

        """)
    #expect(abs(try Self.value(file, "displacements", at: 2, "16") - 0.03) < 1e-7)
  }

  @Test func `an equation that names a node with axes twice pulls along these two alone`() throws {
    // u₁₂ₓ − u₁₁ᵧ + 2 u₁₁ₓ = 0, and the forces on the two nodes are λ (1, 0, 0) and (30 + 2λ, −λ, 0). CalculiX meets the equation with
    // λ = −39.4, and leaves a force of −13.0 in the third direction of node 11, where nothing pulls.
    let file = try Self.values(
      Self.cubes(1) + Self.bar + """
        *TRANSFORM, NSET=HOT
        0.6, 0.8, 0.2, -0.8, 0.6, 0.
        *EQUATION
        3
        12, 1, 1., 11, 2, -1., 11, 1, 2.
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        *CLOAD
        11, 1, 30.
        16, 1, 20.
        *NODE PRINT, NSET=NALL
        U, RF
        *END STEP

        """)
    func at(_ title: String, _ node: String) throws -> [Double] {
      try (0..<3).map { try Self.value(file, title, at: 1, node, $0) }
    }
    let (first, second) = (try at("displacements", "12"), try at("displacements", "11"))
    #expect(abs(first[0] - second[1] + 2 * second[0]) < 1e-6)
    let (push, pull) = (try at("forces", "12"), try at("forces", "11"))
    #expect(abs(push[0]) > 1)
    for (force, expected) in zip(push + pull, [push[0], 0, 0, 30 + 2 * push[0], -push[0], 0]) {
      #expect(abs(force - expected) < 1e-4)
    }
  }

  @Test func `a support along the axes of a plane node holds when it is given again after OP=NEW`()
    throws
  {
    // −0.8 u + 0.6 v = 0 at node 2. CalculiX loses the support: u = σ L/E = 0.01, v = 0 at both ends.
    let file = try Self.values(
      """
      *NODE, NSET=NALL
      1, 0., 0.
      2, 1., 0.
      3, 1., 1.
      4, 0., 1.
      *ELEMENT, TYPE=CPE4, ELSET=EALL
      1, 1, 2, 3, 4
      *NSET, NSET=COLD
      1, 4
      *NSET, NSET=HOT
      2, 3

      """ + Self.bar + """
        *TRANSFORM, NSET=HOT
        0.6, 0.8, 0., -0.8, 0.6, 0.
        *BOUNDARY
        COLD, 1, 2
        HOT, 1, 1
        *STEP
        *STATIC
        *DLOAD
        1, P2, -10.
        *NODE PRINT, NSET=NALL, GLOBAL=YES
        U
        *END STEP
        *STEP
        *STATIC
        *BOUNDARY, OP=NEW
        COLD, 1, 2
        2, 2, 2
        *END STEP

        """)
    let u = try Self.value(file, "displacements", at: 2, "2")
    let v = try Self.value(file, "displacements", at: 2, "2", 1)
    #expect(u > 1e-3 && abs(-0.8 * u + 0.6 * v) < 1e-9)
  }

  /// Plane cells around the origin: two beside one another along y, of unequal thickness.
  private static let strips = """
    *NODE, NSET=NALL
    1, 0., 0.
    2, 2., 0.
    3, 0., 1.
    4, 2., 1.
    5, 0., 2.
    6, 2., 2.
    *ELEMENT, TYPE=CPS4, ELSET=THIN
    1, 1, 2, 4, 3
    *ELEMENT, TYPE=CPS4, ELSET=THICK
    2, 3, 4, 6, 5
    *MATERIAL, NAME=M
    *ELASTIC
    1000., 0.3
    *SOLID SECTION, ELSET=THIN, MATERIAL=M
    0.1
    *SOLID SECTION, ELSET=THICK, MATERIAL=M
    0.2
    *STEP
    *STATIC
    *BOUNDARY
    1, 1, 2
    3, 1, 1
    5, 1, 1
    2, 1, 1, 0.2
    4, 1, 1, 0.2
    6, 1, 1, 0.2
    *EL PRINT, ELSET=THIN
    S, E
    *EL PRINT, ELSET=THICK
    S, E
    *END STEP

    """

  @Test(
    "strips of unequal thickness side by side are stretched alike",
    arguments: PlaneStressTheory.allCases)
  func strips(_ theory: PlaneStressTheory) throws {
    // σ = E ε = 100 in both, and ε_zz = −ν ε: each thickness changes for itself, at the nodes that they share too.
    let file = try Self.values(Self.strips, theory)
    for (block, cell) in [(0, "1"), (2, "2")] {
      for point in 1...4 {
        let stress = try #require(
          file.blocks[block].rows.first { $0.label == "\(cell) \(point)" })
        #expect(abs(stress.values[0] - 100) < 1e-4)
        let strain = try #require(
          file.blocks[block + 1].rows.first { $0.label == "\(cell) \(point)" })
        #expect(abs(strain.values[2] + 0.03) < 1e-7)
      }
    }
  }

  @Test func `a bar cut at an angle from a directed material has no shear across its plane`() throws
  {
    // 1/E = c⁴/E₁ + s⁴/E₃ + c²s² (1/G₁₃ − 2ν₁₃/E₁), c = 0.8: u = σ L/E = 5.3067e-3. CalculiX holds the shear across a sheet and counts half
    // of its points: 4.492e-3; the sheets of --plane-stress calculix hold it too, 4.468e-3.
    let file = try Self.values(
      """
      *NODE, NSET=NALL
      1, 0., 0.
      2, 2., 0.
      3, 2., 1.
      4, 0., 1.
      *ELEMENT, TYPE=CPS4, ELSET=EALL
      1, 1, 2, 3, 4
      *ORIENTATION, NAME=OR
      0.8, 0., 0.6, 0., 1., 0.
      *MATERIAL, NAME=M
      *ELASTIC, TYPE=ENGINEERING CONSTANTS
      9000., 5000., 3000., 0.2, 0.3, 0.1, 2000., 1200.
      1500.
      *SOLID SECTION, ELSET=EALL, MATERIAL=M, ORIENTATION=OR
      0.1
      *STEP
      *STATIC
      *BOUNDARY
      1, 1, 2
      4, 1, 1
      *DLOAD
      1, P2, -10.
      *NODE PRINT, NSET=NALL
      U
      *EL PRINT, ELSET=EALL, GLOBAL=YES
      S, E
      *END STEP

      """)
    let (c2, s2) = (0.64, 0.36)
    let mixed: Double = 1 / 1200 - 2 * 0.3 / 9000
    let compliance: Double = c2 * c2 / 9000 + s2 * s2 / 3000 + c2 * s2 * mixed
    for node in ["2", "3"] {
      let stretch = try Self.value(file, "displacements", at: 1, node)
      #expect(abs(stretch - 20 * compliance) < 1e-8)
    }
    let stress = try #require(file.blocks.first { $0.title.hasPrefix("stresses") }?.rows.first)
    #expect(abs(stress.values[0] - 10) < 1e-5)
    #expect(stress.values[2...].allSatisfy { abs($0) < 1e-5 })
    // The sheet shears across its plane: ε_xz = σ cs (c²/E₁ − s²/E₃ − (c² − s²)(1/2G₁₃ − ν₁₃/E₁)).
    let half: Double = 1 / 2400 - 0.3 / 9000
    let shear: Double = 10 * 0.48 * (c2 / 9000 - s2 / 3000 - (c2 - s2) * half)
    let strain = try #require(file.blocks.first { $0.title.hasPrefix("strains") }?.rows.first)
    #expect(abs(strain.values[4] - shear) < 1e-9)
  }

  @Test func `plane strain stays in its plane under supports along tilted axes`() throws {
    // v = w = 0 everywhere: u = σ L (1 + ν)(1 − 2ν)/(E (1 − ν)) = 7.43e-3. CalculiX moves the nodes out of the plane by 2.0e-3, and by
    // 8.08e-3 along the force.
    let file = try Self.values(
      """
      *NODE, NSET=NALL
      1, 0., 0.
      2, 1., 0.
      3, 1., 1.
      4, 0., 1.
      *ELEMENT, TYPE=CPE4, ELSET=EALL
      1, 1, 2, 3, 4
      *MATERIAL, NAME=M
      *ELASTIC
      1000., 0.3
      *SOLID SECTION, ELSET=EALL, MATERIAL=M
      *NSET, NSET=RIGHT
      2, 3
      *TRANSFORM, NSET=RIGHT
      1., 0., 0., 0., 0.6, 0.8
      *STEP
      *STATIC
      *BOUNDARY
      NALL, 2, 2
      1, 1, 1
      4, 1, 1
      *DLOAD
      1, P2, -10.
      *NODE PRINT, NSET=NALL, GLOBAL=YES
      U
      *END STEP

      """)
    for node in ["2", "3"] {
      #expect(abs(try Self.value(file, "displacements", at: 1, node) - 0.01 * 0.52 / 0.7) < 1e-8)
      #expect(try Self.value(file, "displacements", at: 1, node, 1) == 0)
      #expect(try Self.value(file, "displacements", at: 1, node, 2) == 0)
    }
  }

  @Test
  func `heat flows through the faces of a bar after a static step without initial temperatures`()
    throws
  {
    // T = q A L/(k A₀), the face stretched by σ/E = 0.05 across the flow's way. CalculiX breaks down: "realloc(): invalid pointer".
    let file = try Self.values(
      Self.cubes(1) + Self.bar + """
        *STEP
        *STATIC
        *BOUNDARY
        NALL, 1, 1
        NALL, 3, 3
        10, 2, 2
        11, 2, 2
        14, 2, 2
        15, 2, 2
        *DLOAD
        1, P5, -50.
        *NODE PRINT, NSET=NALL
        U
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        *DFLUX
        1, S4, 4.
        *NODE PRINT, NSET=NALL
        NT
        *END STEP

        """)
    #expect(abs(try Self.value(file, "temperatures", at: 2, "16") - 2.1) < 1e-6)
  }

  @Test func `a bar rotates about its new axis after OP=NEW took the old one back`() throws {
    // u = ρω²L³/3E = 1e-3. CalculiX lets the axis that was taken back act, whose set is the last in the alphabet: 0.
    let file = try Self.values(
      Self.cubes(1) + Self.bar.replacing("*CONDUCTIVITY", with: "*DENSITY\n0.003\n*CONDUCTIVITY")
        + """
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 1
        NALL, 2, 3
        *DLOAD
        EALL, CENTRIF, 100., 5., 0., 0., 0., 0., 1.
        *NODE PRINT, NSET=NALL
        U
        *END STEP
        *STEP
        *STATIC
        *DLOAD, OP=NEW
        1, CENTRIF, 1000., 0., 0., 0., 0., 1., 0.
        *END STEP

        """)
    #expect(abs(try Self.value(file, "displacements", at: 2, "16") - 1e-3) < 1e-9)
  }

  @Test func `energies count increments that are not printed`() throws {
    // σ²/2E = 50²/2000 through the heat step, then 20²/2000; CalculiX, which prints the second increment alone, says 1.425.
    let file = try Self.values(
      Self.cubes(1) + Self.bar + """
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        COLD, 11, 11, 0.
        *DLOAD
        1, P4, -50.
        *EL PRINT, ELSET=EALL
        ENER, ELSE
        *END STEP
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *EL PRINT, ELSET=EALL, FREQUENCY=2
        ENER, ELSE
        *END STEP
        *STEP
        *STATIC
        0.5, 1.
        *DLOAD
        1, P4, 20.
        *END STEP

        """)
    for (time, energy) in [(1.0, 1.25), (2, 1.25), (3, 0.2)] {
      #expect(
        abs(try Self.value(file, "internal energy density", at: time, "1 1") - energy) < 1e-6)
      #expect(
        abs(try Self.value(file, "internal energy (element", at: time, "1") - energy) < 1e-6)
    }
  }

  @Test func `no heat flows through a section of a body at one temperature`() throws {
    // −k ∇T A = −10 in the heat step, then 0; CalculiX prints −10 again.
    let file = try Self.values(
      Self.cubes(1) + "*SURFACE, NAME=S, TYPE=ELEMENT\n1, S4\n" + Self.bar + """
        *INITIAL CONDITIONS, TYPE=TEMPERATURE
        NALL, 0.
        *STEP
        *HEAT TRANSFER, STEADY STATE
        *BOUNDARY
        COLD, 11, 11, 0.
        HOT, 11, 11, 5.
        *SECTION PRINT, SURFACE=S, NAME=SP
        FLUX
        *END STEP
        *STEP
        *STATIC
        *BOUNDARY
        COLD, 1, 3
        *TEMPERATURE
        NALL, 7.
        *END STEP

        """)
    let flows = file.blocks.filter { $0.title.hasPrefix("total surface flux") }
      .compactMap { $0.rows.first?.values.first }
    #expect(flows.count == 2 && abs(flows[0] + 10) < 1e-5 && abs(flows[1]) < 1e-5)
  }

  @Test func `a conductor of one point whose pattern nothing holds is named`() throws {
    // One point and three nodes that nothing holds but it: their temperatures are not determined. CalculiX may print round-off over a pivot that is round-off.
    let error = #expect(throws: (any Error).self) {
      try Self.values(
        Self.cubes(1, kind: "C3D8R") + Self.conductor + """
          *STEP
          *HEAT TRANSFER, STEADY STATE
          *BOUNDARY
          10, 11, 11, 0.
          *CFLUX
          16, 11, 3.
          *NODE PRINT, NSET=NALL
          NT
          *END STEP

          """)
    }
    #expect(error.map { "\($0)".contains("pivot") } ?? false)
  }
}
