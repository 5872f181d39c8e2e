import Foundation
import Parallelism
import Testing

@testable import DesignValidation

/// Changes that somebody planted, and reruns that change nothing.
@Suite("Planted changes and harmless reruns", .serialized) struct PlantedChangesTests {
  struct Planted: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout RegressionSample) -> Void
    var part: String
    var model: String?
    /// A quantity that must be among the figures, or a field; `nil` where only inputs differ.
    var quantity: String?
    /// Where the largest change of a field must be, within a tenth of the part.
    var place: SIMD3<Double>?
    /// What an input must contain.
    var input: String?
    var level = RunComparison.Level.moved

    init(
      _ name: String, in part: String, _ model: String? = nil, _ quantity: String? = nil,
      place: SIMD3<Double>? = nil, input: String? = nil,
      level: RunComparison.Level = .moved,
      _ change: @escaping @Sendable (inout RegressionSample) -> Void
    ) {
      (testDescription, self.part, self.model) = (name, part, model)
      (self.quantity, self.place, self.input, self.level) = (quantity, place, input, level)
      self.change = change
    }
  }

  private static let tip = SIMD3<Double>(10, 1, 0)

  static let planted: [Planted] = [
    Planted(
      "Young's modulus up by 0.1 %", in: "cantilever", "fine", "tip deflection", place: tip,
      input: "materials of 'fine'"
    ) { $0.fine.young *= 1.001 },
    Planted(
      "Young's modulus of the coarse model", in: "cantilever", "coarse", "tip deflection",
      place: tip, input: "materials of 'coarse'"
    ) { $0.coarse.young *= 1.001 },
    Planted(
      "Poisson's ratio", in: "cantilever", "fine", "below yield", input: "materials of 'fine'"
    ) { $0.fine.poisson = 0.301 },
    Planted(
      "the force up by 0.1 %", in: "cantilever", "fine", "tip deflection", place: tip,
      input: "the deck of 'fine'"
    ) { $0.fine.force *= 1.001 },
    Planted("the force turned", in: "cantilever", "fine", "energy", input: "the deck of 'fine'") {
      $0.fine.force.x = 10
    },
    Planted(
      "an inner node moved by 0.1 % of the length", in: "cantilever", "fine", "position",
      place: [5.01, 1, 0], input: "mesh of 'fine'"
    ) { $0.fine.moved[[10, 2]] = [0.01, 0, 0] },
    Planted(
      "a node at the support moved by 0.1 % of the height", in: "cantilever", "fine",
      "below yield", input: "mesh of 'fine'"
    ) { $0.fine.moved[[0, 4]] = [0, 0.002, 0] },
    Planted(
      "a node of the coarse model moved", in: "cantilever", "coarse", "position",
      place: [8, 1.002, 0], input: "mesh of 'coarse'"
    ) { $0.coarse.moved[[8, 1]] = [0, 0.002, 0] },
    Planted("a finer mesh", in: "cantilever", nil, nil, input: "mesh of 'fine'", level: .same) {
      $0.fine.columns = 22
    },
    Planted(
      "a much coarser mesh", in: "cantilever", "fine", "tip deflection", input: "mesh of 'fine'",
      level: .matters
    ) { ($0.fine.columns, $0.fine.rows) = (2, 1) },
    Planted(
      "other elements, within the error of both", in: "cantilever", nil, nil,
      input: "element types of 'fine': CPS4 before, CPS4R now", level: .same
    ) { $0.fine.type = "CPS4R" },
    Planted(
      "the thickness up by 0.1 %", in: "cantilever", "fine", "tip deflection", place: tip,
      input: "the deck of 'fine'"
    ) { $0.fine.thickness = 1.001 },
    Planted(
      "a node released", in: "cantilever", "fine", "below yield", input: "the deck of 'fine'",
      level: .matters
    ) { $0.fine.releasedNode = 1 },
    Planted(
      "weight added", in: "cantilever", "fine", "tip deflection", input: "the deck of 'fine'"
    ) { $0.fine.extra = "*DLOAD\nBODY, GRAV, 9810, 0, -1, 0\n" },
    Planted(
      "another reference", in: "cantilever", "fine", "tip deflection", input: "the part file",
      level: .matters
    ) { $0.deflection = "-0.1001" },
    Planted(
      "another tolerance", in: "cantilever", "fine", "tip deflection", input: "the part file",
      level: .matters
    ) { $0.tolerance = "11 %" },
    Planted(
      "another limit", in: "cantilever", "fine", "below yield", input: "the part file",
      level: .matters
    ) { $0.limit = "below: 899 MPa" },
    Planted(
      "a limit that is broken", in: "cantilever", "fine", "below yield", input: "the part file",
      level: .matters
    ) { $0.limit = "below: 50 MPa" },
    Planted(
      "a load beyond the tolerance", in: "cantilever", "fine", "tip deflection", place: tip,
      level: .matters
    ) { $0.fine.force *= 1.2 },
    Planted(
      "another place of reading", in: "cantilever", "fine", "tip deflection",
      input: "the part file", level: .matters
    ) { $0.tipPlace = "LEFT" },
    Planted(
      "another unit", in: "cantilever", "fine", "tip deflection", input: "the part file",
      level: .matters
    ) { ($0.deflection, $0.deflectionUnit) = ("-0.0001", "m") },
    Planted(
      "a quantity removed", in: "cantilever", "fine", "energy", input: "the part file",
      level: .matters
    ) { $0.hasEnergy = false },
    Planted(
      "a conductivity up by 0.1 %", in: "wall", "wall", "temperature of the right side",
      place: [8, 1, 0], input: "materials of 'wall'"
    ) { $0.wall.conductivity *= 1.001 },
    Planted(
      "a temperature up by 0.1 K", in: "wall", "wall", "temperature of the right side",
      input: "the deck of 'wall'"
    ) { $0.wall.temperature = 100.1 },
    Planted(
      "a heat flow up by 0.1 %", in: "wall", "wall", "temperature of the right side",
      place: [8, 1, 0], input: "the deck of 'wall'"
    ) { $0.wall.flow *= 1.001 },
    Planted(
      "a node of the wall moved by 0.1 %", in: "wall", "wall", "position", place: [4.008, 1, 0],
      input: "mesh of 'wall'"
    ) { $0.wall.moved = 0.008 },
    Planted(
      "Young's modulus of the bar", in: "bar", nil, "largest displacement", place: [10, 1, 0],
      input: "materials of 'bar'"
    ) { $0.bar.young *= 1.001 },
    Planted(
      "the force on the bar", in: "bar", nil, "reaction x, sum", input: "the deck of 'bar'"
    ) { $0.bar.force *= 1.001 },
    Planted(
      "a node of the bar moved by 0.1 %", in: "bar", "bar", "position", place: [10.01, 1, 0],
      input: "mesh of 'bar'"
    ) { $0.bar.moved[[6, 1]] = [0.01, 0, 0] },
    Planted(
      "a setting of the step: an end before the ramp's", in: "bar", nil, "strain energy",
      input: "the deck of 'bar'"
    ) {
      $0.bar.forceOptions = ", AMPLITUDE=RAMP"
      $0.bar.staticCard = "*STATIC\n0.999, 0.999"
    },
    Planted("a part removed", in: "wall", level: .matters) { $0.parts = ["bar", "cantilever"] },
    Planted("a deck that cannot be solved", in: "bar", level: .matters) { $0.bar.young = 0 },
  ]

  private static var decks: [WritableKeyPath<RegressionSample, RegressionSample.Deck>] {
    [
      \.coarse, \.fine, \.bar,
    ]
  }

  private static let base = Result {
    let folder = try PartsFolder()
    return (folder, try RegressionSample().run(in: folder, as: "parts"))
  }

  @Test(arguments: planted)
  func `a planted change is named in the right part, quantity and place, and nowhere else`(
    _ planted: Planted
  ) throws {
    let (_, before) = try Self.base.get()
    var sample = RegressionSample()
    planted.change(&sample)
    let folder = try PartsFolder()
    let comparison = try RunComparison(from: before, to: try sample.run(in: folder, as: "parts"))
    #expect(comparison.parts.map(\.name) == [planted.part])
    let part = try #require(comparison.parts.first)
    #expect(part.level == planted.level, "\(part)")
    if let input = planted.input {
      #expect(part.inputs.contains { $0.contains(input) }, "\(part.inputs)")
    }
    if let quantity = planted.quantity {
      let figures = part.figures.filter {
        $0.quantity == quantity && ($0.model == planted.model || planted.model == part.name)
          && $0.level >= .moved
      }
      let fields = part.fields.filter { $0.field == quantity && $0.model == planted.model }
      #expect(!figures.isEmpty || !fields.isEmpty, "\(part)")
    }
    if let model = planted.model, part.name != model, planted.input?.hasPrefix("the part") != true {
      #expect(
        (part.figures.compactMap(\.model) + part.fields.map(\.model)).allSatisfy { $0 == model })
    }
    if let place = planted.place {
      let field = try #require(
        part.fields.first { field in
          field.field == (planted.quantity == "position" ? "position" : field.field)
            && (field.field == "position" || field.field == "displacement"
              || field.field == "temperature")
        })
      let offset = SIMD3(field.position[0], field.position[1], field.position[2]) - place
      #expect((offset * offset).sum().squareRoot() <= 1.01, "\(field)")
    }
  }

  @Test func `there are at least thirty of them`() { #expect(Self.planted.count >= 30) }

  @Test(arguments: 0..<30)
  func `a harmless rerun is not flagged`(_ number: Int) throws {
    let (_, before) = try Self.base.get()
    var sample = RegressionSample()
    // A multiplier that shares no divisor with the count gives every number another one.
    let step = [1, 2, 3, 5, 7, 11, 13, 17][number % 8]
    let isNumbered = number >= 4
    let numbering: (Int) -> Int = { isNumbered ? ($0 * step) % 997 * 3 + number : $0 }
    for deck in Self.decks {
      sample[keyPath: deck].numbering = numbering
      sample[keyPath: deck].isReversed = number % 3 == 2
      if number % 5 == 3 { sample[keyPath: deck].comment = "** rerun \(number)" }
    }
    sample.wall.numbering = numbering
    sample.wall.isReversed = number % 3 == 2
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    WorkerPool.threadCount = 1 + number % 2
    let folder = try PartsFolder()
    let after = try sample.run(
      in: folder, as: "elsewhere/parts \(number)/parts", isReversed: number % 4 == 1)
    let comparison = try RunComparison(from: before, to: after)
    #expect(comparison.level == .same, "\(comparison.parts)")
    #expect(comparison.comparedCount == 3)
    #expect(comparison.parts.allSatisfy { $0.figures.isEmpty && $0.fields.isEmpty })
    // Without other numbers, lines or words the record itself is the same to the byte.
    if !isNumbered && number % 3 != 2 && number % 5 != 3 {
      #expect(after.record == before.record)
      #expect(comparison.parts.isEmpty)
    }
  }

  @Test func `a part that is new, and one that passes again, are named`() throws {
    let folder = try PartsFolder()
    var sample = RegressionSample()
    sample.limit = "below: 50 MPa"
    sample.parts = ["bar", "cantilever"]
    let before = try sample.run(in: folder, as: "a/parts")
    let after = try RegressionSample().run(in: folder, as: "b/parts")
    let comparison = try RunComparison(from: before, to: after)
    #expect(comparison.parts.map(\.name) == ["cantilever", "wall"])
    #expect(comparison.parts.map(\.change) == [.mended, .new])
    #expect(comparison.parts.map(\.level) == [.matters, .moved])
  }

  @Test func `runs on meshes that differ are held apart by both uncertainties`() throws {
    func part(_ value: Double, u: Double?, mesh: String) -> PartResult {
      var part = PartResult(PartFolder(name: "p", path: "p", kind: .partFile))
      var model = ModelResult(
        name: "m", deck: "m.inp", isStated: true, elementTypes: "CPS4", nodeCount: 4, cellCount: 1,
        steps: [])
      model.checksums = ModelChecksums(deck: mesh, mesh: mesh, materials: "")
      part.models = [model]
      part.quantities = [
        QuantityResult(
          name: "q", question: .verification, read: "temperature", unit: "K",
          reference: .init(value: 1, uncertainty: 0, kind: .analytic, role: nil, source: ""),
          tolerance: .init(absolute: 10, relative: nil, reason: ""),
          readings: [
            ReadingResult(
              model: "m", isStated: true, value: value, numericalUncertainty: u, verdict: .pass)
          ], convergence: [], verdict: .pass)
      ]
      return part
    }
    let folder = try PartsFolder()
    func run(_ part: PartResult, _ name: String) throws -> SavedRunFolder {
      let begun = try RunFolder(beginningAt: folder.path + "/" + name)
      try begun.finish(
        RunRecord(
          RunResult(program: ProgramVersion(version: ""), directory: "", parts: [part]),
          directories: ["parts"]), RunTimings())
      return try SavedRunFolder(folder.path + "/" + name)
    }
    let before = try run(part(1, u: 0.01, mesh: "a"), "a")
    for (value, u, mesh, level) in [
      (1.005, 0.001, "b", RunComparison.Level.same), (1.02, 0.03, "b", .same),
      (1.02, 0.001, "b", .moved), (1.005, 0.01, "a", .moved), (1 + 0.9e-8, 0.01, "a", .same),
      (1 + 1.2e-8, 0.01, "a", .moved), (12, 0.01, "a", .matters),
    ] {
      let comparison = try RunComparison(
        from: before, to: try run(part(value, u: u, mesh: mesh), "b"))
      #expect(comparison.level == level, "\(value), \(u), \(mesh): \(comparison.parts)")
    }
  }
}
