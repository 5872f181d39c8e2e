import Foundation
import Meshing
import Testing

@testable import DesignNetworks
@testable import Files

@Suite("Training config") struct TrainingConfigTests {
  @Test func `a written config reads back the same`() throws {
    var config = SmallRun.config
    config.data = "it's/here"
    config.designCount = 1000
    config.learningRates.schedule = .constant
    config.learningRates.secondDecay = 0.9975
    config.physics.limitWeight = 3.5
    config.accumulation.rule = .warmUp
    config.losses.diversity = 0.25
    config.precision = .half
    config.generator.cut = 16
    #expect(try TrainingConfig(parsing: Array(config.text.utf8), file: "config.yml") == config)
    config.losses.diversity = nil
    config.precision = nil
    config.generator.cut = nil
    #expect(config.text.contains("cut: 1.0"))
    #expect(try TrainingConfig(parsing: Array(config.text.utf8), file: "config.yml") == config)
    let falling = config.text.replacing("schedule: constant", with: "schedule: falling")
    config.learningRates.schedule = nil
    #expect(try TrainingConfig(parsing: Array(falling.utf8), file: "config.yml") == config)
  }

  @Test func `what differs between two configs is named, with both values`() {
    let old = TrainingConfig(data: "here")
    var new = TrainingConfig(data: "there")
    new.checkpointInterval = 7
    #expect(old.changes(to: new).isEmpty)
    new.seed = 9
    new.designCount = 500
    new.accumulation.rule = .fixed
    new.physics.share = 0.5
    new.learningRates.schedule = .constant
    #expect(
      old.changes(to: new).map(\.description) == [
        "seed was 1 and is 9", "accumulation: rule was gate and is fixed",
        "physics: share was 2.0 and is 0.5", "designs was not given and is 500",
        "learning-rates: schedule was not given and is constant",
      ])
    #expect(new.changes(to: old).contains { $0.description == "designs was 500 and is not given" })
  }

  /// Factors of a run of ten updates, worked out by hand: 1 up to three tenths, then evenly down to a twentieth.
  @Test
  func `rates fall over the last seven tenths, by whichever of updates and designs is nearer`() {
    var config = TrainingConfig(data: "here")
    config.stepCount = 10
    func factors(_ samples: Int) -> [Double] {
      [0, 3, 10].map { config.rateFactor(step: $0, samples: samples) }
    }
    #expect(factors(0) == [1, 1, 1 - 0.95])
    #expect(abs(config.rateFactor(step: 5, samples: 0) - (1 - 0.95 * 2 / 7)) < 1e-15)
    config.designCount = 100
    #expect(abs(config.rateFactor(step: 0, samples: 65) - 0.525) < 1e-15)
    #expect(config.isFreeOfLength(step: 3, samples: 30))
    #expect(!config.isFreeOfLength(step: 3, samples: 31))
    #expect(!config.isFreeOfLength(step: 4, samples: 0))
    config.learningRates.schedule = .constant
    #expect(factors(100) == [1, 1, 1])
    #expect(config.isFreeOfLength(step: 10, samples: 100))
  }

  /// Doublings at 0, a half and all of the first three tenths: by hand.
  @Test func `the rule warm-up doubles updates up to three tenths of the run`() {
    var config = TrainingConfig(data: "here")
    config.accumulation = .init(rule: .warmUp, count: 2, largest: 7, varianceThreshold: 4)
    config.stepCount = 100
    func counts(_ steps: [Int]) -> [Int] {
      steps.map { config.warmUpCount(step: $0, samples: 0) }
    }
    #expect(counts([0, 14, 15, 29, 30, 99, 100]) == [2, 2, 4, 4, 7, 7, 7])
    config.designCount = 1000
    #expect(config.warmUpCount(step: 0, samples: 150) == 4)
    config.accumulation.largest = 2
    #expect(counts([0, 99]) == [2, 2])
    // Another length would have made other updates.
    config.learningRates.schedule = .constant
    #expect(
      config.isFreeOfLength(step: 0, samples: 0) && !config.isFreeOfLength(step: 1, samples: 2))
  }

  @Test func `everything wrong is told at once, with its line`() {
    let text = """
      gcgan: training/1
      data: parts
      stepz: 10
      micro-batch: 1
      accumulation: {rule: always, count: 8, largest: 4}
      learning-rates: {generator: 1 m}
      physics: {share: -1}
      """
    #expect {
      try TrainingConfig(parsing: Array(text.utf8), file: "bad.yml")
    } throws: { error in
      guard let faults = error as? InputFaults else { return false }
      let texts = faults.faults.map(\.description).joined(separator: "\n")
      return [
        "bad.yml:3", "stepz", "bad.yml:4", "micro-batch", "bad.yml:5", "always", "bad.yml:6",
        "generator", "bad.yml:7", "share",
      ].allSatisfy(texts.contains)
    }
  }

  /// The card of a model of a version before these keys.
  @Test func `a stored config without newer keys is as it was trained`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(TrainingConfig(data: "here"))
    let text = String(decoding: data, as: UTF8.self).replacing("\"cut\":8,", with: "")
    #expect(!text.contains("cut"))
    let config = try JSONDecoder().decode(TrainingConfig.self, from: Data(text.utf8))
    #expect(
      config.generator.cut == nil && config.losses.diversity == nil && config.precision == nil)
    // A file that does not name the key has the newer cut.
    let file = Array("gcgan: training/1\ndata: here\n".utf8)
    #expect(try TrainingConfig(parsing: file, file: "c.yml").generator.cut == 8)
  }

  @Test func `designs of one problem need a micro-batch that has room for them`() {
    let text = "gcgan: training/1\ndata: x\nmicro-batch: 2\nlosses: {diversity: 1}\n"
    #expect {
      try TrainingConfig(parsing: Array(text.utf8), file: "c.yml")
    } throws: {
      "\($0)".contains("c.yml:4") && "\($0)".contains("a 'micro-batch' of 2 has no room for them")
    }
  }

  @Test func `another format and a missing data set are refused`() {
    #expect(throws: InputFaults.self) {
      try TrainingConfig(parsing: Array("gcgan: training/9\ndata: x\n".utf8), file: "c.yml")
    }
    #expect(throws: InputFaults.self) {
      try TrainingConfig(parsing: Array("gcgan: training/1\n".utf8), file: "c.yml")
    }
    #expect(throws: InputFaults.self) { try TrainingConfig(contentsOf: "/nowhere/config.yml") }
  }
}
