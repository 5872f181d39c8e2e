import DesignNetworks
import Foundation
import TestSupport
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

  /// The first record of every event file of TensorBoard: a length of 24 with its checksum, and `brain.Event:2` behind a time.
  @Test func `events are framed as TensorBoard's, and hold the scalars of an update`() throws {
    let place = try TemporaryPlace()
    let record = Self.record(3, ["physics": 0.125])
    try withExtendedLifetime(EventFile(inFolder: place.path)) { try $0.append(record) }
    let name = try #require(place.names.first)
    #expect(name.hasPrefix("events.out.tfevents."))
    let bytes = [UInt8](try Data(contentsOf: place.url.appending(path: name)))
    #expect(Array(bytes[..<13]) == [24, 0, 0, 0, 0, 0, 0, 0, 0xA3, 0x7F, 0x4B, 0x22, 0x09])
    #expect(Array(bytes[21..<36]) == [0x1A, 13] + Array("brain.Event:2".utf8))
    // The second record: length, checksum, event, checksum, and nothing behind it.
    let length = bytes[40..<48].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(bytes.count == 40 + 12 + length + 4)
    let event = Array(bytes[52..<(52 + length)])
    #expect(Array(bytes[48..<52]) == EventFile.maskedChecksum(Array(bytes[40..<48])))
    #expect(Array(bytes[(52 + length)...]) == EventFile.maskedChecksum(event))
    // Step 3, and the tag with 0.125 as a float behind it: 0x3E000000.
    #expect(Array(event[9..<11]) == [0x10, 3])
    let tag = Array("loss/physics".utf8) + [0x15, 0, 0, 0, 0x3E]
    #expect(Data(event).range(of: Data(tag)) != nil)
  }

  private static func record(_ step: Int, _ losses: [String: Double] = [:]) -> Trainer.StepRecord {
    Trainer.StepRecord(
      step: step, microSteps: 2, samples: 32 * step, losses: losses, statistics: .init(),
      noiseScale: nil, forecast: nil, gateError: nil, seconds: 1, physicsSeconds: 0.1)
  }

  @Test func `a log with a damaged line keeps the others`() throws {
    let place = try TemporaryPlace()
    let run = RunFolder(path: place.path)
    let records = (1...4).map { Self.record($0) }
    _ = try RunLog(run.log, holding: records)
    let text = try String(contentsOfFile: run.log, encoding: .utf8)
    let lines = text.split(separator: "\n")
    try place.write(
      [lines[0], "{\"step\":2,\"mic", lines[2], lines[3]].joined(separator: "\n"),
      to: "log.jsonl")
    #expect(try run.records(upTo: 9) == [records[0], records[2], records[3]])
    #expect(try run.records(upTo: 3) == [records[0], records[2]])
  }

  @Test func `nothing of an earlier run is written over`() throws {
    let place = try TemporaryPlace()
    let run = RunFolder(path: place.path)
    var config = TrainingConfig(data: "/data")
    #expect(try run.makeRoom(for: config) == [])
    try run.write(config)
    // An empty log has nothing to keep.
    try place.write("", to: "log.jsonl")
    #expect(try run.makeRoom(for: config) == [])
    try place.write("one", to: "log.jsonl")
    #expect(try run.makeRoom(for: config) == ["log-1.jsonl"])
    try place.write("two", to: "log.jsonl")
    config.seed = 2
    #expect(try run.makeRoom(for: config) == ["log-2.jsonl", "config-1.yml"])
    #expect(place.names == ["config-1.yml", "log-1.jsonl", "log-2.jsonl"])
    #expect(try String(contentsOfFile: place.path + "/log-1.jsonl", encoding: .utf8) == "one")
    #expect(try String(contentsOfFile: place.path + "/log-2.jsonl", encoding: .utf8) == "two")
  }

  @Test func `where a run begins is told by what its folder holds`() throws {
    let place = try TemporaryPlace()
    let run = RunFolder(path: place.path + "/run")
    let config = TrainingConfig(data: "/data")
    for isResumed in [false, true] {
      #expect(try run.start(config, isResumed: isResumed) == .beginning)
    }
    // Begun, and killed before its first checkpoint.
    try place.write("", to: "run/log.jsonl")
    try run.write(config)
    #expect(try run.start(config, isResumed: true) == .beginning)
    var other = config
    other.stepCount = 500
    #expect(try run.start(other, isResumed: true) == .beginning)
    other.physics.share = 1
    #expect {
      try run.start(other, isResumed: true)
    } throws: {
      "\($0)".contains("begun with another config: physics: share was 2.0 and is 1.0; ")
    }
    #expect(try run.start(other, isResumed: false) == .beginning)
    // A model whose checkpoint is gone is not written over.
    try place.write("", to: "run/model.safetensors")
    for isResumed in [false, true] {
      #expect(throws: TrainingFault.self) { try run.start(config, isResumed: isResumed) }
    }
    try place.write("", to: "run/checkpoint.safetensors")
    #expect(try run.start(config, isResumed: true) == .checkpoint)
    #expect(throws: TrainingFault.self) { try run.start(config, isResumed: false) }
  }
}
