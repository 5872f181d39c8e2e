import ArrayFiles
import DeckAnalysis
import DesignNetworks
import FoundationEssentials
import Meshing

/// The files of a training run.
struct RunFolder {
  /// Its path.
  let path: String

  /// The config as the run was begun with, the data set's path absolute or relative to where the program was started.
  var config: String { path + "/config.yml" }
  /// What the next update depends on.
  var checkpoint: String { path + "/checkpoint.safetensors" }
  /// One line of JSON per update.
  var log: String { path + "/log.jsonl" }
  /// The average generator and the sign-off network.
  var model: String { path + "/model.safetensors" }
  /// What the model draws for validation problems.
  var samples: String { path + "/samples.png" }

  /// Whether a run can begin in the folder, or go on.
  ///
  /// - Throws: ``TrainingFault/folder(path:reason:)`` where there is one already, or none to go on with.
  func check(isResumed: Bool) throws {
    switch (AtomicFile.exists(checkpoint), isResumed) {
    case (true, false):
      throw TrainingFault.folder(
        path: path, reason: "there is a run in it; add --resume, or choose another folder")
    case (false, true):
      throw TrainingFault.folder(path: path, reason: "there is no checkpoint to resume")
    default: break
    }
  }

  /// The log's records up to an update; what a killed run wrote beyond its checkpoint is left out.
  func records(upTo step: Int) throws -> [Trainer.StepRecord] {
    guard AtomicFile.exists(log) else { return [] }
    let decoder = JSONDecoder()
    var records: [Trainer.StepRecord] = []
    for line in try AtomicFile.read(log, upTo: 4 << 30).split(separator: 10) {
      // The last line may be cut off.
      guard let record = try? decoder.decode(Trainer.StepRecord.self, from: Data(line)),
        record.step <= step
      else { break }
      records.append(record)
    }
    return records
  }
}
