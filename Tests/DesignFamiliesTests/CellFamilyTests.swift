import Foundation
import TestSupport
import Testing

@testable import DesignFamilies
@testable import DesignProblem
@testable import Manufacturability

/// The families whose designs are cells of a periodic material: microstructure, of two solids and void, and stent.
@Suite("Families of cells") struct CellFamilyTests {
  private static let size = GridSize(columns: 32, rows: 32)

  private static func set(_ name: String, _ size: GridSize, _ folder: String) throws -> Dataset {
    let family = try Families.known.family(name)
    var search = family.search
    (search.iterationCount, search.startCount) = (30, 1)
    let manifest = DatasetManifest(
      family: family, size: size, seed: 1, distribution: "main", search: search, count: 8,
      versions: ["gcgan": "test"])
    var builder = try DatasetBuilder(manifest, in: folder)
    #expect(try builder.run())
    #expect(builder.manifest.soundCount == 8)
    return try Dataset(contentsOf: folder)
  }

  @Test
  func
    `a data set of two solids keeps both, and every design is one body that goes on in the next cells`()
    throws
  {
    try DatasetTests.withFolder { folder in
      let set = try Self.set("microstructure", Self.size, folder)
      for (design, task) in zip(set.all.designs, set.all.problems) {
        #expect(design.second.count == Self.size.elementCount)
        #expect(zip(design.solid, design.second).allSatisfy { $0 || !$1 })
        #expect(abs(design.solidCount - task.solidCount) <= 1)
        let body = CellBody(of: design.solid, Self.size)
        #expect(body.spans && body.count == design.solidCount)
      }
      #expect(set.all.designs.contains { $0.secondCount > 0 })
      // What was written is what was judged: objectives are those of the designs read back.
      let qualities = try DesignQuality.strictly(
        set.all.designs, for: set.all.problems, references: set.all.objectives)
      // Solved with the accuracy of training, 1e-6 of the displacements, cells with members of one element among them.
      #expect(qualities.allSatisfy { abs($0.objectiveError) < 1e-4 })
    }
  }

  @Test func `stents keep their slots void`() throws {
    try DatasetTests.withFolder { folder in
      let set = try Self.set("stent", GridSize(columns: 64, rows: 32), folder)
      for (design, task) in zip(set.all.designs, set.all.problems) {
        #expect(zip(design.solid, task.fillings).allSatisfy { $1 != .void || !$0 })
        #expect(design.second.isEmpty)
      }
    }
  }

  @Test func `a body of a cell spans it where it winds round both axes`() {
    let size = GridSize(columns: 6, rows: 5)
    func body(_ rows: [String]) -> CellBody {
      CellBody(of: rows.joined().map { $0 == "#" }, size)
    }
    let ring = body(["......", "######", "......", "#.....", "......"])
    #expect(ring.count == 6 && !ring.spans)
    let diagonal = body([".#....", ".#....", "##...#", "..#...", "......"])
    #expect(!diagonal.spans)
    let cross = body(["..#...", "..#...", "######", "..#...", "..#..."])
    #expect(cross.count == 10 && cross.spans)
  }

  @Test func `limits on the volume of a solid are kept by the cut`() throws {
    let solids = [
      SolidPhase(index: 1, youngsModulus: 1, poissonsRatio: 0.3),
      SolidPhase(index: 2, youngsModulus: 2, poissonsRatio: 0.3),
    ]
    var task = DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: 4, rows: 4), solids: solids,
        terms: [
          Term(.effectiveCompliance(direction: [1, 1, 0])),
          Term(.volume(solid: 2), weight: 0, name: "second"),
        ]), volumeFraction: 1)
    let share = (0..<16).map { 0.5 + Double($0) / 40 }
    let solid = [Bool](repeating: true, count: 16)
    #expect(task.second(of: share, in: solid).allSatisfy { $0 })
    task.limits = [TaskLimit("second", .value(0.25), reason: "")]
    #expect(task.second(of: share, in: solid) == (0..<16).map { $0 >= 12 })
  }

  @Test func `a target that no cell can have is refused before any solve, with the bounds`() throws
  {
    func problem(_ target: Double, _ solids: [SolidPhase]) -> ManufacturabilityProblem {
      ManufacturabilityProblem(
        grid: DesignGrid(columns: 8, rows: 8), solids: solids,
        terms: [
          Term(.effectiveCompliance(direction: [1, 1, 0]), name: "softness"),
          Term(.effectiveExpansion(row: 0, target: target), weight: 0, name: "x"),
          Term(.effectiveExpansion(row: 1, target: target), weight: 0, name: "y"),
        ])
    }
    let stiff = SolidPhase(youngsModulus: 2, poissonsRatio: 0.3, expansion: 1)
    let soft = SolidPhase(index: 2, youngsModulus: 1, poissonsRatio: 0.3, expansion: 3)
    func text(_ target: Double, _ solids: [SolidPhase], volume: Double, _ bound: Double?) -> String
    {
      let options = OptimisationOptions(
        method: .movingAsymptotes, volumeFraction: volume,
        limits: bound.map { [TermLimit("softness", atMost: $0)] } ?? [])
      let problem = problem(target, solids)
      return (problem.faults() + options.faults(in: problem, volumes: 0...1))
        .map(\.description).joined(separator: "\n")
    }
    #expect(text(-1, [stiff, soft], volume: 0.5, nil).isEmpty)
    #expect(text(-1, [stiff, soft], volume: 0.5, 100).isEmpty)
    // 2 (1 − ν) / E of the stiff solid over the volume is the least compliance; little above it, hardly any contrast is left.
    #expect(text(-1, [stiff, soft], volume: 0.5, 1.5).contains("is out of bounds"))
    #expect(text(1, [stiff, soft], volume: 0.5, 0.5).contains("no cell of these solids"))
    // Without void no limit is needed.
    #expect(text(-1, [stiff, soft], volume: 1, nil).contains("is out of bounds"))
    #expect(text(2, [stiff, soft], volume: 1, nil).isEmpty)
    var alike = soft
    alike.expansion = 1
    #expect(text(0, [stiff, alike], volume: 0.5, nil).contains("two solids of the same expansion"))
    #expect(text(0, [stiff], volume: 0.5, nil).contains("a cell of one solid"))
    #expect(text(1, [stiff], volume: 0.5, nil).isEmpty)
  }

  @Test func `random cells keep the bounds of the expansion`() throws {
    var problem = SampleProblem.cell()
    problem.filter = nil
    problem.void = VoidPhase(stiffnessRatio: 1e-9, conductivityRatio: 1e-9)
    problem.terms = [
      Term(.effectiveCompliance(direction: [1, 1, 0])), Term(.effectiveExpansion(row: 0)),
      Term(.effectiveExpansion(row: 1), name: "y"),
    ]
    let loss = try ManufacturabilityLoss(of: problem)
    for seed in 0..<12 {
      // Beams of the cell's own: black and white, and one body or not.
      let design = SampleProblem.densities(problem, in: 0...1, seed: UInt64(seed))
        .map { $0 < 0.75 ? 1.0 : 0 }
      let count = problem.grid.elementCount
      let evaluation = try loss.evaluate([design], .init(gradient: .none))[0].get()
      let values = evaluation.terms.map(\.value)
      let volume = design.prefix(count).reduce(0, +) / Double(count)
      let range = try #require(
        ExpansionBounds(
          problem.solids[0], problem.solids[1], volumeFraction: volume,
          compliance: values[0] * (1 + 1e-6)
        ).range)
      #expect(range.contains((values[1] + values[2]) / 2), "seed \(seed)")
    }
  }
}
