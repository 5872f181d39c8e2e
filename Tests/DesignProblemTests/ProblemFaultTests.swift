import TestSupport
import Testing

@testable import DesignProblem
@testable import Manufacturability

/// Every line of `ManufacturabilityProblem.faults()`: a change to a sound problem, and the place and the words that name it.
@Suite("Faults of problems") struct ProblemFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let place: String
    let words: String
    let change: @Sendable (inout ManufacturabilityProblem) -> Void
    init(
      _ place: String, _ words: String,
      _ change: @escaping @Sendable (inout ManufacturabilityProblem) -> Void
    ) {
      (self.place, self.words, self.change) = (place, words, change)
    }
    var testDescription: String { "\(place): \(words)" }
  }

  static let nowhere = GridRegion.box(lower: [50, 50], upper: [60, 60])

  static let grid: [Case] = [
    Case("grid.columns", "0 elements along an axis; a grid has 1 to 4096") { $0.grid.columns = 0 },
    Case("grid.rows", "5000 elements along an axis") { $0.grid.rows = 5000 },
    Case("grid.layers", "-1 elements") { $0.grid.layers = -1 },
    Case("grid.pixelSize", "0.0 is no length") { $0.grid.pixelSize = 0 },
    Case("grid.pixelSize", "inf is no length") { $0.grid.pixelSize = .infinity },
    Case("grid.thickness", "nan is no length") { $0.grid.thickness = .nan },
  ]
  static let materials: [Case] = [
    Case("solids", "0 solids; a design is made of one or two") { $0.solids = [] },
    Case("solids", "3 solids") { $0.solids += [SampleProblem.other, SampleProblem.other] },
    Case("solids[1].index", "solids[0] has the index 1 too; give each its own") {
      $0.solids.append(SampleProblem.steel)
    },
    Case("solids[0].index", "the index 3 is neither 1 nor 2") { $0.solids[0].index = 3 },
    Case("solids[0].youngsModulus", "Young's modulus -1.0 is not positive") {
      $0.solids[0].youngsModulus = -1
    },
    Case("solids[0].poissonsRatio", "0.5 is not between -1 and 0.5") {
      $0.solids[0].poissonsRatio = 0.5
    },
    Case("solids[0].conductivity", "the conductivity 0.0 is not positive") {
      $0.solids[0].conductivity = 0
    },
    Case("solids[0].expansion", "the expansion is not finite") { $0.solids[0].expansion = .nan },
    Case("void.stiffnessRatio", "0.0 is not within 0…1; 1e-9 is usual, never 0") {
      $0.void.stiffnessRatio = 0
    },
    Case("void.conductivityRatio", "2.0 is not within 0…1") { $0.void.conductivityRatio = 2 },
  ]
  static let structure: [Case] = [
    Case("supports[0].region", "there is nothing of the grid in it") {
      $0.supports[0].region = nowhere
    },
    Case("supports[1].axes", "no direction is held") { $0.supports[1].axes = [] },
    Case("supports[1].axes", "a plane grid has no direction z") { $0.supports[1].axes = [.y, .z] },
    Case("loadCases[1].name", "two load cases are called 'tip'") { $0.loadCases[1].name = "tip" },
    Case("loadCases[0].weight", "the weight -1.0 is negative") { $0.loadCases[0].weight = -1 },
    Case("loadCases[1].loads", "nothing loads the structure in this case") {
      $0.loadCases[1].loads = []
    },
    Case("loadCases[0].loads[0].region", "there is nothing of the grid in it") {
      $0.loadCases[0].loads[0].region = nowhere
    },
    Case("loadCases[0].loads[0].force", "has not 2 finite components, one per direction") {
      $0.loadCases[0].loads[0].force = [1, 2, 3]
    },
    Case("loadCases[0].loads[0].force", "has not 2 finite components") {
      $0.loadCases[0].loads[0].force = [1, .nan]
    },
    Case("loadCases[0].loads[0].force", "the force is zero") {
      $0.loadCases[0].loads[0].force = [0, 0]
    },
    Case("loadCases[0].loads[0]", "all nodes that it acts on are held in its direction") {
      $0.loadCases[0].loads[0].region = .edge(side: .left)
    },
    Case(
      "loadCases[0].loads[0]", "it acts on void only: all elements at its nodes are passive void"
    ) {
      $0.passive = [PassiveRegion(.box(lower: [8, 0], upper: [12, 8]), .void)]
    },
    Case(
      "supports",
      "free to move: a shift along x, a shift along y, a rotation in the plane; hold it somewhere"
    ) {
      $0.supports = []
      $0.terms = [Term(.compliance())]
    },
    Case("supports", "a rotation in the plane; hold another node or direction") {
      $0.supports = [Support(.corner(sides: [.left, .bottom]), axes: [.x, .y])]
    },
    Case("supports", "the structure is free to move: a shift along x") {
      $0.supports = [Support(.edge(side: .bottom), axes: [.y])]
    },
  ]
  static let heat: [Case] = [
    Case("temperatureChange", "it is not finite") { $0.temperatureChange = .infinity },
    Case("heat.sources[0].region", "there is nothing of the grid in it") {
      $0.heat?.sources[0].region = nowhere
    },
    Case("heat.sources[0].power", "it is not finite") { $0.heat?.sources[0].power = .nan },
    Case("heat.sinks", "no temperature is known anywhere; keep a region at one, or give a film") {
      $0.heat?.sinks = []
    },
    Case("heat.sinks[0].region", "there is nothing of the grid in it") {
      $0.heat?.sinks[0].region = nowhere
    },
    Case("heat.sinks[0].temperature", "it is not finite") { $0.heat?.sinks[0].temperature = .nan },
    Case("heat.sinks[1]", "the node at [0, 0] is kept at 4.0 here and at 1.0 by heat.sinks[0]") {
      $0.heat?.sinks.append(.init(.edge(side: .bottom), temperature: 4))
    },
    Case("heat.films[0].region", "no side of an element on the border of the grid is in it") {
      $0.heat?.films = [.init(.point(at: [0, 2]), coefficient: 1, ambient: 0)]
    },
    Case("heat.films[0].region", "give an edge, or a box along one") {
      $0.heat?.films = [.init(.box(lower: [1, 1], upper: [3, 3]), coefficient: 1, ambient: 0)]
    },
    Case("heat.films[0].coefficient", "0.0 is not positive") {
      $0.heat?.films = [.init(.edge(side: .top), coefficient: 0, ambient: 0)]
    },
    Case("heat.films[0].coefficient", "inf is not positive") {
      $0.heat?.films = [.init(.edge(side: .top), coefficient: .infinity, ambient: 0)]
    },
    Case("heat.films[0].ambient", "it is not finite") {
      $0.heat?.films = [.init(.edge(side: .top), coefficient: 1, ambient: .nan)]
    },
    Case("heat.films[1]", "a side of it has a film by heat.films[0] already") {
      $0.heat?.films = [
        .init(.edge(side: .top), coefficient: 1, ambient: 0),
        .init(.box(lower: [0, 8], upper: [2, 8]), coefficient: 2, ambient: 0),
      ]
    },
  ]
  static let fields: [Case] = [
    Case("passive[0].region", "there is nothing of the grid in it") {
      $0.passive = [PassiveRegion(nowhere, .solid)]
    },
    Case("passive[1]", "an element of it is void here and solid by passive[0]") {
      $0.passive = [
        PassiveRegion(.box(lower: [0, 0], upper: [3, 3]), .solid),
        PassiveRegion(.box(lower: [2, 2], upper: [4, 4]), .void),
      ]
    },
    Case("filter.radius", "-1.0 pixels; 0 to 64") { $0.filter = DensityFilter(radius: -1) },
    Case("filter.radius", "nan pixels") { $0.filter = DensityFilter(radius: .nan) },
    Case("projection.steepness", "0.0 is not positive") { $0.projection?.steepness = 0 },
    Case("projection.threshold", "1.0 is not within 0…1") { $0.projection?.threshold = 1 },
    Case("interpolation.penalty", "0.5 is below 1.0, where simp has no finite slope") {
      $0.interpolation.penalty = 0.5
    },
    Case("interpolation.conductivityPenalty", "0.9 is below 1.0") {
      $0.interpolation.conductivityPenalty = 0.9
    },
    Case("interpolation.thermalStressPenalty", "nan is below 1.0") {
      $0.interpolation.thermalStressPenalty = .nan
    },
    Case("interpolation.phasePenalty", "-1.0 is below 0.0, where ramp has no finite slope") {
      $0.interpolation = MaterialInterpolation(scheme: .ramp, penalty: 3, phasePenalty: -1)
    },
  ]

  @Test("are named with their place", arguments: grid + materials + structure + heat + fields)
  func named(_ c: Case) throws {
    var problem = SampleProblem.structure()
    #expect(problem.faults().isEmpty)
    c.change(&problem)
    let faults = problem.faults()
    #expect(
      faults.contains { $0.place == c.place && $0.description.contains(c.words) },
      "\(faults.map(\.description))")
    // A fault says its place first, and the loss refuses with the same list.
    for fault in faults { #expect(fault.description.hasPrefix(fault.place + ": ")) }
    #expect(throws: ProblemFaults(faults)) { try ManufacturabilityLoss(of: problem) }
  }

  @Test func `all faults are told at once, a line each, in the order of the properties`() {
    var problem = SampleProblem.structure()
    problem.solids[0].youngsModulus = 0
    problem.supports[0].region = Self.nowhere
    problem.heat?.sinks = []
    problem.filter = DensityFilter(radius: 0)
    problem.terms[0].weight = -2
    problem.terms[2].measure = .stress(Aggregate(exponent: 0.5))
    let faults = problem.faults()
    #expect(
      faults.map(\.place) == [
        "solids[0].youngsModulus", "supports[0].region", "heat.sinks", "filter.radius",
        "terms[0].weight", "terms[2].exponent",
      ])
    #expect(ProblemFaults(faults).description.split(separator: "\n").count == 6)
  }

  @Test func `rigid motions in space are named one by one`() {
    var problem = SampleProblem.block(4)
    problem.supports = [Support(.edge(side: .back), axes: [.z])]
    let text = problem.faults().map(\.description).joined()
    for motion in ["a shift along x", "a shift along y", "a rotation about z"] {
      #expect(text.contains(motion), "\(text)")
    }
    #expect(!text.contains("a shift along z") && !text.contains("about x"))
    // A hinge along a line of nodes: one rotation is left.
    problem.supports = [
      Support(.box(lower: [0, 0, 0], upper: [4, 0, 0]), axes: [.x, .y, .z])
    ]
    #expect(
      problem.faults().map(\.problem) == ["the structure is free to move: a rotation about x"])
  }

  @Test func `grids that are refused are refused before anything is made of them`() {
    var problem = SampleProblem.structure()
    problem.grid = DesignGrid(columns: 4096, rows: .max, layers: .max)
    #expect(problem.faults().map(\.place).contains("grid.rows"))
  }
}
