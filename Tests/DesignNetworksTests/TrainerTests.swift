import ArrayFiles
import DesignFamilies
import Foundation
import Meshing
import Parallelism
import Tensors
import TestSupport
import Testing

@testable import DesignNetworks
@testable import Files

@Suite("Training", .serialized) struct TrainerTests {
  static func path(_ name: String) -> String { SmallRun.folder + "/../gcgan-\(getpid())-\(name)" }

  @Test
  func
    `a resumed run ends in the bits of the run that was never stopped, on any number of threads`()
    throws
  {
    let data = try SmallRun.data.get()
    for rule in AccumulationRule.allCases {
      var config = SmallRun.config
      config.accumulation = .init(rule: rule, count: 2, largest: 4, varianceThreshold: 0.5)
      var whole = Trainer(config, data)
      for _ in 0..<8 { _ = try whole.makeStep() }

      let threads = WorkerPool.threadCount
      defer { WorkerPool.threadCount = threads }
      WorkerPool.threadCount = 1
      let file = Self.path("\(rule).safetensors")
      defer { try? FileManager.default.removeItem(atPath: file) }
      var first = Trainer(config, data)
      for _ in 0..<5 { _ = try first.makeStep() }
      try first.writeCheckpoint(to: file)
      var second = Trainer(config, data)
      try second.restore(from: file)
      #expect(second.step == 5)
      for _ in 0..<3 { _ = try second.makeStep() }
      #expect(try second.checkpoint() == whole.checkpoint(), "\(rule)")
    }
  }

  @Test
  func `a checkpoint of another config, of other data, or damaged is refused and changes nothing`()
    throws
  {
    let data = try SmallRun.data.get()
    var trainer = Trainer(SmallRun.config, data)
    _ = try trainer.makeStep()
    let file = Self.path("refused.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try trainer.writeCheckpoint(to: file)
    var wider = SmallRun.config
    wider.generator.width = 16
    var other = Trainer(wider, data)
    let before = try other.checkpoint()
    #expect {
      try other.restore(from: file)
    } throws: {
      "\($0)".contains("another config: generator: width was 8 and is 16; resume with")
        && "\($0)".hasPrefix(file)
    }
    #expect(try other.checkpoint() == before)
    var bytes = try AtomicFile.read(file)
    bytes.removeLast(1000)
    try AtomicFile.write(bytes, to: file)
    var same = Trainer(SmallRun.config, data)
    #expect(throws: TrainingFault.self) { try same.restore(from: file) }
    try AtomicFile.write("not a checkpoint", to: file)
    #expect(throws: TrainingFault.self) { try same.restore(from: file) }
  }

