import DesignProblem
import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks

/// Networks along axes on which a design goes on at its other end, with one image and with two.
@Suite("Periodic networks") struct PeriodicNetworkTests {
  struct Case: CustomTestStringConvertible {
    let periodic: Set<GridAxis>
    let imageCount: Int
    var testDescription: String {
      "\(periodic.map(\.rawValue).sorted()), images: \(imageCount)"
    }
  }
  static let cases = [
    Case(periodic: [.x], imageCount: 1), Case(periodic: [.y], imageCount: 2),
    Case(periodic: [.x, .y], imageCount: 2),
  ]
  private static let (rows, columns, fieldCount) = (32, 48, 3)

  /// Images moved along an axis, the ends joined.
  private static func moved(_ image: Tensor, by count: Int, along axis: GridAxis) -> Tensor {
    let dimension = axis == .x ? 3 : 2
    let length = image.shape[dimension]
    return .concatenated(
      [
        image.sliced(along: dimension, (length - count)..<length),
        image.sliced(along: dimension, 0..<(length - count)),
      ], along: dimension)
  }

  private static func largest(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.doubles, b.doubles).map { abs($0 - $1) }.max() ?? .nan
  }

  /// Fields with a positive first channel: the volume fraction.
  private static func fields(_ random: inout SeededGenerator) -> Tensor {
    .concatenated(
      [
        .full([2, 1, rows, columns], 0.4, precision: .double),
        GeneratorTests.normal([2, fieldCount - 1, rows, columns], &random),
      ], along: 1)
  }

  /// How far the drawing of moved fields and codes is from the moved drawing.
  private static func drawingError(_ periodic: Set<GridAxis>, imageCount: Int, along axis: GridAxis)
    -> Double
  {
    var random = SeededGenerator(seed: 6)
    var parameters = Parameters()
    let generator = Generator(
      .init(
        fieldCount: fieldCount, width: 8, blockCount: 1, globalCodeLength: 4, localCodeChannels: 2,
        imageCount: imageCount, periodic: periodic, cut: 8), in: &parameters, random: &random)
    parameters = parameters.converted(to: .double)
    let fields = fields(&random)
    let global = GeneratorTests.normal([2, 4], &random)
    let local = GeneratorTests.normal([2, 2, rows / 2, columns / 2], &random)
    func draw(_ fields: Tensor, _ local: Tensor) -> Tensor {
      generator(fields, globalCode: global, localCode: local, parameters)
    }
    let drawing = draw(fields, local)
    #expect(drawing.shape == [2, imageCount, rows, columns])
    return largest(
      draw(moved(fields, by: 16, along: axis), moved(local, by: 8, along: axis)),
      moved(drawing, by: 16, along: axis))
  }

  @Test("draw moved fields moved, along a periodic axis", arguments: cases)
  func drawsMoved(_ c: Case) {
    for axis in c.periodic {
      // The bisection of the shift ends at 1e-10; all else is round-off.
      #expect(Self.drawingError(c.periodic, imageCount: c.imageCount, along: axis) < 1e-9)
    }
    for axis in Set([GridAxis.x, .y]).subtracting(c.periodic) {
      #expect(Self.drawingError(c.periodic, imageCount: c.imageCount, along: axis) > 1e-3)
    }
  }

  @Test("judge moved designs alike", arguments: cases) func judgesAlike(_ c: Case) throws {
    var random = SeededGenerator(seed: 7)
    var parameters = Parameters()
    let judges = Discriminators(
      .init(
        fieldCount: Self.fieldCount, width: 8, imageCount: c.imageCount, periodic: c.periodic),
      in: &parameters, random: &random)
    var signOffParameters = Parameters()
    let signOff = SignOffNetwork(
      fieldCount: Self.fieldCount, width: 4, imageCount: c.imageCount, periodic: c.periodic,
      in: &signOffParameters, random: &random)
    parameters = parameters.converted(to: .double)
    signOffParameters = signOffParameters.converted(to: .double)
    let fields = Self.fields(&random)
    let designs = GeneratorTests.normal([2, c.imageCount, Self.rows, Self.columns], &random)
    for axis in c.periodic {
      let (movedDesigns, movedFields) = (
        Self.moved(designs, by: 16, along: axis), Self.moved(fields, by: 16, along: axis)
      )
      for (a, b) in zip(
        judges(designs, fields: fields, parameters),
        judges(movedDesigns, fields: movedFields, parameters))
      {
        // Round-off of sums in another order.
        #expect(Self.largest(a, b) < 1e-10)
      }
      #expect(
        Self.largest(
          signOff(designs, fields: fields, signOffParameters),
          signOff(movedDesigns, fields: movedFields, signOffParameters)) < 1e-10)
    }
  }

  @Test func `of two images the density alone has the volume`() {
    var random = SeededGenerator(seed: 8)
    var parameters = Parameters()
    let generator = Generator(
      .init(fieldCount: Self.fieldCount, width: 8, blockCount: 1, imageCount: 2), in: &parameters,
      random: &random)
    parameters = parameters.converted(to: .double)
    let drawing = generator(
      Self.fields(&random), globalCode: GeneratorTests.normal([2, 16], &random),
      localCode: GeneratorTests.normal([2, 4, Self.rows / 2, Self.columns / 2], &random),
      parameters)
    let means = drawing.mean(along: [2, 3]).doubles
    for design in 0..<2 {
      #expect(abs(means[2 * design] - 0.4) < 1e-9)
      #expect(abs(means[2 * design + 1] - 0.4) > 1e-3)
    }
    #expect(drawing.doubles.allSatisfy { $0 > 0 && $0 < 1 })
  }
}
