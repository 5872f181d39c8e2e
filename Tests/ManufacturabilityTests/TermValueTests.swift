internal import Glibc
import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Terms of designs small enough for pencil and paper.
@Suite("Values of terms by hand") struct TermValueTests {
  /// A grid held at the bottom and pulled at its top, with the given geometric term alone.
  private func value(
    _ measure: Measure, _ rows: [String], held: GridRegion = .edge(side: .bottom),
    filter: Double? = nil
  ) throws -> Double {
    let grid = DesignGrid(columns: rows[0].count, rows: rows.count)
    let problem = ManufacturabilityProblem(
      grid: grid, solids: [SampleProblem.steel], supports: [Support(held, axes: [.x, .y])],
      filter: filter.map { DensityFilter(radius: $0) },
      projection: filter.map { _ in DensityProjection(steepness: 16) }, terms: [Term(measure)])
    let design = rows.joined().map { $0 == "#" ? 1.0 : $0 == "." ? 0 : Double("0.\($0)") ?? .nan }
    return try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0]
      .get().total
  }

  @Test func `volume is the mean density, or the squared excess over a target`() throws {
    let image = ["#5.", "..#"]  // 2.5 of 6
    #expect(agree(try value(.volume(), image), 2.5 / 6, within: 1e-15))
    #expect(try value(.volume(target: 0.5), image) == 0)
    let short = 2.5 / 3 - 1
    #expect(
      agree(try value(.volume(target: 0.5, isExact: true), image), short * short, within: 1e-14))
    #expect(agree(try value(.volume(target: 0.25), image), 4.0 / 9, within: 1e-14))
  }

  @Test func `minimum size is nothing for thick members and gaps, and something for thin ones`()
    throws
  {
    let size = Measure.minimumSize()
    let thick = Array(repeating: "......######......", count: 6)
    let thin = Array(repeating: "........#.........", count: 6)
    let gap = Array(repeating: "########.#########", count: 6)
    #expect(try value(size, Array(repeating: "####", count: 4), filter: 2.5) == 0)
    let values = try [thick, thin, gap].map { try value(size, $0, filter: 2.5) }
    // Flanks of a filtered edge have slopes of 0.15 to 0.3: a little is left there.
    #expect(values[0] < 0.02 * values[1], "\(values)")
    #expect(values[1] > 1e-3 && values[2] > 1e-3, "\(values)")
    // With a radius of its own it needs no filter of the problem's.
    let free = Measure.minimumSize(MinimumSize(radius: 2.5))
    let unfiltered = try [thick, thin, gap].map { try value(free, $0) }
    #expect(unfiltered[0] < 0.02 * unfiltered[1], "\(unfiltered)")
    #expect(unfiltered[1] > 1e-3 && unfiltered[2] > 1e-3, "\(unfiltered)")
    #expect(try [thick, thin, gap].allSatisfy { try value(size, $0) == 0 })
  }

  @Test("overhang is nothing for a column and something for a floating roof, in all directions")
  func overhang() throws {
    let column = ["..#..", "..#..", "..#..", "..#..", "..#.."]
    let roof = [".....", "#####", ".....", ".....", "....."]
    let slope = ["....#", "...##", "..##.", ".##..", "##..."]  // 45° carries
    func turned(_ rows: [String]) -> [String] {
      // Counter-clockwise: up becomes left.
      let pixels = rows.map(Array.init)
      return (0..<5).map { row in String((0..<5).map { pixels[$0][4 - row] }) }
    }
    let directions: [GridSide] = [.top, .left, .bottom, .right]
    var (c, r, s) = (column, roof, slope)
    var roofs: [Double] = []
    for side in directions {
      // smin and smax are smooth: ½ (√ε) = 0.005 is the most that a carried element lacks, 2.5e-5 of its square.
      #expect(try value(.overhang(upwards: side), c) < 1e-4, "column, \(side)")
      #expect(try value(.overhang(upwards: side), s) < 1e-4, "slope, \(side)")
      roofs.append(try value(.overhang(upwards: side), r))
      (c, r, s) = (turned(c), turned(r), turned(s))
    }
    // Five of 25 elements lack all of their density.
    for value in roofs { #expect(abs(value - 0.2) < 0.01, "\(roofs)") }
    #expect(try value(.overhang(upwards: .bottom), column) < 1e-4)
    #expect(try value(.overhang(upwards: .bottom), roof) > 0.15)
  }

  @Test func `connectivity is nothing for a bar at the support and counts what floats`() throws {
    let term = Measure.connectivity()
    #expect(try value(term, ["..#..", "..#..", "..#.."]) == 0)
    #expect(try value(term, ["#####", "#...#", "#.###", "#.#..", "#.##.", "#...."]) == 0)
    // Three floating elements of 15.
    #expect(agree(try value(term, ["###..", ".....", "..#.."]), 3.0 / 15, within: 1e-14))
    // A joint across a corner does not carry.
    #expect(agree(try value(term, ["...#.", "..#..", "..#.."]), 1.0 / 15, within: 1e-14))
    // Half density behind solid is reached as far as it is there.
    #expect(try value(term, ["..5..", "..#..", "..#.."]) == 0)
    // No material at the support: all of it floats.
    #expect(agree(try value(term, ["..#..", "..#..", "....."]), 2.0 / 15, within: 1e-14))
  }

  @Test func `the stress norms lie above the largest stress and fall to it as P grows`() throws {
    var problem = SampleProblem.structure()
    let design = SampleProblem.densities(problem)
    func values(_ aggregates: [Aggregate]) throws -> [Double] {
      problem.terms = aggregates.enumerated().map { Term(.stress($1), name: "\($0)") }
      return try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0]
        .get().terms.map(\.value)
    }
    let exponents = [1.0, 2, 4, 8, 32, 128, 1000]
    let norms = try values(exponents.map { Aggregate(exponent: $0) })
    let ks = try values(exponents.map { Aggregate(function: .ks, exponent: $0, limit: 1) })
    // 192 stresses: ‖s‖_P ≤ 192^(1/P) max; KS ≤ max + ln 192 / P. So the last ones bracket the largest.
    let largest = norms[6] / pow(192, 1e-3)...norms[6]
    for (k, P) in exponents.enumerated() {
      #expect(norms[k] >= largest.lowerBound && ks[k] >= largest.lowerBound)
      let (highNorm, highKS) = (
        largest.upperBound * pow(192, 1 / P) * (1 + 1e-12),
        largest.upperBound + log(192) / P + 1e-12
      )
      #expect(norms[k] <= highNorm)
      #expect(ks[k] <= highKS)
      if k > 0 { #expect(norms[k] <= norms[k - 1] && ks[k] <= ks[k - 1]) }
    }
  }

  @Test func `stresses away from loads at points and ends of supports are of the other elements`()
    throws
  {
    // A bar without lateral strain in tension: sixteen elements that bear 1.
    var problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 4, rows: 4),
      solids: [SolidPhase(youngsModulus: 2, poissonsRatio: 0)],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [
        LoadCase(
          name: "a", loads: [MechanicalLoad(.edge(side: .right), force: [4, 0], sharing: .uniform)]
        )
      ], terms: [])
    func value(_ away: Double, ks: Bool = false, cases: [String]? = nil) throws -> Double {
      problem.terms = [
        Term(
          .stress(
            ks
              ? Aggregate(function: .ks, exponent: 2, limit: 1, away: away)
              : Aggregate(exponent: 1, away: away), cases: cases))
      ]
      return try ManufacturabilityLoss(of: problem).evaluate(
        [Array(repeating: 1, count: 16)], .init(gradient: .none))[0].get().total
    }
    // The ends of the support are two corners: within 1 of each lies the centre of one element, at 0.71; within 1.6 of three, two at 1.58.
    #expect(agree(try value(0.7), 16, within: 1e-12))
    #expect(agree(try value(1), 14, within: 1e-12))
    #expect(agree(try value(1.6), 10, within: 1e-12))
    // ½ ln Σ exp(2 · 1)
    #expect(agree(try value(1, ks: true), 1 + log(14) / 2, within: 1e-12))
    // A load at a point of the middle leaves four elements more out, in its own case alone.
    problem.loadCases.append(problem.loadCases[0])
    problem.loadCases[1].name = "b"
    problem.loadCases[1].loads.append(MechanicalLoad(.point(at: [2, 2]), force: [1e-13, 0]))
    #expect(agree(try value(1, cases: ["b"]), 10, within: 1e-11))
    #expect(agree(try value(1), 14 + 10, within: 1e-11))
  }

  @Test("relaxation leaves solid as it is and frees void", arguments: [0.5, 1, 2.8])
  func relaxation(q: Double) throws {
    // A bar in tension without lateral strain: the right half, pulled through the left, bears 1 everywhere; void beside it bears none.
    var problem = ManufacturabilityProblem(
      grid: DesignGrid(columns: 4, rows: 2),
      solids: [SolidPhase(youngsModulus: 2, poissonsRatio: 0)],
      supports: [Support(.edge(side: .left), axes: [.x, .y])],
      loadCases: [
        LoadCase(loads: [MechanicalLoad(.edge(side: .right), force: [2, 0], sharing: .uniform)])
      ],
      terms: [Term(.stress(Aggregate(exponent: 1, relaxation: q)))])
    func sum(_ design: [Double]) throws -> Double {
      try ManufacturabilityLoss(of: problem).evaluate([design], .init(gradient: .none))[0].get()
        .total
    }
    // η(1) = 1: eight elements at stress 1.
    #expect(agree(try sum(Array(repeating: 1, count: 8)), 8, within: 1e-12))
    // η(0) = 0: void hangs from the bar that bears the force of the lower row alone, and counts for nothing.
    problem.loadCases[0].loads[0] = MechanicalLoad(
      .box(lower: [4, 0], upper: [4, 1]), force: [1, 0], sharing: .uniform)
    let half = [0.0, 0, 0, 0, 1, 1, 1, 1]
    // Void of 1e-9 bends the bar by as much.
    #expect(agree(try sum(half), 4, within: 1e-7))
    let without = ManufacturabilityProblem(
      grid: problem.grid, solids: problem.solids, supports: problem.supports,
      loadCases: problem.loadCases, terms: [Term(.stress(Aggregate(exponent: 1, relaxation: 0)))])
    // q = 0 relaxes nothing: what the void would bear counts too, and it strains with the bar.
    let free = try ManufacturabilityLoss(of: without).evaluate([half])[0].get().total
    #expect(free > 5)
  }

  @Test func `warpage sees no rigid motion and no plane`() throws {
    // Uniform temperature rise of a free body is u = α θ x, with the supports of a rigid motion about an inclined hinge: sides stay straight.
    for isSpace in [false, true] {
      let grid =
        isSpace
        ? DesignGrid(columns: 4, rows: 3, layers: 5, pixelSize: 0.5)
        : DesignGrid(columns: 6, rows: 4, pixelSize: 0.5)
      let sides = GridSide.allCases.filter { $0.axis < grid.axisCount }
      let problem = ManufacturabilityProblem(
        grid: grid, solids: [SampleProblem.steel],
        supports: isSpace
          ? [
            Support(.point(at: [0, 0, 0]), axes: [.x, .y, .z]),
            Support(.point(at: [4, 0, 0]), axes: [.y, .z]),
            Support(.point(at: [0, 3, 0]), axes: [.z]),
          ]
          : [
            Support(.point(at: [0, 0]), axes: [.x, .y]),
            // The far corner glides along y: the body turns as it grows.
            Support(.point(at: [6, 4]), axes: [.x]),
          ],
        temperatureChange: 2,
        terms: sides.map { Term(.warpage(side: $0), name: "warpage \($0)") }
          + sides.map { Term(.thermalDistortion(region: .edge(side: $0)), name: "\($0)") })
      let design = [Double](repeating: 1, count: grid.elementCount)
      let terms = try ManufacturabilityLoss(of: problem).evaluate(
        [design], .init(gradient: .none))[0].get().terms
      let distortion = terms[sides.count...].map(\.value).max() ?? 0
      // It grows by α θ = 0.02 times some 2.
      #expect(distortion > 0.02)
      // Round-off of the displacements that cancel.
      for term in terms[..<sides.count] {
        #expect(term.value < 1e-12 * distortion, "\(term.name): \(term.value)")
      }
    }
  }
}
