import DesignValidation

/// Writes the folder of a run: its record, its times and the fields of its models.
struct RecordReporter: RunReporter {
  let folder: RunFolder
  /// As the user named them.
  let directories: [String]

  func runEnded(_ result: RunResult, timings: RunTimings) throws {
    try folder.finish(RunRecord(result, directories: directories), timings)
  }
}
