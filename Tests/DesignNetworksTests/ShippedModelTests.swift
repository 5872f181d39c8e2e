import DesignFamilies
import Foundation
import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks

/// The model in `Validation/Models`.
@Suite("The shipped model") struct ShippedModelTests {
  private static let path = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Validation/Models/part-64x64.safetensors").path

  @Test func `another local code leaves the silhouette`() throws {
    let model = try DesignModel(contentsOf: Self.path)
    let size = model.card.size
    let shape = model.generator.shape
    let count = 16
    let problems = try (0..<count).map { try PartSampler(size: size).problem($0, seed: 77) }
    let fields = try PartFamily(PartSampler(size: size)).fields(of: problems).flatMap {
      try $0.get()
    }
    var random = SeededGenerator(seed: 1)
    func normal(_ shape: [Int]) -> Tensor {
      Tensor((0..<shape.reduce(1, *)).map { _ in random.nextNormal() }, shape: shape)
        .converted(to: .single)
    }
    let global = normal([count, shape.globalCodeLength])
    func silhouettes() -> [Bool] {
      Tensor.withoutGradient {
        model.generator(
          Tensor(fields, shape: [count, shape.fieldCount, size.rows, size.columns]),
          globalCode: global,
          localCode: normal([count, shape.localCodeChannels, size.rows / 2, size.columns / 2]),
          model.generatorParameters
        ).averagePooled(size.rows / 32)
      }.doubles.map { $0 >= 0.5 }
    }
    let (one, other) = (silhouettes(), silhouettes())
    let both = zip(one, other).filter { $0 && $1 }.count
    let either = zip(one, other).filter { $0 || $1 }.count
    #expect(either > 0)
    // DESIGN §5, at 32×32.
    #expect(Double(both) / Double(either) >= 0.95)
  }

  @Test func `it is small enough to ship and says how it was made`() throws {
    let bytes = try #require(
      try FileManager.default.attributesOfItem(atPath: Self.path)[.size] as? Int)
    #expect(bytes <= 20 << 20)
    let card = try DesignModel(contentsOf: Self.path).card
    #expect(card.family == PartFamily.name && card.step > 0 && card.dataHash.count == 64)
  }
}
