import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Homogenised constants against closed forms that hold exactly on the grid too.
@Suite("Homogenised constants") struct HomogenizationTests {
  static let stiff = SolidPhase(
    index: 1, youngsModulus: 3, poissonsRatio: 0.3, conductivity: 2, expansion: 0.01)
  static let soft = SolidPhase(
    index: 2, youngsModulus: 1.2, poissonsRatio: 0.2, conductivity: 0.5, expansion: 0.04)

  static func problem(
    _ grid: DesignGrid, _ solids: [SolidPhase], void: VoidPhase = .init(),
    interpolation: MaterialInterpolation = .init()
  ) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: grid, solids: solids, void: void, interpolation: interpolation,
      terms: [
        Term(.effectiveStiffness(row: 0, column: 0)),
        Term(.effectiveConductivity(row: 0, column: 0)),
      ])
  }

  static func constants(_ problem: ManufacturabilityProblem, _ design: [Double]) throws
    -> HomogenizedConstants
  {
    let result = try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))
    return try #require(try result[0].get().homogenized)
  }

  /// The design of density 1 whose second solid fills the elements for which `isSecond` holds.
  static func mixture(_ grid: DesignGrid, _ isSecond: (Int) -> Bool) -> [Double] {
    [Double](repeating: 1, count: grid.elementCount)
      + (0..<grid.elementCount).map { isSecond($0) ? 1 : 0 }
  }

  /// Random elements of the second solid.
  static func random(_ grid: DesignGrid, seed: UInt64, block: Int = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    let fraction = 0.2 + 0.6 * generator.nextUnit()
    let bits = (0..<grid.elementCount).map { _ in generator.nextUnit() < fraction }
    return mixture(grid) { element in
      let at = grid.position(ofElement: element)
      return bits[grid.element(at.i / block, at.j / block, at.k / block)]
    }
  }

  /// Solves a small system by Gauss with pivots.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let n = right.count
    for column in 0..<n {
      let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let factor = rows[row][column] / rows[column][column]
        for k in column...n { rows[row][k] -= factor * rows[column][k] }
      }
    }
    return (0..<n).map { rows[$0][n] / rows[$0][$0] }
  }

  /// Layers stacked along y: ε_xx, σ_yy and σ_xy are the same in all layers, the others are averaged. With ⟨ ⟩ the mean over the height,
  ///
  ///     C₂₂ = 1/⟨1/c₂₂⟩,  C₁₂ = ⟨c₁₂/c₂₂⟩ C₂₂,  C₁₁ = ⟨c₁₁ − c₁₂²/c₂₂⟩ + ⟨c₁₂/c₂₂⟩² C₂₂,  C₃₃ = 1/⟨1/c₃₃⟩
  ///     β₂ = C₂₂⟨β/c₂₂⟩,  β₁ = ⟨β⟩ − ⟨c₁₂ β/c₂₂⟩ + ⟨c₁₂/c₂₂⟩ β₂,  α = C⁻¹ β,  k₁ = ⟨k⟩,  k₂ = 1/⟨1/k⟩
  ///
  /// (Backus, J. Geophys. Res. 67, 1962; Milton, *The Theory of Composites*, 2002, section 9.2.) In plane stress c₁₁ = E/(1 − ν²),
  /// c₁₂ = ν c₁₁, c₃₃ = E/(2 (1 + ν)), β = (c₁₁ + c₁₂) α. Linear elements hold these fields exactly.
  @Test("a laminate has the exact constants, whichever way it lies", arguments: [1, 3, 6])
  func laminate(thickness: Int) throws {
    let grid = DesignGrid(columns: 5, rows: 8, pixelSize: 0.25, thickness: 2)
    let share = Double(thickness) / 8
    func mean(_ value: (SolidPhase) -> Double) -> Double {
      (1 - share) * value(Self.stiff) + share * value(Self.soft)
    }
    func c11(_ s: SolidPhase) -> Double {
      s.youngsModulus / (1 - s.poissonsRatio * s.poissonsRatio)
    }
    func c12(_ s: SolidPhase) -> Double { s.poissonsRatio * c11(s) }
    func c33(_ s: SolidPhase) -> Double { s.youngsModulus / (2 * (1 + s.poissonsRatio)) }
    func β(_ s: SolidPhase) -> Double { (c11(s) + c12(s)) * s.expansion }
    let C22 = 1 / mean { 1 / c11($0) }
    let ratio = mean { c12($0) / c11($0) }
    let C11 = mean { c11($0) - c12($0) * c12($0) / c11($0) } + ratio * ratio * C22
    let C33 = 1 / mean { 1 / c33($0) }
    let β2 = C22 * mean { β($0) / c11($0) }
    let β1 = mean(β) - mean { c12($0) * β($0) / c11($0) } + ratio * β2
    let expected = [[C11, ratio * C22, 0], [ratio * C22, C22, 0], [0, 0, C33]]
    let α = Self.solve(expected, [β1, β2, 0])
    for isTurned in [false, true] {
      var grid = grid
      if isTurned { (grid.columns, grid.rows) = (grid.rows, grid.columns) }
      let found = try Self.constants(
        Self.problem(grid, [Self.stiff, Self.soft]),
        Self.mixture(grid) {
          let at = grid.position(ofElement: $0)
          return (isTurned ? at.i : at.j) < thickness
        })
      let order = isTurned ? [1, 0, 2] : [0, 1, 2]
      for i in 0..<3 {
        for j in 0..<3 {
          // Round-off of a well-conditioned solve.
          #expect(abs(found.stiffness[order[i]][order[j]] - expected[i][j]) < 1e-12 * C11)
        }
        #expect(abs(found.expansion[order[i]] - α[i]) < 1e-12 * 0.04)
      }
      #expect(agree(found.conductivity[order[0]][order[0]], mean(\.conductivity), within: 1e-12))
      #expect(
        agree(
          found.conductivity[order[1]][order[1]], 1 / mean { 1 / $0.conductivity }, within: 1e-12))
      #expect(abs(found.conductivity[0][1]) < 1e-12)
    }
  }

  /// With β_e proportional to C_e the strain α everywhere leaves no stress anywhere: α* = α for every image. The error is that of C*⁻¹ β*,
  /// round-off times the condition of C* and of the system, which void makes ill-conditioned: 1e-9 with void of 1e-6.
  @Test("one solid and void expand as the solid does", arguments: Array(1...6))
  func porous(seed: UInt64) throws {
    for grid in [DesignGrid(columns: 10, rows: 8), DesignGrid(columns: 4, rows: 5, layers: 3)] {
      var generator = SeededGenerator(seed: seed)
      let isBinary = seed.isMultiple(of: 2)
      let design = (0..<grid.elementCount).map { _ -> Double in
        let value = generator.nextUnit()
        return isBinary ? (value < 0.7 ? 1 : 0) : value
      }
      let problem = Self.problem(
        grid, [Self.stiff], void: VoidPhase(stiffnessRatio: 1e-6, conductivityRatio: 1e-6))
      let α = try Self.constants(problem, design).expansion
      for (place, component) in α.enumerated() {
        let expected = place < grid.axisCount ? 0.01 : 0
        #expect(abs(component - expected) <= 1e-9 * 0.01, "\(α)")
      }
    }
  }

  /// Under the hydrostatic stress s = (α₂ − α₁) / (1/(d κ₁) − 1/(d κ₂)) and a temperature rise by one, both solids grow by e = α₁ + s/(d κ₁): a
  /// uniform field solves the problem whatever the image, so e δ = α* + S* : s δ, exactly on the grid too. d κ = E/(1 − ν) in plane stress
  /// (the area bulk modulus), E/(1 − 2ν) in space. (Levin, Mech. Solids 2, 1967; Rosen and Hashin, Int. J. Engrg. Sci. 8, 1970;
  /// Cribb, Nature 220, 1968.)
  @Test("two solids obey Levin's relation whatever the image", arguments: Array(1...12))
  func levin(seed: UInt64) throws {
    for grid in [DesignGrid(columns: 9, rows: 7), DesignGrid(columns: 4, rows: 3, layers: 5)] {
      let found = try Self.constants(
        Self.problem(grid, [Self.stiff, Self.soft]), Self.random(grid, seed: seed))
      func dκ(_ s: SolidPhase) -> Double {
        s.youngsModulus / (1 - (grid.isPlane ? 1 : 2) * s.poissonsRatio)
      }
      let s =
        (Self.soft.expansion - Self.stiff.expansion) / (1 / dκ(Self.stiff) - 1 / dκ(Self.soft))
      let e = Self.stiff.expansion + s / dκ(Self.stiff)
      let unit = found.expansion.indices.map { $0 < grid.axisCount ? 1.0 : 0 }
      let compliance = Self.solve(found.stiffness, unit)
      for place in unit.indices {
        let expected = e * unit[place] - s * compliance[place]
        // The 1e-8, of the size of the expansions.
        #expect(abs(found.expansion[place] - expected) <= 1e-8 * 0.04)
      }
    }
  }

  @Test("C* and k* are symmetric, and positive", arguments: Array(1...6))
  func symmetry(seed: UInt64) throws {
    for grid in [DesignGrid(columns: 9, rows: 7), DesignGrid(columns: 4, rows: 3, layers: 5)] {
      let found = try Self.constants(
        Self.problem(grid, [Self.stiff, Self.soft]), Self.random(grid, seed: seed))
      for matrix in [found.stiffness, found.conductivity] {
        for i in matrix.indices {
          #expect(matrix[i][i] > 0)
          // Each half comes of its own solve with a residual of round-off.
          for j in 0..<i { #expect(abs(matrix[i][j] - matrix[j][i]) <= 1e-12 * matrix[0][0]) }
        }
      }
    }
  }

  /// By 90° counter-clockwise x goes to y and y to −x: components swap 1 and 2, those with one shear index change sign.
  @Test("a turned image has turned constants", arguments: Array(1...4))
  func turned(seed: UInt64) throws {
    let grid = DesignGrid(columns: 8, rows: 8)
    let problem = Self.problem(grid, [Self.stiff, Self.soft])
    let design = Self.random(grid, seed: seed)
    let count = grid.elementCount
    let turnedDesign = Self.mixture(grid) { element in
      let at = grid.position(ofElement: element)
      return design[count + grid.element(at.j, 7 - at.i)] == 1
    }
    let one = try Self.constants(problem, design)
    let other = try Self.constants(problem, turnedDesign)
    let (order, sign) = ([1, 0, 2], [1.0, 1, -1])
    for i in 0..<3 {
      for j in 0..<3 {
        let expected = sign[i] * sign[j] * one.stiffness[order[i]][order[j]]
        #expect(abs(other.stiffness[i][j] - expected) <= 1e-12 * one.stiffness[0][0])
      }
      #expect(abs(other.expansion[i] - sign[i] * one.expansion[order[i]]) <= 1e-12 * 0.04)
    }
    for i in 0..<2 {
      #expect(agree(other.conductivity[i][i], one.conductivity[1 - i][1 - i], within: 1e-12))
    }
    #expect(abs(other.conductivity[0][1] + one.conductivity[0][1]) <= 1e-12)
  }

  @Test func `a cell of one solid is the solid, in the plane and in space`() throws {
    for grid in [
      DesignGrid(columns: 3, rows: 4), DesignGrid(columns: 3, rows: 4, layers: 3, pixelSize: 0.5),
    ] {
      let found = try Self.constants(
        Self.problem(grid, [Self.stiff]), Array(repeating: 1, count: grid.elementCount))
      let (E, ν) = (3.0, 0.3)
      let scale = grid.isPlane ? E / (1 - ν * ν) : E / ((1 + ν) * (1 - 2 * ν))
      let (same, across) = grid.isPlane ? (scale, ν * scale) : ((1 - ν) * scale, ν * scale)
      for i in found.expansion.indices {
        for j in found.expansion.indices {
          let isNormal = max(i, j) < grid.axisCount
          let expected = i == j ? (isNormal ? same : E / (2 * (1 + ν))) : isNormal ? across : 0
          #expect(abs(found.stiffness[i][j] - expected) < 1e-13 * same)
        }
        #expect(abs(found.expansion[i] - (i < grid.axisCount ? 0.01 : 0)) < 1e-15)
      }
      for i in 0..<grid.axisCount {
        for j in 0..<grid.axisCount {
          #expect(abs(found.conductivity[i][j] - (i == j ? 2 : 0)) < 1e-14)
        }
      }
    }
  }
}
