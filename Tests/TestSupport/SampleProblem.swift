package import DesignProblem
internal import Glibc
internal import Manufacturability

/// Problems that several suites use.
package enum SampleProblem {
  package static let steel = SolidPhase(
    youngsModulus: 3, poissonsRatio: 0.3, conductivity: 2, expansion: 0.01)
  package static let other = SolidPhase(
    index: 2, youngsModulus: 1.2, poissonsRatio: 0.4, conductivity: 0.5, expansion: 0.04)

  /// A heated plane bracket with two load cases and every term that a structure can have.
  package static func structure(
    columns: Int = 12, rows: Int = 8, cases: Int = 2, solids: [SolidPhase] = [steel]
  )
    -> ManufacturabilityProblem
  {
    let (nx, ny) = (Double(columns), Double(rows))
    return ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows, pixelSize: 0.5, thickness: 0.2),
      solids: solids, void: VoidPhase(stiffnessRatio: 1e-6, conductivityRatio: 1e-3),
      supports: [
        Support(.edge(side: .left), axes: [.x, .y]),
        Support(.point(at: [nx, 0]), axes: [.y]),
      ],
      loadCases: [
        LoadCase(
          name: "tip", loads: [MechanicalLoad(.point(at: [nx, ny / 2]), force: [0.1, -1])]),
        LoadCase(
          name: "top",
          loads: [MechanicalLoad(.edge(side: .top), force: [0, -2], sharing: .uniform)],
          isWarm: false, weight: 0.5),
      ].prefix(cases).map { $0 },
      heat: HeatConduction(
        sources: [.init(.disc(center: [nx / 2, ny / 2], radius: 2), power: 3)],
        sinks: [.init(.edge(side: .left), temperature: 1)], stressFreeTemperature: 0.5),
      temperatureChange: 2, filter: DensityFilter(radius: 1.5),
      projection: DensityProjection(steepness: 2),
      terms: [
        Term(.compliance(), weight: 0.3),
        Term(.compliance(reference: 5, cases: ["tip"]), weight: 2, name: "excess"),
        Term(.stress(), weight: 0.7),
        Term(.stress(Aggregate(function: .ks, exponent: 4, limit: 10)), weight: 1, name: "ks"),
        Term(.thermalStress(Aggregate(exponent: 6, relaxation: 1))),
        Term(.displacement(region: .edge(side: .right), direction: [1, -2]), weight: 0.1),
        Term(.displacementNorm(region: .edge(side: .top), exponent: 4)),
        Term(.temperature()),
        Term(.thermalDistortion(region: .edge(side: .right))),
        Term(.warpage(side: .top)),
        Term(.volume()),
        Term(.volume(target: 0.4), weight: 3, name: "excess volume"),
        Term(.minimumSize(MinimumSize(decay: 4))),
        Term(.minimumSize(MinimumSize(decay: 4, radius: 1.8)), name: "minimum-size-of-its-own"),
        Term(.overhang()),
        Term(.overhang(upwards: .left), name: "sideways"),
        Term(.connectivity(sweeps: 8)),
      ])
  }

  /// A periodic cell of two solids and void, with every effective constant.
  package static func cell(columns: Int = 8, rows: Int = 6) -> ManufacturabilityProblem {
    ManufacturabilityProblem(
      grid: DesignGrid(columns: columns, rows: rows), solids: [steel, other],
      void: VoidPhase(stiffnessRatio: 1e-4, conductivityRatio: 1e-4),
      filter: DensityFilter(radius: 1.5),
      terms: [
        Term(.effectiveStiffness(row: 0, column: 0)),
        Term(.effectiveStiffness(row: 0, column: 2), name: "C13"),
        Term(.effectiveStiffness(row: 1, column: 2, target: 0.4), weight: 2, name: "C23"),
        Term(.effectiveConductivity(row: 0, column: 1)),
        Term(.effectiveConductivity(row: 1, column: 1, target: 0.7), name: "k22"),
        Term(.effectiveExpansion(row: 0)),
        Term(.effectiveExpansion(row: 2, target: 0), name: "no shear"),
        Term(.volume()),
      ])
  }

  /// A periodic cell with what follows from its stiffness and with stresses under two mean stresses.
  package static func stressedCell(columns: Int = 8, rows: Int = 6) -> ManufacturabilityProblem {
    var problem = cell(columns: columns, rows: rows)
    problem.terms = [
      Term(.effectiveCompliance(direction: [0, 1, 0])),
      Term(.effectiveCompliance(direction: [1, 1, 0.5]), weight: 0.3, name: "softness"),
      Term(.effectivePoissonsRatio(row: 0, column: 1), weight: 2),
      Term(.cellStress(mean: [0, 1, 0]), weight: 0.5),
      Term(
        .cellStress(mean: [1, -0.5, 0.3], Aggregate(function: .ks, exponent: 4, limit: 2)),
        name: "ks"),
      Term(.cellStress(mean: [0, 1, 0], Aggregate(exponent: 4)), name: "again"),
      Term(.volume(solid: 2), name: "second"),
      Term(.volume(target: 0.2, isExact: true, solid: 1), name: "first"),
    ]
    return problem
  }

  /// The same in space.
  package static func block(_ count: Int = 6) -> ManufacturabilityProblem {
    let n = Double(count)
    return ManufacturabilityProblem(
      grid: DesignGrid(columns: count, rows: count - 1, layers: count + 1, pixelSize: 0.5),
      solids: [steel], void: VoidPhase(stiffnessRatio: 1e-6, conductivityRatio: 1e-3),
      supports: [Support(.edge(side: .back), axes: [.x, .y, .z])],
      loadCases: [
        LoadCase(loads: [MechanicalLoad(.point(at: [n, 1, n + 1]), force: [0.5, -1, 0.2])])
      ],
      heat: HeatConduction(
        sources: [.init(.edge(side: .front), power: 3)],
        sinks: [.init(.edge(side: .back), temperature: 0)]),
      filter: DensityFilter(radius: 1.2),
      terms: [
        Term(.compliance()), Term(.stress()), Term(.thermalStress()), Term(.warpage(side: .front)),
        Term(.temperature()), Term(.overhang(upwards: .front)), Term(.connectivity()),
        Term(.minimumSize(MinimumSize(decay: 4))),
      ])
  }

  /// Random densities within a range.
  package static func densities(
    _ problem: ManufacturabilityProblem, in range: ClosedRange<Double> = 0.1...0.9, seed: UInt64 = 7
  ) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<problem.designCount).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * random.nextUnit()
    }
  }

  /// Nearly black and white blobs with void of exactly 0 and solid of exactly 1 among them, in a solid frame that carries the loads.
  package static func nearlyBinary(_ problem: ManufacturabilityProblem, seed: UInt64 = 3)
    -> [Double]
  {
    let grid = problem.grid
    var random = SeededGenerator(seed: seed)
    let waves = (0..<4).map { _ in
      (
        random.nextUnit() * 1.2, random.nextUnit() * 1.2, random.nextUnit() * 1.2,
        random.nextUnit() * 6
      )
    }
    let solid = (0..<grid.elementCount).map { element -> Double in
      let at = grid.position(ofElement: element)
      let height = waves.reduce(0.6) { sum, wave in
        let phase =
          wave.0 * Double(at.i) + wave.1 * Double(at.j) + wave.2 * Double(at.k) + wave.3
        return sum + 2
          * tanh(2 * (abs(phase.truncatingRemainder(dividingBy: 4) - 2) - 1))
      }
      let isFrame =
        at.i == 0 || at.j == 0 || at.i == grid.columns - 1 || at.j == grid.rows - 1
      return isFrame ? 0.97 : min(1, max(0, 0.5 + height))
    }
    return problem.channelCount == 1 ? solid : solid + solid.reversed()
  }
}

