import DesignNetworks
import Foundation
import Testing

@testable import NetworkCommands

@Suite("Files of a run") struct RunFilesTests {
  @Test func `the checksum is CRC-32C`() {
    // The check value of the catalogue of parametrised CRC algorithms.
    #expect(EventFile.checksum(Array("123456789".utf8)) == 0xE306_9283)
    // RFC 3720, appendix B.4: 32 bytes of zeros.
    #expect(EventFile.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
  }

  @Test(arguments: [
    (0.0, "0.0"), (1234.5, "1235"), (0.012345, "0.0123"), (1e-9, "1.0e-9"), (5, "5"),
    (-3.762466e-7, "-3.76e-7"), (12_345_678, "1.23e7"),
  ])
  func `figures have three digits`(_ value: Double, _ text: String) {
    #expect(CurvePage.short(value) == text)
  }

  @Test func `a page of no updates and of some is whole`() {
    let goal = Trainer.Goal(unit: "designs", done: 100, wanted: 500)
    #expect(CurvePage.html("a <b>", [], goal).contains("a &lt;b&gt;"))
    let records = (1...500).map { step in
      Trainer.StepRecord(
        step: step, microSteps: 2, samples: 32 * step, losses: ["reconstruction": 1 / Double(step)],
        statistics: .init(), noiseScale: nil, forecast: nil, gateError: nil, seconds: 1,
        physicsSeconds: 0.1)
    }
    let page = CurvePage.html("run", records, goal)
    #expect(page.contains("100 of 500 designs; update 500"))
    #expect(page.contains("reconstruction: 0.002"))
    #expect(page.hasSuffix("</html>\n"))
  }

  @Test func `a log cut off in a line is taken up before it`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("gcgan-log-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let run = RunFolder(path: folder)
    let record = Trainer.StepRecord(
      step: 1, microSteps: 2, samples: 32, losses: ["a": 0.5], statistics: .init(), noiseScale: 1,
      forecast: 2, gateError: nil, seconds: 1, physicsSeconds: 0.1)
    var later = record
    later.step = 2
    try withExtendedLifetime(RunLog(run.log, holding: [record])) { try $0.append(later) }
    #expect(try run.records(upTo: 9) == [record, later])
    #expect(try run.records(upTo: 1) == [record])
    var text = try String(contentsOfFile: run.log, encoding: .utf8)
    text.removeLast(20)
    try text.write(toFile: run.log, atomically: true, encoding: .utf8)
    #expect(try run.records(upTo: 9) == [record])
  }
}
