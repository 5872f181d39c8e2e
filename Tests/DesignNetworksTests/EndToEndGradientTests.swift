import DesignFamilies
import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks
@testable import DesignProblem

/// From the weights of the generator through filter, projection, heat, stress and thermal distortion to the loss, and back.
@Suite("The gradient from end to end") struct EndToEndGradientTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let tasks: [DesignTask]
    var testDescription: String { name }
  }

  /// A bracket between a warm and a cold place under two load cases: stress away from its loads, thermal distortion, displacement, temperature.
  private static func part(_ tip: Double) -> DesignTask {
    DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: 32, rows: 32), solids: [.aluminium6061],
        supports: [Support(.edge(side: .left), axes: [.x, .y])],
        loadCases: [
          LoadCase(name: "tip", loads: [MechanicalLoad(.point(at: [32, tip]), force: [0, -100])]),
          LoadCase(
            name: "top",
            loads: [MechanicalLoad(.edge(side: .top), force: [0, -300], sharing: .uniform)],
            isWarm: false),
        ],
        heat: HeatConduction(
          sources: [.init(.disc(center: [24, 20], radius: 3), power: 2)],
          sinks: [.init(.edge(side: .left), temperature: 20)], stressFreeTemperature: 20),
        terms: [
          Term(.compliance()), Term(.stress(Aggregate(away: 2)), weight: 0),
          Term(.thermalDistortion(region: .edge(side: .right)), weight: 0),
          Term(.displacement(region: .edge(side: .right), direction: [0, -1]), weight: 0),
          Term(.temperature(), weight: 0),
        ]), volumeFraction: 0.45)
  }

  /// Fins between a heated base and air: temperature, and how far the heat bends what is held at the base.
  private static func heatSink(_ power: Double) -> DesignTask {
    DesignTask(
      ManufacturabilityProblem(
        grid: DesignGrid(columns: 32, rows: 32), solids: [.aluminium6061],
        supports: [Support(.edge(side: .bottom), axes: [.x, .y])],
        heat: HeatConduction(
          sources: [.init(.edge(side: .bottom), power: power)],
          films: [
            .init(.edge(side: .top), coefficient: 0.5, ambient: 20),
            .init(.edge(side: .left), coefficient: 0.2, ambient: 20),
          ], stressFreeTemperature: 20),
        terms: [
          Term(.temperature()), Term(.thermalStress(Aggregate(away: 2)), weight: 0),
          Term(.thermalDistortion(region: .edge(side: .top)), weight: 0),
        ]), volumeFraction: 0.4)
  }

  /// A problem of a shipped family.
  private static func shipped(_ name: String, _ number: Int) -> DesignTask {
    do {
      let family = try Families.known.named(name)
      return try family.task(number, seed: 1, size: family.sizes[0], from: nil)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  static let kinds = [
    Kind(name: "part", tasks: [part(16), part(5)]),
    Kind(name: "heat sink", tasks: [heatSink(10), heatSink(25)]),
    // Packages: temperature, warpage over reflow, stress at the corners of the die.
    Kind(name: "chip", tasks: (4..<6).map { shipped("chip", $0) }),
    Kind(name: "floorplan", tasks: (0..<2).map { shipped("floorplan", $0) }),
  ]

  /// Random directions, tilted towards the gradient: there the curvature is large, and the rectifiers' kinks, which a step across random directions meets as
  /// often, are small beside it. A second opinion are central differences along the random directions themselves.
  @Test(arguments: kinds, [true, false])
  func `the Taylor remainder has order two, and differences agree along random directions`(
    _ kind: Kind, _ isFiltered: Bool
  ) throws {
    let term = PhysicsTerm(
      volumeWeight: 10, connectivityWeight: 0.1,
      filter: isFiltered ? DensityFilter(radius: 1.5) : nil,
      projection: isFiltered ? DensityProjection(steepness: 8) : nil, accuracy: .full)
    var random = SeededGenerator(seed: 7)
    var drawn = Parameters()
    let fieldCount = 3
    let generator = Generator(
      .init(fieldCount: fieldCount, width: 8, blockCount: 1), in: &drawn, random: &random)
    let parameters = drawn.converted(to: .double)
    let noise = GeneratorTests.normal([2, fieldCount - 1, 32, 32], &random)
    let volume = Tensor(
      kind.tasks.flatMap { [Double](repeating: $0.volumeFraction, count: 1024) },
      shape: [2, 1, 32, 32])
    let fields = Tensor.concatenated([volume, noise], along: 1)
    let codes = (
      GeneratorTests.normal([2, 16], &random), GeneratorTests.normal([2, 4, 16, 16], &random)
    )
    func designs(_ parameters: Parameters) -> Tensor {
      generator(fields, globalCode: codes.0, localCode: codes.1, parameters)
    }
    let losses = try limited(kind.tasks, at: designs(parameters.detached()).doubles, term)
    func loss(_ parameters: Parameters) throws -> Tensor {
      try term(designs(parameters), losses).cost
    }
    let parts = try term(designs(parameters.detached()), losses).parts
    let broken = parts.filter { $0.name.hasPrefix("limit") && $0.value > 0 }
    #expect(broken.count == kind.tasks[0].stated.terms.count - 1, "\(parts)")
    let value = try loss(parameters)
    let gradient = try Tensor.gradient(of: value, withRespectTo: parameters.tensors)
    let gradientLength = gradient.squaredNorm.squareRoot()
    for seed in 1...3 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      let noise = parameters.tensors.map { GeneratorTests.normal($0.shape, &random) }
      let noiseLength = noise.squaredNorm.squareRoot()
      func moved(_ direction: [Tensor], _ step: Double) throws -> Double {
        var moved = parameters.detached()
        moved.tensors.accumulate(direction, scale: step)
        return try loss(moved).item
      }
      var tilted = noise.zeros
      tilted.accumulate(noise, scale: 1 / noiseLength)
      tilted.accumulate(gradient, scale: 1 / gradientLength)
      let slope = gradient.dot(tilted)
      // Steps that change the loss by a tenth, and ever less: two to a decade.
      let steps = (0..<10).map { 0.1 / slope * exponential(-logarithm(10) * Double($0) / 2) }
      let remainders = try steps.map { abs(try moved(tilted, $0) - value.item - $0 * slope) }
      // Clear of the solver's 1e-12, magnified by the condition of the systems.
      let orders = zip(remainders, remainders.dropFirst(2)).map { large, small in
        small > 1e-11 ? logarithm(large / small) / logarithm(10) : .nan
      }
      #expect(orders.contains { abs($0 - 2) < 0.1 }, "\(orders), \(remainders)")
      let randomSlope = gradient.dot(noise) / noiseLength
      let errors = try [1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7].map { step in
        let difference = try moved(noise, step / noiseLength) - moved(noise, -step / noiseLength)
        return abs(difference / (2 * step) - randomSlope) / abs(randomSlope)
      }
      // Rectifiers whose kink lies within the step add an error in proportion to it; round-off, 1e-12 over the step, ends the fall.
      #expect((errors.min() ?? 1) < 1e-4, "\(errors)")
    }
  }

  /// The losses of tasks with every further measure limited: one a little, others well below their values at the designs.
  private func limited(_ tasks: [DesignTask], at designs: [Double], _ term: PhysicsTerm) throws
    -> [TaskLoss]
  {
    try tasks.enumerated().map { place, task in
      var task = task
      let names = task.stated.terms.dropFirst().map(\.name)
      task.limits = names.map { TaskLimit($0, .value(1), reason: "") }
      let design = Array(designs[(place * 1024)..<((place + 1) * 1024)])
      let values = try term.loss(of: task, reference: 1).solver.evaluate(
        [design], .init(gradient: .none))[0].get().terms
      for order in task.limits.indices {
        let value = values[order + 1].value
        // In the round of the hinge, and beyond it.
        task.limits[order].bound = .value((order == 1 ? 1 : 0.7) * value)
      }
      return try term.loss(of: task, reference: 0.8 * values[0].value)
    }
  }
}
