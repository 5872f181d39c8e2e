import DesignFamilies
import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks

@Suite("Physics in the loss") struct PhysicsTermTests {
  /// From the weights of the generator through the solver to the loss and back: |L(w + h d) − L(w) − h ∇L·d| falls as h².
  @Test func `the end-to-end Taylor remainder has order two`() throws {
    let size = GridSize(columns: 32, rows: 32)
    let problems = try (0..<2).map { try PartSampler(size: size).problem($0, seed: 6) }
    let fields = try PartFamily(PartSampler(size: size)).fields(of: problems)
      .flatMap { try $0.get() }
    var random = SeededGenerator(seed: 7)
    var drawn = Parameters()
    let generator = Generator(
      .init(fieldCount: PartFamily.fieldNames.count, width: 8, blockCount: 1), in: &drawn,
      random: &random)
    let parameters = drawn.converted(to: .double)
    let input = Tensor(fields, shape: [2, PartFamily.fieldNames.count, 32, 32])
      .converted(to: .double)
    let codes = (
      GeneratorTests.normal([2, 16], &random), GeneratorTests.normal([2, 4, 16, 16], &random)
    )
    let term = PhysicsTerm(accuracy: .full)
    let losses = try problems.map { try term.loss(of: $0.manufacturability()) }
    func loss(_ parameters: Parameters) throws -> Tensor {
      try term(
        generator(input, globalCode: codes.0, localCode: codes.1, parameters), losses,
        references: [50, 50])
    }
    let value = try loss(parameters)
    let gradient = try Tensor.gradient(of: value, withRespectTo: parameters.tensors)
    #expect(gradient.squaredNorm > 0)
    for direction in 0..<3 {
      let d = parameters.tensors.map { GeneratorTests.normal($0.shape, &random) }
      let slope = gradient.dot(d)
      func remainder(_ step: Double) throws -> Double {
        var moved = parameters.detached()
        moved.tensors = zip(moved.tensors, d).map { $0 + $1 * step }
        return abs(try loss(moved).item - value.item - step * slope)
      }
      let steps = [1e-4, 5e-5, 2.5e-5]
      let remainders = try steps.map(remainder)
      let order = (remainders[0] / remainders[2]).logarithm / 4.0.logarithm
      #expect(abs(order - 2) < 0.15, "direction \(direction): order \(order), \(remainders)")
    }
  }

  @Test func `a fault of the solver comes out of the term`() throws {
    let problem = try PartSampler(size: GridSize(columns: 32, rows: 32)).problem(0, seed: 1)
    let term = PhysicsTerm()
    let loss = try term.loss(of: problem.manufacturability())
    var values = [Double](repeating: 0.5, count: 1024)
    values[17] = .nan
    #expect(throws: DesignFault.self) {
      try term(Tensor(values, shape: [1, 1, 32, 32]), [loss], references: [1])
    }
  }
}

extension Double {
  var logarithm: Double { DesignNetworks.logarithm(self) }
}
