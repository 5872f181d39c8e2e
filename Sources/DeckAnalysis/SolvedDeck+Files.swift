internal import Files
import Meshing
internal import ProgramSupport
import ThermoElasticity

extension SolvedDeck {
  /// Writes `NAME.dat`, `NAME.vtu` and `NAME.json`, together or not at all, and the folder if need be.
  ///
  /// A program that is told to end meanwhile writes all of them first.
  ///
  /// Where several steps were solved, those before the last go to `NAME.step1.vtu`, `NAME.step2.vtu` …
  ///
  /// - Returns: The names of the files in the folder.
  package func write(to folder: String, name: String) throws -> [String] {
    try ProgramSignals.withoutInterruption { try writeFiles(to: folder, name: name) }
  }

  private func writeFiles(to folder: String, name: String) throws -> [String] {
    try OutputFolder(path: folder).make()
    let stem = name.withoutDeckExtension
    var files: [String] = []
    var group = AtomicFileGroup()
    func write(_ bytes: [UInt8], _ suffix: String) throws {
      try group.add(bytes, as: "\(folder)/\(stem)\(suffix)")
      files.append(stem + suffix)
    }
    try write(dat, ".dat")
    var report = report
    var times = StageTimes()
    for state in states {
      let isLast = state.step == states.last?.step
      let bytes = times.measure(.fields) {
        VTUFields(deck, state, error: errors[state.step]).bytes()
      }
      try write(bytes, isLast ? ".vtu" : ".step\(state.step).vtu")
    }
    report.add(times)
    try write(Array(report.json.text.utf8), ".json")
    try group.commit()
    return files
  }
}
