import DesignFamilies
import Manufacturability
import Tensors
import TestSupport
import Testing

@testable import DesignNetworks

@Suite("Generator") struct GeneratorTests {
  static let fieldCount = PartProblems.family.fieldNames.count

  /// Normal numbers as a tensor.
  static func normal(_ shape: [Int], _ random: inout SeededGenerator) -> Tensor {
    Tensor((0..<shape.reduce(1, *)).map { _ in random.nextNormal() }, shape: shape)
  }

  @Test(arguments: PartProblems.family.sizes)
  func `designs have the size of the fields and the volume that the fields ask for`(
    _ size: GridSize
  )
    throws
  {
    var random = SeededGenerator(seed: 1)
    var parameters = Parameters()
    let generator = Generator(
      .init(fieldCount: Self.fieldCount, width: 8, blockCount: 1), in: &parameters, random: &random)
    let problems = try (0..<3).map { try PartProblems(size: size).problem($0, seed: 1) }
    let fields = try PartProblems.family.conditioning.fields(of: problems).flatMap {
      try $0.get()
    }
    let designs = generator(
      Tensor(fields, shape: [3, Self.fieldCount, size.rows, size.columns]),
      globalCode: Self.normal([3, 16], &random).converted(to: .single),
      localCode: Self.normal([3, 4, size.rows / 2, size.columns / 2], &random)
        .converted(to: .single), parameters)
    #expect(designs.shape == [3, 1, size.rows, size.columns])
    for (problem, mean) in zip(problems, designs.mean(along: [1, 2, 3]).doubles) {
      // Single precision: round-off of a mean of thousands.
      #expect(abs(mean - problem.volumeFraction) < 1e-5)
    }
  }

  @Test(arguments: [1.0, 8, 64])
  func `the shift to the volume carries its own derivative`(_ cut: Double) throws {
    var random = SeededGenerator(seed: 2)
    let logits = Self.normal([1, 1, 4, 4], &random)
    let weights = Self.normal([1, 1, 4, 4], &random)
    let fields = Tensor.full([1, 1, 4, 4], 0.3, precision: .double)
    func value(_ logits: Tensor) -> Tensor {
      (Generator.density(of: logits, volume: fields, cut: cut) * weights).sum()
    }
    let leaf = logits.detached(requiresGradient: true)
    let gradient = try Tensor.gradient(of: value(leaf), withRespectTo: [leaf])[0].doubles
    let base = logits.doubles
    for place in base.indices {
      func moved(_ by: Double) -> Double {
        var values = base
        values[place] += by
        return value(Tensor(values, shape: [1, 1, 4, 4])).item
      }
      let difference = (moved(1e-4) - moved(-1e-4)) / 2e-4
      // Central differences of a smooth function: (h k)², and the bisection's 1e-10 over h.
      #expect(abs(difference - gradient[place]) < 1e-6 + 1e-8 * cut * cut)
    }
  }

  @Test func `through a steep cut the volume is that of the cut drawing`() {
    var random = SeededGenerator(seed: 5)
    let logits = Self.normal([3, 1, 64, 64], &random) * 3
    let fields = Tensor.full([3, 1, 64, 64], 0.3, precision: .double)
    func errors(_ cut: Double) -> [Double] {
      let drawing = Generator.density(of: logits, volume: fields, cut: cut).doubles
      return (0..<3).map { design in
        let image = drawing[(design * 4096)..<((design + 1) * 4096)]
        return abs(Double(image.count { $0 > 0.5 }) / 4096 / 0.3 - 1)
      }
    }
    // A mean over the grey pixels about the cut, which lie evenly about it but for the density's slope.
    for (steep, grey) in zip(errors(8), errors(1)) { #expect(steep < 0.02 && grey > 2 * steep) }
  }

  @Test func `where hardly a pixel is near the cut the shift stays finite`() throws {
    // Saturated logits in single precision: the slope of the cut is next to nothing.
    let values = (0..<1024).map { Float($0 % 5 < 2 ? 30 : -30) }
    let logits = Tensor(values, shape: [1, 1, 32, 32]).detached(requiresGradient: true)
    let fields = Tensor.full([1, 1, 32, 32], 0.4)
    let drawing = Generator.density(of: logits, volume: fields, cut: 8)
    let gradient = try Tensor.gradient(of: drawing.square().sum(), withRespectTo: [logits])[0]
    #expect(drawing.doubles.allSatisfy(\.isFinite) && gradient.doubles.allSatisfy(\.isFinite))
    // 2 of 5 pixels, but for the last of them.
    #expect(drawing.doubles.count { $0 > 0.5 } == 410)
  }

  @Test(arguments: [1, 2, 3])
  func `each scale gives one judgement per design`(_ scaleCount: Int) {
    var random = SeededGenerator(seed: 3)
    var parameters = Parameters()
    let judges = Discriminators(
      .init(fieldCount: 2, width: 8, scaleCount: scaleCount), in: &parameters, random: &random)
    for size in PartProblems.family.sizes {
      let verdicts = judges(
        .zeros([2, 1, size.rows, size.columns]), fields: .ones([2, 2, size.rows, size.columns]),
        parameters)
      #expect(verdicts.map(\.shape) == Array(repeating: [2, 1], count: scaleCount))
    }
  }

  @Test func `the gradient penalty is half the squared length of the gradient`() throws {
    var random = SeededGenerator(seed: 4)
    let weights = Self.normal([1, 1, 4, 4], &random)
    let designs = Self.normal([2, 1, 4, 4], &random).detached(requiresGradient: true)
    // D(x) = w·x³ has the gradient 3 w x².
    let verdict = (designs.pow(3) * weights).sum(along: [1, 2, 3])
    let penalty = try AdversarialLoss.penalty([verdict], by: designs)
    let (w, x) = (weights.doubles, designs.doubles)
    let expected = (0..<32).reduce(0.0) { sum, place in
      let slope = 3 * w[place % 16] * x[place] * x[place]
      return sum + 0.5 * slope * slope / 2
    }
    #expect(abs(penalty.item - expected) < 1e-12 * expected)
    // It can be lowered: its own derivative by x is 18 w² x³ / 2 per design.
    let slope = try Tensor.gradient(of: penalty, withRespectTo: [designs])[0].doubles
    let slopeOfFive = 9 * w[5] * w[5] * (x[5] * x[5] * x[5])
    #expect(abs(slope[5] - slopeOfFive) < 1e-10 * abs(slopeOfFive))
  }
}
