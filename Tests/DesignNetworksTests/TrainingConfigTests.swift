import Meshing
import Testing

@testable import DesignNetworks

@Suite("Training config") struct TrainingConfigTests {
  @Test func `a written config reads back the same`() throws {
    var config = SmallRun.config
    config.data = "it's/here"
    config.designCount = 1000
    #expect(try TrainingConfig(parsing: Array(config.text.utf8), file: "config.yml") == config)
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
