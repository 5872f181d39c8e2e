internal import ArrayFiles
internal import DesignFamilies
internal import Files
internal import FoundationEssentials
internal import Manufacturability
internal import Tensors

/// Checkpoints: all that the next updates depend on, in one safetensors file that appears whole or not at all.
///
/// Nothing random is in it: every micro-step has a stream of its own, numbered by the update.
extension Trainer {
  /// What a checkpoint says of itself, in the file's metadata.
  struct CheckpointHeader: Codable {
    static let currentFormat = "gcgan-checkpoint/3"
    var format = Self.currentFormat
    var step: Int
    var samples: Int
    var noise: NoiseAverage
    /// The config, but for the data's folder.
    var config: TrainingConfig
    /// SHA-256 of the data set's manifest.
    var dataHash: String
  }

  /// SHA-256 of what training depends on: the config but for the data's folder and the interval of checkpoints.
  static func hash(of config: TrainingConfig) throws -> String {
    var config = config
    config.data = ""
    config.checkpointInterval = 1
    return Digest.text(of: try encoded(config))
  }

  static func hash(of manifest: DatasetManifest) throws -> String {
    Digest.text(of: try encoded(manifest.shards.map(\.sha256)))
  }

  static func encoded(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }

  /// The bytes of a checkpoint: the same for the same state.
  package func checkpoint() throws -> [UInt8] {
    var config = config
    config.data = ""
    let header = CheckpointHeader(
      step: step, samples: samples, noise: noise, config: config,
      dataHash: try Self.hash(of: data.manifest))
    var writer = SafetensorsWriter(metadata: [
      "format": CheckpointHeader.currentFormat,
      "header": String(decoding: try Self.encoded(header), as: UTF8.self),
    ])
    for (name, tensor) in state { writer.add(name, tensor) }
    return WeightFile.bytes(of: writer)
  }

  /// Writes a checkpoint, replacing the one before only once it is whole.
  package func writeCheckpoint(to path: String) throws {
    try AtomicFile.write(try checkpoint(), to: path)
  }

  /// All tensors by name.
  private var state: [(name: String, tensor: Tensor)] {
    var state: [(name: String, tensor: Tensor)] = []
    func add(_ parameters: Parameters) {
      state += zip(parameters.names, parameters.tensors).map { ($0, $1) }
    }
    add(networks.generatorParameters)
    state += generatorMuon.state.named(
      zip(networks.generatorParameters.names, networks.generatorParameters.tensors).map {
        ($0, $1.shape)
      })
    for (parameters, adam) in [
      (networks.discriminatorParameters, discriminatorAdam),
      (networks.signOffParameters, signOffAdam),
    ] {
      add(parameters)
      state += adam.state.named(parameters.names)
    }
    state += zip(average.names, average.tensors).map { ("average." + $0, $1) }
    return state + gate.state
  }

  /// Reads a checkpoint's header.
  ///
  /// - Throws: ``TrainingFault`` for a damaged file, and one of another format.
  private static func read(_ path: String) throws -> (SafetensorsFile, CheckpointHeader) {
    func fault(_ reason: String) -> TrainingFault {
      .unusableCheckpoint(path: path, reason: reason)
    }
    let remedy = "take a whole copy of it, or train anew in another folder"
    let opened = try WeightFile.open(path, remedy: remedy)
    guard let text = opened.file.metadata["header"] else {
      throw fault("it has no header; is it the weights of a model alone?")
    }
    let format = opened.file.metadata["format"] ?? "unknown"
    guard format == CheckpointHeader.currentFormat else {
      throw fault(
        "its format is '\(format)', and '\(CheckpointHeader.currentFormat)' is read; "
          + "go on with the version that wrote it, or train anew in another folder")
    }
    guard opened.isChecked else {
      throw TrainingFault.damaged(
        path: path, reason: "it has no checksum, and a file of its format has one", remedy: remedy)
    }
    do {
      return (
        opened.file, try JSONDecoder().decode(CheckpointHeader.self, from: Data(text.utf8))
      )
    } catch {
      throw fault("its header cannot be read: \(error)")
    }
  }

  /// Why a run cannot go on with another config, and what to do about it; `nil` where it can.
  static func reason(against config: TrainingConfig, after old: TrainingConfig) -> String? {
    let changes = old.changes(to: config).filter { !TrainingConfig.lengthKeys.contains($0.key) }
    guard !changes.isEmpty else { return nil }
    return "it was written with another config: "
      + changes.map(\.description).joined(separator: ", ")
      + "; resume with the run's own config, or train in another folder"
  }

