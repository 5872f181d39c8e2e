import DesignFamilies
import Foundation
import Meshing
import Parallelism
import Tensors
import Testing

@testable import DesignNetworks

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
      "\($0)".contains("another config") && "\($0)".contains(file)
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
    config.stepCount = 60
    config.physics.share = 0
    config.accumulation.rule = .fixed
    config.learningRates.generator = 2e-3
    var trainer = Trainer(config, try SmallRun.data.get())
    var values: [Double] = []
    for _ in 0..<60 { values.append(try trainer.makeStep().losses["reconstruction"] ?? .nan) }
    let (first, last) = (values.prefix(10).reduce(0, +), values.suffix(10).reduce(0, +))
    #expect(last < 0.8 * first)
    #expect(trainer.samples == 480)
  }

  @Test func `a model reads back and draws the same designs`() throws {
    let trainer = Trainer(SmallRun.config, try SmallRun.data.get())
    let model = try DesignModel(of: trainer)
    let file = Self.path("model.safetensors")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try model.write(to: file)
    let read = try DesignModel(contentsOf: file)
    let problems = Array(trainer.data.train.prefix(3).map(\.problem))
    let a = try model.draw(for: problems, seed: 4, bestOf: 2).map { try $0.get() }
    let b = try read.draw(for: problems, seed: 4, bestOf: 2).map { try $0.get() }
    #expect(a.map(\.density) == b.map(\.density))
    #expect(a.map(\.signOffChance) == b.map(\.signOffChance))
    // What anyone sees to be refused has no chance, whatever the network says.
    let designs = zip(a, problems).map { SolidDesign(size: $1.size, thresholding: $0.density) }
    let qualities = try PartQuality.strictly(
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
    // A model of an earlier version is told by its format, whatever its card has.
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    for (old, new) in [("gcgan-model/2", "gcgan-model/1"), ("volumeWeight", "volumeHeight")] {
      let (old, new) = (Array(old.utf8), Array(new.utf8))
      for start in 0...(min(bytes.count, 8192) - old.count)
      where Array(bytes[start..<(start + old.count)]) == old {
        bytes.replaceSubrange(start..<(start + old.count), with: new)
      }
    }
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    #expect {
      try DesignModel(contentsOf: file)
    } throws: {
      "\($0)".contains("its format is 'gcgan-model/1'")
    }
  }
}
