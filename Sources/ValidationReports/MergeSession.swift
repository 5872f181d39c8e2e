import DesignValidation
import Files
package import ProgramSupport

/// One call of `gcgan-validate merge`: the results of shards become the result of a whole run.
package struct MergeSession {
  let shards: [String]
  let files: ReportFiles
  let runFolder: String?
  let detail: TextReporter.Detail

  /// A session with the arguments of the program.
  ///
  /// - Parameters:
  ///   - shards: What each shard wrote: files of `--json`, or folders of `--run`.
  ///   - files: Where reports go; one on standard output sends the text for people to standard error.
  ///   - runFolder: Where the record of the whole run goes; the shards must then be folders.
  package init(
    shards: [String], files: ReportFiles, runFolder: String? = nil, detail: TextReporter.Detail
  ) {
    (self.shards, self.files, self.detail) = (shards, files, detail)
    self.runFolder = runFolder
  }

  /// Merges, writes the reports and says how it went.
  package func run() -> ProgramStatus {
    StandardOutput.openClosedStreams()
    let merge: Merge
    let history: HistorySeries?
    do {
      history = try files.series()
      merge = try areFolders ? Merge(folders: shards) : Merge(files: shards)
      if runFolder != nil, merge.folders.isEmpty {
        throw ReportFault("--run needs the folders that the shards wrote with --run")
      }
    } catch {
      say("\(error)")
      return .badData
    }
    let merged = merge.result
    let console = files.usesOutput ? Console.error : Console.output
    let text = TextStream(console)
    var reporters: [any RunReporter] = [
      TextReporter(detail: detail, isColoured: console.isColoured) { text.write($0) }
    ]
    var material = ReportMaterial(command: ["gcgan-validate", "merge"] + shards) {
      try merge.fields(of: $1, in: $0)
    }
    material.history = history
    reporters += files.reporters(
      with: merge.folders.isEmpty && files.report == nil ? nil : material)
    do {
      try files.check()
      for index in reporters.indices {
        reporters[index].runBegan(
          RunPlan(
            directory: merged.directory, parts: merged.parts.map(\.name), jobs: 1,
            notes: merged.notes ?? []))
        for part in merged.parts { reporters[index].partEnded(part) }
        try reporters[index].runEnded(merged, timings: RunTimings())
      }
      if let runFolder { try merge.write(to: runFolder) }
      if let fault = text.fault { throw fault }
    } catch {
      say("\(error)")
      return .internalError
    }
    for shard in merge.lost { say("shard \(shard) is missing") }
    return merge.lost.isEmpty ? merged.exitCode : .notEvaluated
  }

  /// Whether the shards are folders of runs, or their `run.json`.
  private var areFolders: Bool {
    shards.contains { FilePlace.isDirectory($0) || $0.hasSuffix("run.json") }
  }

  private func say(_ text: String) {
    Console.error.write("gcgan-validate: \(TerminalText.cleaned(text))\n")
  }
}

/// Shards that were read and belong together.
private struct Merge {
  let result: RunResult
  /// Shards that are missing, as `2/3`.
  let lost: [String]
  /// The record, where the shards are folders.
  var record: RunRecord?
  var folders: [SavedRunFolder] = []

  init(files: [String]) throws {
    let shards = try files.map { (file: $0, result: try SavedRun(path: $0).read()) }
    result = try RunResult(merging: shards)
    lost = RunResult.lostShards(of: shards.map(\.result))
  }

  init(folders paths: [String]) throws {
    folders = try paths.map { try SavedRunFolder($0) }
    let merged = try RunRecord.merged(zip(paths, folders.map(\.record)).map { ($0, $1) })
    (record, result) = (merged, merged.result)
    lost = RunResult.lostShards(of: folders.map(\.record.result))
  }

  /// The fields of a model, from the folder of its shard.
  func fields(of model: ModelResult, in part: PartResult) throws -> ModelFields? {
    guard let folder = folders.first(where: { $0.record.parts.contains { $0.path == part.path } })
    else { return nil }
    return try folder.fields(of: model)
  }

  func write(to path: String) throws {
    guard let record else { return }
    let begun = try RunFolder(beginningAt: path)
    do {
      let kept = Set(record.parts.map(\.path))
      for folder in folders {
        var shard = folder.record
        shard.parts.removeAll { !kept.contains($0.path) }
        try begun.takeFields(of: shard, from: folder)
      }
    } catch {
      begun.abandon()
      throw error
    }
    try begun.finish(record, RunTimings(adding: folders.compactMap(\.timings)))
  }
}
