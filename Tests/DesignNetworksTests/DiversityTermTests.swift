import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks

@Suite("Diversity term") struct DiversityTermTests {
  /// Half solid, in stripes of 8 columns that begin at a column.
  private static func stripes(from start: Int) -> Tensor {
    Tensor(
      (0..<(16 * 16)).map { ($0 % 16 + 16 - start) % 16 < 8 ? 1.0 : 0 }, shape: [1, 1, 16, 16])
  }

  @Test func `equal designs have all of it, designs beyond the target nothing`() {
    let design = Self.stripes(from: 0)
    let equal = DiversityTerm.loss(design, design)
    #expect(abs(equal.loss.item - 1) < 1e-5 && equal.difference == 0)
    // Moved by four of eight columns: the intersection is 4, the union 12.
    let other = DiversityTerm.loss(design, Self.stripes(from: 4))
    #expect(other.loss.item == 0)
    #expect(abs((1 - other.difference) / (1 + other.difference) - 4.0 / 12) < 1e-12)
  }

  @Test func `designs that are nearly the same are driven apart by a gradient of the usual size`()
    throws
  {
    let design = Self.stripes(from: 0) * 0.8 + 0.1
    var random = SeededGenerator(seed: 3)
    let noise = GeneratorTests.normal([1, 1, 16, 16], &random)
    let norms = try [1e-4, 1e-2].map { size in
      let second = (design + noise * size).detached(requiresGradient: true)
      let loss = DiversityTerm.loss(design, second).loss
      return try Tensor.gradient(of: loss, withRespectTo: [second]).squaredNorm.squareRoot()
    }
    // 1 / √(δ* · pixels · the sum of the means), and some for the square of the norm of the noise.
    #expect(abs(norms[0] / norms[1] - 1) < 0.05)
  }

  @Test func `what would raise the objective is left out, and nothing else`() {
    var random = SeededGenerator(seed: 4)
    let objective = GeneratorTests.normal([2, 1, 4, 4], &random)
    let other = GeneratorTests.normal([2, 1, 4, 4], &random)
    func products(_ a: Tensor, _ b: Tensor) -> [Double] { (a * b).sum(along: [1, 2, 3]).doubles }
    // The first goes against the objective, the second along with it.
    let signs = products(other, objective).enumerated().map { place, product in
      (place == 0) == (product < 0) ? 1.0 : -1.0
    }
    let gradient = other * Tensor(signs, shape: [2, 1, 1, 1])
    let left = DiversityTerm.withoutConflict(gradient, objective: objective) { $0 }
    #expect(abs(products(left, objective)[0]) < 1e-12)
    let changes = (left - gradient).doubles
    #expect(changes[16...].allSatisfy { $0 == 0 })
    // What is left out lies along the objective's gradient: across it nothing changes.
    let across = gradient - left
    #expect(
      abs(
        products(across, objective)[0] * products(across, objective)[0]
          - products(across, across)[0] * products(objective, objective)[0]) < 1e-9)
  }

  @Test func `of two designs of a problem the more alike to the reference counts`() {
    #expect(
      DiversityTerm.weights(of: [0.5, 0.2, 0.9, 0.4, 0.3, 0.7], twins: 3..<5)
        == [0, 1, 1, 1, 0, 1])
  }

  @Test func `a step with it logs what it rewards`() throws {
    var config = SmallRun.config
    config.losses.diversity = 0.5
    config.microBatch = 8
    config.physics.start = 0
    var trainer = Trainer(config, try SmallRun.data.get())
    let record = try trainer.makeStep()
    let (loss, difference) = (
      record.losses["diversity"] ?? .nan, record.losses["twin-difference"] ?? .nan
    )
    #expect(loss > 0 && loss <= 1 && difference > 0)
    #expect(trainer.samples == record.microSteps * 8)
    config.losses.diversity = nil
    var plain = Trainer(config, try SmallRun.data.get())
    #expect(try plain.makeStep().losses["diversity"] == nil)
  }
}
