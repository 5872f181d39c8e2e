package import Files
internal import StrictYAML

extension YAMLFileKind {
  fileprivate static let trainingConfig = Self(
    name: "a training config", firstLine: "gcgan: \(TrainingConfig.format)")
}

extension TrainingConfig {
  /// The format of the file.
  package static let format = "training/1"

  /// Reads a config file; everything wrong in it is told at once.
  ///
  /// The path of the data set is made relative to the file's folder.
  ///
  /// - Throws: `InputFaults` with lines, what is wrong, and what to do about it.
  package init(contentsOf path: String) throws(InputFaults) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try AtomicFile.read(path, upTo: YAMLTree.largestByteCount)
    } catch {
      throw InputFaults([
        InputFault(at: .init(file: path), "the file cannot be read: \(error.reason)")
      ])
    }
    try self.init(parsing: bytes, file: path)
    if !data.hasPrefix("/"), let slash = path.lastIndex(of: "/") {
      data = String(path[...slash]) + data
    }
  }

  /// Reads the text of a config file; the path of the data set stays as it is written.
  package init(parsing bytes: [UInt8], file: String) throws(InputFaults) {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .trainingConfig)
    let faults = YAMLFaults(file: file)
    let config = Self.read(tree, faults)
    try faults.throwIfAny()
    guard let config else {
      throw InputFaults([InputFault(at: .init(file: file), "the file cannot be read")])
    }
    self = config
  }

  private static func read(_ tree: YAMLTree, _ faults: YAMLFaults) -> TrainingConfig? {
    let keys = [
      "gcgan", "title", "data", "seed", "steps", "designs", "micro-batch", "accumulation",
      "generator",
      "discriminators", "sign-off-width", "learning-rates", "losses", "physics", "average-decay",
      "checkpoint-interval", "precision",
    ]
    guard let file = MappingReader(tree, "the training config", keys: keys, faults: faults) else {
      return nil
    }
    if let format = file.text("gcgan"), format != Self.format {
      faults.add(
        file.line(of: "gcgan"), "the format '\(format.prefix(40))' is not known",
        remedy: "this version reads '\(Self.format)'")
    }
    _ = file.text("title", isRequired: false)
    var config = TrainingConfig(data: file.text("data") ?? "")
    /// Reads one section, where it is there.
    func section(_ key: String, _ keys: [String], _ read: (MappingReader) -> Void) {
      guard let tree = file.tree(key, isRequired: false),
        let reader = MappingReader(tree, "'\(key)'", keys: keys, faults: faults)
      else { return }
      read(reader)
    }
    func whole(
      _ reader: MappingReader, _ key: String, _ range: ClosedRange<Int>, _ value: inout Int
    ) {
      if let stated = reader.whole(key, in: range, isRequired: false) { value = stated }
    }
    func number(
      _ reader: MappingReader, _ key: String, _ range: ClosedRange<Double>, _ value: inout Double
    ) {
      if let stated = reader.number(key, in: range, isRequired: false) { value = stated }
    }
    var seed = Int(config.seed)
    whole(file, "seed", 0...(1 << 53), &seed)
    config.seed = UInt64(seed)
    whole(file, "steps", 1...10_000_000, &config.stepCount)
    config.designCount = file.whole("designs", in: 1...1_000_000_000, isRequired: false)
    whole(file, "micro-batch", 2...256, &config.microBatch)
    whole(file, "sign-off-width", 4...256, &config.signOffWidth)
    number(file, "average-decay", 0...0.99999, &config.averageDecay)
    whole(file, "checkpoint-interval", 1...1_000_000, &config.checkpointInterval)
    section("accumulation", ["rule", "count", "largest", "variance-threshold"]) { reader in
      if let rule = reader.word("rule", as: AccumulationRule.self, isRequired: false) {
        config.accumulation.rule = rule
      }
      whole(reader, "count", 1...1024, &config.accumulation.count)
      whole(reader, "largest", 1...1024, &config.accumulation.largest)
      number(reader, "variance-threshold", 0...1e6, &config.accumulation.varianceThreshold)
      if config.accumulation.largest < config.accumulation.count {
        faults.add(
          reader.line(of: "largest"),
          "'largest' of 'accumulation' is \(config.accumulation.largest), below its 'count', \(config.accumulation.count)"
        )
      }
    }
    // What is the default is not kept, so that it is the same config.
    config.precision = file.word("precision", as: Precision.self, isRequired: false)
      .flatMap { $0 == .single ? nil : $0 }
    section("generator", ["width", "blocks", "global-code", "local-code", "cut"]) { reader in
      whole(reader, "width", 8...256, &config.generator.width)
      whole(reader, "blocks", 1...8, &config.generator.blockCount)
      whole(reader, "global-code", 1...512, &config.generator.globalCodeLength)
      whole(reader, "local-code", 1...64, &config.generator.localCodeChannels)
      if let cut = reader.number("cut", in: 1...64, isRequired: false) {
        config.generator.cut = cut == 1 ? nil : cut
      }
      if !config.generator.width.isMultiple(of: 2) {
        faults.add(reader.line(of: "width"), "'width' of 'generator' is even")
      }
    }
    section("discriminators", ["width", "scales"]) { reader in
      whole(reader, "width", 8...256, &config.discriminators.width)
      whole(reader, "scales", 1...3, &config.discriminators.scaleCount)
    }
    section(
      "learning-rates", ["generator", "discriminators", "sign-off", "schedule", "second-decay"]
    ) { reader in
      number(reader, "generator", 1e-8...1, &config.learningRates.generator)
      number(reader, "discriminators", 1e-8...1, &config.learningRates.discriminators)
      number(reader, "sign-off", 1e-8...1, &config.learningRates.signOff)
      config.learningRates.secondDecay = reader.number(
        "second-decay", in: 0...0.999999, isRequired: false)
      // What is the default is not kept, so that it is the same config.
      config.learningRates.schedule = reader.word(
        "schedule", as: LearningRates.Schedule.self, isRequired: false
      ).flatMap { $0 == .falling ? nil : $0 }
    }
    section(
      "losses",
      [
        "reconstruction", "adversarial", "disentanglement", "sign-off", "penalty",
        "penalty-interval", "diversity",
      ]
    ) { reader in
      number(reader, "reconstruction", 0...1e6, &config.losses.reconstruction)
      number(reader, "adversarial", 0...1e6, &config.losses.adversarial)
      number(reader, "disentanglement", 0...1e6, &config.losses.disentanglement)
      number(reader, "sign-off", 0...1e6, &config.losses.signOff)
      number(reader, "penalty", 0...1e6, &config.losses.penalty)
      whole(reader, "penalty-interval", 1...1000, &config.losses.penaltyInterval)
      config.losses.diversity = reader.number("diversity", in: 0...1e6, isRequired: false)
        .flatMap { $0 == 0 ? nil : $0 }
      if config.losses.diversity != nil, config.microBatch < 4 {
        faults.add(
          reader.line(of: "diversity"),
          "'diversity' of 'losses' compares designs of one problem, and a 'micro-batch' of \(config.microBatch) has no room for them",
          remedy: "4 at least")
      }
    }
    section(
      "physics",
      [
        "share", "start", "ramp", "limit-weight", "volume-weight", "connectivity-weight", "filter",
        "projection",
      ]
    ) { reader in
      number(reader, "share", 0...100, &config.physics.share)
      whole(reader, "start", 0...10_000_000, &config.physics.start)
      whole(reader, "ramp", 0...10_000_000, &config.physics.ramp)
      config.physics.limitWeight = reader.number("limit-weight", in: 0...1e6, isRequired: false)
      number(reader, "volume-weight", 0...1e6, &config.physics.volumeWeight)
      number(reader, "connectivity-weight", 0...1e6, &config.physics.connectivityWeight)
      number(reader, "filter", 0...16, &config.physics.filterRadius)
      number(reader, "projection", 0...64, &config.physics.projectionSteepness)
    }
    return config
  }
}

extension String {
  /// The text between single quotes, its own doubled.
  var quotedForYAML: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
