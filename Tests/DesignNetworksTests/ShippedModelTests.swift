import DesignFamilies
import Foundation
import Manufacturability
import Tensors
import TestSupport
import Testing

@testable import DesignNetworks

/// The model in `Validation/Models`.
@Suite("The shipped model") struct ShippedModelTests {
  private static let path = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Validation/Models/part-64x64.safetensors").path

  /// What the model draws for sixteen problems with codes drawn anew, in double precision.
  private struct Drawer {
    let model: DesignModel
    let fields: Tensor
    let count = 16
    var random = SeededGenerator(seed: 1)

    init() throws {
      let model = try DesignModel(contentsOf: ShippedModelTests.path)
      let size = model.card.size
      let problems = try (0..<count).map { try PartProblems(size: size).problem($0, seed: 77) }
      let fields = try model.family.conditioning.fields(of: problems).flatMap {
        try $0.get()
      }
      self.model = model
      self.fields = Tensor(
        fields, shape: [count, model.generator.shape.fieldCount, size.rows, size.columns])
    }

    private mutating func normal(_ shape: [Int]) -> Tensor {
      Tensor((0..<shape.reduce(1, *)).map { _ in random.nextNormal() }, shape: shape)
        .converted(to: .single)
    }

    mutating func globalCode() -> Tensor {
      normal([count, model.generator.shape.globalCodeLength])
    }

    mutating func localCode() -> Tensor {
      let size = model.card.size
      return normal([
        count, model.generator.shape.localCodeChannels, size.rows / 2, size.columns / 2,
      ])
    }

    func designs(_ globalCode: Tensor, _ localCode: Tensor) -> Tensor {
      Tensor.withoutGradient {
        model.generator(
          fields, globalCode: globalCode, localCode: localCode, model.generatorParameters)
      }
    }
  }

  @Test func `another local code leaves the silhouette`() throws {
    var drawer = try Drawer()
    let global = drawer.globalCode()
    let factor = drawer.model.card.size.rows / 32
    var silhouettes: [[Bool]] = []
    for _ in 0..<2 {
      silhouettes.append(
        drawer.designs(global, drawer.localCode()).averagePooled(factor).doubles.map { $0 >= 0.5 })
    }
    let both = zip(silhouettes[0], silhouettes[1]).filter { $0 && $1 }.count
    let either = zip(silhouettes[0], silhouettes[1]).filter { $0 || $1 }.count
    #expect(either > 0)
    // At 32×32, as the network is made to.
    #expect(Double(both) / Double(either) >= 0.95)
  }

  /// Measured over these problems: another global code turns 0.64 % of the pixels of the cut design, another local code 0.014 %. So the generator does not
  /// ignore its codes, and draws one answer per problem with small changes all the same.
  @Test func `codes change what is drawn, and little of it`() throws {
    var drawer = try Drawer()
    let (global, local) = (drawer.globalCode(), drawer.localCode())
    let design = drawer.designs(global, local).doubles
    /// The share of pixels that are turned.
    func turned(_ other: Tensor) -> Double {
      let count = zip(design, other.doubles).filter { ($0 >= 0.5) != ($1 >= 0.5) }.count
      return Double(count) / Double(design.count)
    }
    #expect(drawer.designs(global, local).doubles == design)
    let byGlobal = turned(drawer.designs(drawer.globalCode(), local))
    let byLocal = turned(drawer.designs(global, drawer.localCode()))
    // A factor of two to both sides: other problems and codes scatter by less.
    #expect((0.0032...0.0128).contains(byGlobal), "\(byGlobal)")
    #expect((0.00007...0.00028).contains(byLocal), "\(byLocal)")
  }

  @Test func `its file has a checksum, and any bit of it that is turned is seen`() throws {
    #expect(try DesignModel(contentsOf: Self.path).warning == nil)
    let bytes = Array(try Data(contentsOf: URL(filePath: Self.path)))
    let place = try TemporaryPlace()
    var random = SystemRandomNumberGenerator()
    for number in 0..<24 {
      var damaged = bytes
      // The header's length, the header, and weights.
      let byte =
        number < 8
        ? number : Int.random(in: 0..<(number < 16 ? 16384 : bytes.count), using: &random)
      damaged[byte] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let file = try place.write(Data(damaged), to: "damaged.safetensors")
      #expect {
        try DesignModel(contentsOf: file)
      } throws: {
        "\($0)".hasPrefix("\(file) is damaged: ")
          && "\($0)".hasSuffix("take a whole copy of the model")
      }
    }
  }

  @Test func `it is small enough to ship and says how it was made`() throws {
    let bytes = try #require(
      try FileManager.default.attributesOfItem(atPath: Self.path)[.size] as? Int)
    #expect(bytes <= 20 << 20)
    let card = try DesignModel(contentsOf: Self.path).card
    #expect(card.family == PartProblems.family.name && card.step > 0 && card.dataHash.count == 64)
  }
}