  @Test func `physics that is too large for single precision is named as such`()
    throws
  {
    var config = SmallRun.config
    config.physics.start = 0
    config.physics.connectivityWeight = 1e43
    var trainer = Trainer(config, try SmallRun.data.get())
    let before = try trainer.checkpoint()
    #expect {
      try trainer.makeStep()
    } throws: { "\($0)".contains("update 1: 'physics' is no number") }
    #expect(try trainer.checkpoint() == before)
  }

  @Test func `a weight that is no number stops training, names the term and keeps the step`() throws
  {
    var trainer = Trainer(SmallRun.config, try SmallRun.data.get())
    let shape = trainer.networks.discriminatorParameters.tensors[0].shape
    trainer.networks.discriminatorParameters.tensors[0] =
      Tensor.full(shape, .nan).detached(requiresGradient: true)
    #expect {
      try trainer.makeStep()
    } throws: { error in
      if case TrainingFault.notFinite(let term, let step) = error {
        term == "discriminators" && step == 1
      } else {
        false
      }
    }
    #expect(trainer.step == 0)
  }

  @Test func `training lowers the reconstruction term`() throws {
    var config = SmallRun.config
    config.stepCount = 100
    config.physics.share = 0
    config.accumulation.rule = .fixed
    config.learningRates.generator = 2e-3
    var trainer = Trainer(config, try SmallRun.data.get())
    var values: [Double] = []
    for _ in 0..<100 { values.append(try trainer.makeStep().losses["reconstruction"] ?? .nan) }
    let (first, last) = (values.prefix(10).reduce(0, +), values.suffix(10).reduce(0, +))
    #expect(last < 0.8 * first)
    #expect(trainer.samples == 800)
  }

  @Test func `a model reads back and draws the same designs`() throws {
    let trainer = Trainer(SmallRun.config, try SmallRun.data.get())
    let model = try DesignModel(of: trainer)
    let file = Self.path("model.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try model.write(to: file)
    let read = try DesignModel(contentsOf: file)
    let problems = Array(trainer.data.train.prefix(3).map(\.problem))
    let a = try model.draw(for: problems, seed: 4).map { try $0.get() }
    let b = try read.draw(for: problems, seed: 4).map { try $0.get() }
    #expect(a.map(\.density) == b.map(\.density))
    #expect(a.map(\.signOffChance) == b.map(\.signOffChance))
    // What anyone sees to be refused has no chance, whatever the network says.
    let designs = zip(a, problems).map { SolidDesign(size: $1.size, thresholding: $0.density) }
    let qualities = try DesignQuality.strictly(
      designs, for: problems, references: [1, 1, 1])
    for (drawing, quality) in zip(a, qualities) {
      #expect((drawing.signOffChance > 0) == quality.isWellFormed(SignOffLimits()))
    }
    let solid = problems.map { problem in
      var all = problem
      all.volumeFraction = 1
      return all
    }
    let whole = solid.map {
      SolidDesign(size: $0.size, thresholding: [Double](repeating: 1, count: $0.size.elementCount))
    }
    #expect(try model.signOffChances(of: whole, for: solid).allSatisfy { $0 > 0 && $0 < 1 })
    #expect(try model.signOffChances(of: designs, for: problems) == a.map(\.signOffChance))
    #expect(throws: TrainingFault.self) {
      try DesignModel(contentsOf: SmallRun.folder + "/shard-00000.safetensors")
    }
    // A model of another version is told by its format, whatever its card has.
    let other = try rewritten(file) {
      $0["format"] = "gcgan-model/1"
      $0["card"] = "{}"
    }
    #expect {
      try DesignModel(contentsOf: other)
    } throws: {
      "\($0)".contains("its format is 'gcgan-model/1'")
    }
  }

  /// A copy of a file of weights with other metadata and the checksum that goes with them, or none where that is taken out.
  private func rewritten(_ path: String, _ change: (inout [String: String]) -> Void) throws
    -> String
  {
    let file = try SafetensorsFile(contentsOf: path)
    var metadata = file.metadata
    change(&metadata)
    var writer = SafetensorsWriter(metadata: metadata)
    for name in file.names { writer.add(name, try file.tensor(name)) }
    let other = path + ".other"
    let isChecked = metadata["sha256"] != nil
    try AtomicFile.write(isChecked ? WeightFile.bytes(of: writer) : writer.bytes, to: other)
    return other
  }

  @Test func `a model without a checksum is read with a warning, and the script adds the checksum`()
    throws
  {
    let file = Self.path("checked.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try DesignModel(of: Trainer(SmallRun.config, try SmallRun.data.get())).write(to: file)
    // A file that must have one is damaged without it.
    let bare = try rewritten(file) { $0["sha256"] = nil }
    #expect {
      try DesignModel(contentsOf: bare)
    } throws: {
      "\($0)".contains("is damaged: it has no checksum")
    }
    let old = try rewritten(file) {
      $0["sha256"] = nil
      $0["format"] = "gcgan-model/2"
      $0["card"] = $0["card"]?.replacingOccurrences(of: "gcgan-model/3", with: "gcgan-model/2")
    }
    defer { try? FileManager.default.removeItem(atPath: old) }
    let warning = try #require(try DesignModel(contentsOf: old).warning)
    #expect(warning.contains(old) && warning.contains("Scripts/add-checksum"))
    // Written apart from ours, in Python: the same bytes.
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scripts/add-checksum").path
    let python = BuiltProgram(at: "/usr/bin/python3")
    #expect(try python.run([script, "--check", old]).code == 1)
    let run = try python.run([script, old])
    #expect(run.code == 0, "\(run)")
    #expect(FileManager.default.contents(atPath: old) == FileManager.default.contents(atPath: file))
    #expect(try python.run([script, "--check", old, file]).code == 0)
    // Not twice.
    #expect(try python.run([script, old]).code == 1)
  }

  /// Runs of some lengths: where learning rates fall only later, updates are those of any other length.
  @Test func `a run whose rates have not begun to fall goes on as one of another length`() throws {
    let data = try SmallRun.data.get()
    var longer = SmallRun.config
    longer.stepCount = 12
    var whole = Trainer(longer, data)
    while !whole.isFinished { _ = try whole.makeStep() }
    let file = Self.path("length.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }

    var first = Trainer(SmallRun.config, data)
    for _ in 0..<2 { _ = try first.makeStep() }
    try first.writeCheckpoint(to: file)
    var second = Trainer(longer, data)
    try second.restore(from: file)
    while !second.isFinished { _ = try second.makeStep() }
    #expect(try second.checkpoint() == whole.checkpoint())

    #expect(try Trainer.check(file, for: longer) == nil)

    // Two updates more, and the second one's rate is that of a run of eight: it goes on, with other bits, and says so.
    for _ in 0..<2 { _ = try first.makeStep() }
    try first.writeCheckpoint(to: file)
    let warning = try #require(try Trainer.check(file, for: longer))
    #expect(warning.hasPrefix("steps was 8 and is 12: the run goes on, but"))
    #expect(warning.contains("2 of 8 updates of the old length, 3 of 12 updates of the new one"))
    #expect(try Trainer.check(file, for: SmallRun.config) == nil)
    var third = Trainer(longer, data)
    try third.restore(from: file)
    #expect(third.step == 4)
    while !third.isFinished { _ = try third.makeStep() }
    #expect(third.step == 12)
    #expect(try third.checkpoint() != whole.checkpoint())
    // To one that has come further than three tenths of its own length likewise.
    var shorter = SmallRun.config
    shorter.stepCount = 4
    var fresh = Trainer(SmallRun.config, data)
    for _ in 0..<2 { _ = try fresh.makeStep() }
    try fresh.writeCheckpoint(to: file)
    #expect(try Trainer.check(file, for: shorter) != nil)
  }

  @Test func `a run at constant rates goes on as a longer one after its end`() throws {
    let data = try SmallRun.data.get()
    var config = SmallRun.config
    config.learningRates.schedule = .constant
    config.stepCount = 4
    var longer = config
    longer.stepCount = 6
    var first = Trainer(config, data)
    while !first.isFinished { _ = try first.makeStep() }
    let file = Self.path("constant.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try first.writeCheckpoint(to: file)
    var (second, whole) = (Trainer(longer, data), Trainer(longer, data))
    try second.restore(from: file)
    while !second.isFinished { _ = try second.makeStep() }
    while !whole.isFinished { _ = try whole.makeStep() }
    #expect(try second.checkpoint() == whole.checkpoint())
    #expect(whole.step == 6)
  }

  @Test func `a checkpoint of which one bit is turned is refused, whichever it is`() throws {
    var trainer = Trainer(SmallRun.config, try SmallRun.data.get())
    _ = try trainer.makeStep()
    let bytes = try trainer.checkpoint()
    let file = Self.path("turned.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let before = try trainer.checkpoint()
    // The header's length, every tenth byte of the header's first part, and as many of the rest.
    let places =
      Array(0..<8) + Array(stride(from: 8, to: 2000, by: 20))
      + Array(stride(from: 2000, to: bytes.count, by: bytes.count / 100))
    for (number, place) in places.enumerated() {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(number % 8)
      try Data(damaged).write(to: URL(filePath: file))
      #expect {
        try trainer.restore(from: file)
      } throws: {
        "\($0)".hasPrefix("\(file) is damaged: ")
          && "\($0)".contains("train anew in another folder")
      }
    }
    #expect(try trainer.checkpoint() == before)
  }
}