extension ManufacturabilityProblem {
  /// The problem with films of different strength on two sides, one on a part of its side, in place of its sinks.
  package var filmed: Self {
    var problem = self
    let depth = grid.isPlane ? [] : [Double(grid.layers ?? 1)]
    let corner = [Double(grid.columns), Double(grid.rows)] + depth
    var lower = corner.map { _ in 0.0 }
    (lower[0], lower[1]) = (1, corner[1])
    problem.heat?.sinks = []
    problem.heat?.films = [
      .init(.edge(side: .left), coefficient: 3, ambient: 1),
      .init(.box(lower: lower, upper: corner), coefficient: 0.5, ambient: -1),
    ]
    return problem
  }

  /// The problem in a matrix, with an inlay of a solid of its own and one of the design's, temperatures that strain nothing, and a stress of a region.
  package var inMatrix: Self {
    var problem = self
    problem.matrix = SolidPhase(
      youngsModulus: 0.4, poissonsRatio: 0.2, conductivity: 0.3, expansion: 0.02)
    let depth = grid.isPlane ? [] : [Double(grid.layers ?? 1)]
    func box(_ from: [Double], _ to: [Double]) -> GridRegion {
      .box(lower: from + depth.map { _ in 0 }, upper: to + depth)
    }
    problem.passive = [
      PassiveRegion(
        box([3, 2], [5, 4]), .solid,
        madeOf: SolidPhase(
          youngsModulus: 5, poissonsRatio: 0.1, conductivity: 1.5, expansion: -0.01)),
      PassiveRegion(box([0, 0], [2, 1]), .solid), PassiveRegion(box([5, 2], [6, 4]), .void),
    ]
    problem.heat?.deforms = false
    problem.temperatureChange = 2
    problem.terms = [
      Term(.compliance(), weight: 0.3), Term(.temperature()), Term(.warpage(side: .top)),
      Term(.stress(Aggregate(region: box([2, 1], [6, 5]))), name: "around the inlay"),
      Term(.thermalStress(Aggregate(region: box([3, 2], [5, 4])))),
      Term(.thermalDistortion(region: .edge(side: .right))),
    ]
    return problem
  }

  /// The problem with stress measures alone, which leave out two elements around loads at points and ends of supports.
  package var awayFromSingularStress: Self {
    var problem = self
    problem.terms = [
      Term(.stress(Aggregate(away: 2))),
      Term(.stress(Aggregate(function: .ks, exponent: 4, limit: 10, away: 2)), name: "ks"),
      Term(.thermalStress(Aggregate(exponent: 6, away: 1.5))),
    ]
    return problem
  }
}