  /// What a run of a changed length is not: the run of that length from the start; `nil` where it is.
  static func warning(
    against config: TrainingConfig, after old: TrainingConfig, step: Int, samples: Int
  ) -> String? {
    let changes = old.changes(to: config).filter { TrainingConfig.lengthKeys.contains($0.key) }
    guard !changes.isEmpty,
      ![old, config].allSatisfy({ $0.isFreeOfLength(step: step, samples: samples) })
    else { return nil }
    return changes.map(\.description).joined(separator: ", ")
      + ": the run goes on, but its result is not that of a run of the new length from the start. Learning rates fall after three "
      + "tenths of a run: \(old.fullRateText) of the old length, \(config.fullRateText) of the new one; "
      + "the \(step) updates made (\(samples) designs) keep the rates of the old length, those to come have the rates of the new one"
  }

  /// Whether a checkpoint is whole, and of a run that a config can go on with; the data are not asked for.
  ///
  /// - Returns: What the user should know of a changed length; `nil` where the run is the same as one of that length from the start.
  /// - Throws: As ``restore(from:)``.
  package static func check(_ path: String, for config: TrainingConfig) throws -> String? {
    let (_, header) = try read(path)
    if let reason = reason(against: config, after: header.config) {
      throw TrainingFault.unusableCheckpoint(path: path, reason: reason)
    }
    return warning(
      against: config, after: header.config, step: header.step, samples: header.samples)
  }

  /// Takes up a checkpoint: what follows has the bits of the run that wrote it.
  ///
  /// The config may have another length. What follows has the bits of a run of that length from the start only where no update was made at a
  /// learning rate that depends on the length; ``check(_:for:)`` says where not.
  ///
  /// - Throws: ``TrainingFault/unusableCheckpoint(path:reason:)`` for another config, each key with its old and new value, another data set or
  ///   architecture; ``TrainingFault/damaged(path:reason:remedy:)`` for a damaged file.
  package mutating func restore(from path: String) throws {
    func fault(_ reason: String) -> TrainingFault {
      .unusableCheckpoint(path: path, reason: reason)
    }
    let (file, header) = try Self.read(path)
    if let reason = Self.reason(against: config, after: header.config) { throw fault(reason) }
    guard header.dataHash == (try Self.hash(of: data.manifest)) else {
      throw fault("it was trained on other data than the config names")
    }
    func read(_ name: String, _ shape: [Int]?) throws -> Tensor {
      let tensor: Tensor
      do {
        tensor = try file.tensor(name)
      } catch {
        throw fault("\(error)")
      }
      guard shape == nil || tensor.shape == shape else {
        throw fault("'\(name)' has the shape \(tensor.shape), and the network has \(shape ?? [])")
      }
      return tensor
    }
    func take(_ parameters: inout Parameters, prefix: String = "", isTrained: Bool = true) throws {
      for place in parameters.tensors.indices {
        parameters.tensors[place] = try read(
          prefix + parameters.names[place], parameters.tensors[place].shape
        ).detached(requiresGradient: isTrained)
      }
    }
    func adamState(
      _ parameters: Parameters, where isIncluded: ([Int]) -> Bool = { _ in true }
    ) throws -> Adam.State {
      Adam.State(
        stepCount: header.step,
        firstMoments: try moments("first", of: parameters, where: isIncluded),
        secondMoments: try moments("second", of: parameters, where: isIncluded))
    }
    func moments(
      _ kind: String, of parameters: Parameters, where isIncluded: ([Int]) -> Bool
    ) throws -> [Tensor] {
      try zip(parameters.names, parameters.tensors).filter { isIncluded($1.shape) }
        .map { try read("\($0).\(kind)", $1.shape) }
    }
    var taken = self
    try take(&taken.networks.generatorParameters)
    try take(&taken.networks.discriminatorParameters)
    try take(&taken.networks.signOffParameters)
    try take(&taken.average, prefix: "average.", isTrained: false)
    if header.step > 0 {
      let generator = networks.generatorParameters
      taken.generatorMuon.state = Muon.State(
        momenta: try moments("momentum", of: generator, where: Muon.isMatrix),
        adam: try adamState(generator, where: { !Muon.isMatrix($0) }))
      taken.discriminatorAdam.state = try adamState(networks.discriminatorParameters)
      taken.signOffAdam.state = try adamState(networks.signOffParameters)
    }
    try taken.gate.restore(read)
    taken.noise = header.noise
    taken.step = header.step
    taken.samples = header.samples
    self = taken
  }
}
