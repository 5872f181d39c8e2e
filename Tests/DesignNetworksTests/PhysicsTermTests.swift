import DesignFamilies
import Manufacturability
import Tensors
import TestSupport
import Testing

@testable import DesignNetworks
@testable import DesignProblem

@Suite("Physics in the loss") struct PhysicsTermTests {
  /// From the weights of the generator through the solver to the loss and back: |L(w + h d) − L(w) − h ∇L·d| falls as h².
  ///
  /// Along the gradient, where the curvature is large: the rectifiers' kinks, which a step across random directions meets as often, are small
  /// beside it there.
  @Test(arguments: [7, 8, 9] as [UInt64], [nil, DensityFilter(radius: 1.5)])
  func `the end-to-end Taylor remainder has order two`(_ seed: UInt64, _ filter: DensityFilter?)
    throws
  {
    let size = GridSize(columns: 32, rows: 32)
    let problems = try (0..<2).map { try PartProblems(size: size).problem($0, seed: seed) }
    let fields = try PartProblems.family.conditioning.fields(of: problems)
      .flatMap { try $0.get() }
    var random = SeededGenerator(seed: seed)
    var drawn = Parameters()
    let generator = Generator(
      .init(fieldCount: PartProblems.family.fieldNames.count, width: 8, blockCount: 1), in: &drawn,
      random: &random)
    let parameters = drawn.converted(to: .double)
    let input = Tensor(fields, shape: [2, PartProblems.family.fieldNames.count, 32, 32])
      .converted(to: .double)
    let codes = (
      GeneratorTests.normal([2, 16], &random), GeneratorTests.normal([2, 4, 16, 16], &random)
    )
    let term = PhysicsTerm(
      filter: filter, projection: filter.map { _ in DensityProjection(steepness: 8) },
      accuracy: .full)
    let losses = try problems.map {
      try term.loss(of: $0.manufacturability(), volumeFraction: $0.volumeFraction)
    }
    func loss(_ parameters: Parameters) throws -> Tensor {
      try term(
        generator(input, globalCode: codes.0, localCode: codes.1, parameters), losses,
        references: [50, 50])
    }
    let value = try loss(parameters)
    let gradient = try Tensor.gradient(of: value, withRespectTo: parameters.tensors)
    let length = gradient.squaredNorm.squareRoot()
    #expect(length > 0)
    func remainder(_ step: Double) throws -> Double {
      var moved = parameters.detached()
      moved.tensors.accumulate(gradient, scale: step / length)
      return abs(try loss(moved).item - value.item - step * length)
    }
    // Steps that change the loss by a tenth and a hundredth, behind a steep projection by a hundredth of that: well above the solver's 1e-12, well below
    // where higher orders matter.
    let step = (filter == nil ? 0.1 : 0.001) / length
    let (long, short) = (try remainder(step), try remainder(0.1 * step))
    let order = logarithm(long / short) / logarithm(10)
    #expect(abs(order - 2) < 0.1, "order \(order): \(long), \(short)")
  }

  @Test func `a fault of the solver comes out of the term`() throws {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(0, seed: 1)
    let term = PhysicsTerm()
    let loss = try term.loss(
      of: problem.manufacturability(), volumeFraction: problem.volumeFraction)
    var values = [Double](repeating: 0.5, count: 1024)
    values[17] = .nan
    #expect(throws: DesignFault.self) {
      try term(Tensor(values, shape: [1, 1, 32, 32]), [loss], references: [1])
    }
  }

  @Test(arguments: [PhysicsTerm(), TrainingConfig.PhysicsSchedule().term])
  func `a load on saturated void has a value and a gradient, not a fault`(_ term: PhysicsTerm)
    throws
  {
    let problem = try PartProblems(size: GridSize(columns: 32, rows: 32)).problem(0, seed: 1)
    let loss = try term.loss(
      of: problem.manufacturability(), volumeFraction: problem.volumeFraction)
    let empty = Tensor.zeros([1, 1, 32, 32]).detached(requiresGradient: true)
    let value = try term(empty, [loss], references: [1])
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
      let loss = try term.loss(
        of: problem.manufacturability(), volumeFraction: problem.volumeFraction)
      func value(_ design: [Double]) throws -> Double {
        try term(Tensor(design, shape: [1, 1, 32, 32]), [loss], references: [1]).item
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
}
