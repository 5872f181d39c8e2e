import DesignFamilies
import Manufacturability
import Tensors
import TestSupport
import Testing

@testable import DesignNetworks
@testable import DesignProblem

@Suite("Physics in the loss") struct PhysicsTermTests {
  @Test func `a fault of the solver comes out of the term`() throws {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(0, seed: 1)
    let term = PhysicsTerm()
    let loss = try term.loss(of: problem, reference: 1)
    var values = [Double](repeating: 0.5, count: 1024)
    values[17] = .nan
    #expect(throws: DesignFault.self) {
      try term(Tensor(values, shape: [1, 1, 32, 32]), [loss])
    }
  }

  @Test(arguments: [PhysicsTerm(), TrainingConfig.PhysicsSchedule().term])
  func `a load on saturated void has a value and a gradient, not a fault`(_ term: PhysicsTerm)
    throws
  {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(0, seed: 1)
    let loss = try term.loss(of: problem, reference: 1)
    let empty = Tensor.zeros([1, 1, 32, 32]).detached(requiresGradient: true)
    let value = try term(empty, [loss]).cost
    #expect(value.item.isFinite)
    let gradient = try Tensor.gradient(of: value, withRespectTo: [empty])
    #expect(gradient.squaredNorm.isFinite)
  }

  @Test func `a checkerboard is no stiffer than the grey that it is made of`() throws {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(0, seed: 1)
    // Solid where the load and the supports act, so that it is the inside that counts.
    let solid = Set(problem.supportElements + problem.loadElements.flatMap(\.self))
    func design(_ density: (Int) -> Double) -> [Double] {
      (0..<1024).map { solid.contains($0) ? 1 : density($0) }
    }
    func stiffer(_ term: PhysicsTerm) throws -> Double {
      let loss = try term.loss(of: problem, reference: 1)
      func value(_ design: [Double]) throws -> Double {
        try term(Tensor(design, shape: [1, 1, 32, 32]), [loss]).cost.item
      }
      return try value(design { _ in 0.5 }) - value(design { ($0 / 32 + $0) % 2 == 0 ? 1 : 0 })
    }
    // More than twice as stiff: four-node elements that meet in corners alone.
    let (plain, seen) = (
      try stiffer(PhysicsTerm()), try stiffer(TrainingConfig.PhysicsSchedule().term)
    )
    #expect(plain > 0.7, "\(plain)")
    #expect(seen < 0.1, "\(seen)")
  }

  @Test func `designs of two images have a cost and its gradient`() throws {
    let task = DesignTask(
      SampleProblem.structure(solids: [SampleProblem.steel, SampleProblem.other]),
      volumeFraction: 0.5, limits: [TaskLimit("thermal-distortion", .value(0.01), reason: "fit")])
    let term = PhysicsTerm(volumeWeight: 3, filter: DensityFilter(radius: 1.5), accuracy: .full)
    let loss = try term.loss(of: task, reference: 2)
    let (rows, columns) = (task.size.rows, task.size.columns)
    let shape = [1, 2, rows, columns]
    let design = SampleProblem.densities(task.stated, in: 0.3...0.7)
    let images = Tensor(design, shape: shape).detached(requiresGradient: true)
    let (cost, parts) = try term(images, [loss])
    #expect(parts.map(\.name) == ["objective", "limit thermal-distortion", "volume"])
    #expect(parts.allSatisfy { $0.value > 0 })
    let gradient = try Tensor.gradient(of: cost, withRespectTo: [images])[0]
    var random = SeededGenerator(seed: 5)
    let direction = GeneratorTests.normal(shape, &random)
    func moved(_ step: Double) throws -> Double {
      try term(images.detached() + direction * step, [loss]).cost.item
    }
    let slope = (gradient * direction).sum().item
    let difference = (try moved(1e-4) - moved(-1e-4)) / 2e-4
    // Truncation of h² = 1e-8 times third derivatives of some tens.
    #expect(abs(slope - difference) < 1e-5 * abs(slope))
  }
}
