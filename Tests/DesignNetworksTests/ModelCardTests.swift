import ArrayFiles
import DesignFamilies
import Foundation
import Tensors
import TestSupport
import Testing

@testable import DesignNetworks

/// What a model's file says of its family, and how its weights are written.
@Suite("Card of a model") struct ModelCardTests {
  private static let family = FiledPart("gcgan: family/1\n", String(repeating: "a", count: 64))

  private static func trainer(_ change: (inout TrainingConfig) -> Void = { _ in }) throws
    -> Trainer
  {
    _ = try SmallRun.data.get()
    var config = SmallRun.config
    change(&config)
    return Trainer(
      config,
      try TrainingData(Dataset(contentsOf: SmallRun.folder), families: Families([family])))
  }

  @Test func `has the family's file, and a family of another file is refused with both hashes`()
    throws
  {
    let place = try TemporaryPlace()
    let file = place.path + "/model.safetensors"
    try DesignModel(of: Self.trainer()).write(to: file)
    let card = try DesignModel(contentsOf: file, families: Families([Self.family])).card
    #expect(card.familyText == Self.family.text && card.familyHash == Self.family.hash)
    let other = FiledPart("gcgan: family/1\n# changed\n", String(repeating: "b", count: 64))
    #expect {
      try DesignModel(contentsOf: file, families: Families([other]))
    } throws: {
      "\($0)".contains("SHA-256 " + String(repeating: "a", count: 64))
        && "\($0)".contains("has " + String(repeating: "b", count: 64))
    }
    // A model from before there were files of families has no hash to hold one against.
    let old = FiledPart()
    let model = try DesignModel(contentsOf: file, families: Families([old]))
    #expect(model.card.mismatch(with: old) == nil)
  }

  @Test func `weights in half precision take half the bytes and draw nearly the same`() throws {
    let place = try TemporaryPlace()
    let (single, half) = (place.path + "/single.safetensors", place.path + "/half.safetensors")
    let trainer = try Self.trainer()
    try DesignModel(of: trainer).write(to: single)
    try DesignModel(of: Self.trainer { $0.precision = .half }).write(to: half)
    func bytes(_ path: String) throws -> Int { try Data(contentsOf: URL(filePath: path)).count }
    #expect(Double(try bytes(half)) < 0.6 * Double(try bytes(single)))
    #expect(try SafetensorsFile(contentsOf: half).entries.allSatisfy { $0.element == .float16 })
    let problems = Array(trainer.validationProblems.prefix(2))
    let drawings = try [single, half].map {
      try DesignModel(contentsOf: $0, families: Families([FiledPart()])).draw(
        for: problems, seed: 3
      ).map { try $0.get().density }
    }
    #expect(drawings[0] != drawings[1])
    for (a, b) in zip(drawings[0].joined(), drawings[1].joined()) {
      // Three digits per weight, and a dozen layers behind each other.
      #expect(abs(a - b) < 0.02)
    }
    // Written again, the same bytes: what was read is exact.
    let again = place.path + "/again.safetensors"
    try DesignModel(contentsOf: half, families: Families([FiledPart()])).write(to: again)
    #expect(try Data(contentsOf: URL(filePath: half)) == Data(contentsOf: URL(filePath: again)))
  }

  @Test func `a weight that half precision cannot hold is named`() throws {
    var model = try DesignModel(of: Self.trainer { $0.precision = .half })
    model.generatorParameters.tensors[0] = model.generatorParameters.tensors[0] * 1e7
    let place = try TemporaryPlace()
    let file = place.path + "/model.safetensors"
    #expect {
      try model.write(to: file)
    } throws: {
      "\($0)".contains("the weight 'generator.stem.weight' in half precision")
    }
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
