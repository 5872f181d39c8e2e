import ArrayFiles
import DesignNetworks
internal import Files
import Glibc

/// The files of a training run.
struct RunFolder {
  /// Its path.
  let path: String

  /// The config that the run goes by, the data set's path absolute.
  var config: String { path + "/config.yml" }
  /// What the next update depends on.
  var checkpoint: String { path + "/checkpoint.safetensors" }
  /// One line of JSON per update.
  var log: String { path + "/log.jsonl" }
  /// The average generator and the sign-off network.
  var model: String { path + "/model.safetensors" }
  /// What the model draws for validation problems.
  var samples: String { path + "/samples.png" }

  /// Where a run that begins in the folder starts from.
  enum Start: Equatable {
    /// From its first update.
    case beginning
    /// From the checkpoint.
    case checkpoint
  }

  /// Whether a run can begin in the folder, or go on.
  ///
  /// A run that ended before its first checkpoint has nothing to go on with: asked to, it begins anew, with the same config.
  ///
  /// - Throws: ``TrainingFault/folder(path:reason:)`` where there is a run already that is not to be resumed, or one of another config;
  ///   `InputFaults` where that config cannot be read.
  func start(_ settings: TrainingConfig, isResumed: Bool) throws -> Start {
    func fault(_ reason: String) -> TrainingFault { .folder(path: path, reason: reason) }
    if AtomicFile.exists(checkpoint) {
      guard isResumed else {
        throw fault("there is a run in it; add --resume, or choose another folder")
      }
      return .checkpoint
    }
    guard !AtomicFile.exists(model) else {
      throw fault(
        "there is a model in it, and no checkpoint to go on with; choose another folder, or move the model away"
      )
    }
    if isResumed, AtomicFile.exists(config) {
      let changes = try TrainingConfig(contentsOf: config).changes(to: settings)
        .filter { !TrainingConfig.lengthKeys.contains($0.key) }
      guard changes.isEmpty else {
        throw fault(
          "the run in it has no checkpoint, and was begun with another config: "
            + changes.map(\.description).joined(separator: ", ")
            + "; take its config.yml, or leave --resume out to begin another run")
      }
    }
    return .beginning
  }

  /// Moves what a run left that ended before its first checkpoint out of the way of one that begins: `log.jsonl` to the first free of `log-1.jsonl`,
  /// `log-2.jsonl` …, and `config.yml` likewise where another one is to take its place.
  ///
  /// - Returns: The names that files have now.
  func makeRoom(for settings: TrainingConfig) throws(FileFault) -> [String] {
    var names: [String] = []
    if let name = try moveAside(log) { names.append(name) }
    if AtomicFile.exists(config),
      try AtomicFile.read(config, upTo: 1 << 20) != Array(settings.text.utf8),
      let name = try moveAside(config)
    {
      names.append(name)
    }
    return names
  }

  /// Writes the config, where another one is there or none.
  func write(_ settings: TrainingConfig) throws(FileFault) {
    let text = settings.text
    if AtomicFile.exists(config), try AtomicFile.read(config, upTo: 1 << 20) == Array(text.utf8) {
      return
    }
    try AtomicFile.write(text, to: config)
  }

  /// Gives a file the first free name that has a number behind its own; an empty one is left.
  ///
  /// The corresponding C function is `rename`.
  ///
  /// - Returns: The name, without the folder; `nil` where there is no file, or nothing in it.
  func moveAside(_ file: String) throws(FileFault) -> String? {
    var status = stat()
    guard stat(file, &status) == 0, status.st_size > 0 else { return nil }
    let name = file.dropFirst(path.count + 1)
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    var number = 1
    var aside: String { "\(name[..<dot])-\(number)\(name[dot...])" }
    while AtomicFile.exists(path + "/" + aside) { number += 1 }
    guard rename(file, path + "/" + aside) == 0 else {
      throw FileFault(path: file, action: "rename", reason: String(cString: strerror(errno)))
    }
    return aside
  }

  /// The log's records up to an update; what a killed run wrote beyond its checkpoint is left out, and so is a line that is none.
  func records(upTo step: Int) throws -> [Trainer.StepRecord] {
    guard AtomicFile.exists(log) else { return [] }
    var records: [Trainer.StepRecord] = []
    for line in try AtomicFile.read(log, upTo: 4 << 30).split(separator: 10) {
      // The last line may be cut off, and any may be damaged.
      guard let record = Trainer.StepRecord(line: line) else { continue }
      guard record.step <= step else { break }
      records.append(record)
    }
    return records
  }
}

extension TrainingConfig {
  /// The same with the absolute path of the data set, so that the config can be read from any folder.
  var withAbsoluteData: TrainingConfig {
    guard let path = realpath(data, nil) else { return self }
    defer { free(path) }
    var config = self
    config.data = String(cString: path)
    return config
  }
}
