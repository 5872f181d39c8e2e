import ArrayFiles
import DesignValidation
import Files
import Glibc
import ReportPages

/// What pages and pictures of a run are made from, beside its result.
package struct ReportMaterial {
  /// The command that made the run, as a reader types it.
  let command: String
  /// Directories of the parts as the user named them.
  var directories: [String] = []
  /// Fields of a model.
  let fields: @Sendable (PartResult, ModelResult) throws -> ModelFields?
  /// Figures over earlier runs; `nil` where no history is given.
  var history: HistorySeries?

  /// The material of a run whose fields lie in a folder.
  init(command: [String], directories: [String], fieldsFolder: String, history: HistorySeries?) {
    self.init(command: command) { _, model in
      guard let name = model.fields?.split(separator: "/").last else { return nil }
      return try ModelFields(contentsOf: fieldsFolder + "/" + name)
    }
    (self.directories, self.history) = (directories, history)
  }

  /// The material of a run whose fields somebody knows.
  init(
    command: [String], fields: @escaping @Sendable (PartResult, ModelResult) throws -> ModelFields?
  ) {
    self.command = command.map(ReportPages.quoted).joined(separator: " ")
    self.fields = fields
  }

  /// Where fields lie until the pages are written, for a run that keeps no record.
  static var temporaryFolder: String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return folder + "/gcgan-report-\(getpid())"
  }

  /// What a report of a run is made from.
  func source(of result: RunResult, _ timings: RunTimings) throws -> ReportSource {
    var source = ReportSource(result, command: command, fields: fields)
    // A design that lies in its folder is shown as it was generated.
    source.density = { part in
      guard let array = try? NumericArray(contentsOf: part.path + "/density.npy"),
        array.shape.count == 2, array.shape.allSatisfy({ (1...4096).contains($0) })
      else { return nil }
      return Picture(density: array)
    }
    source.problem = { part in
      (try? AtomicFile.read(part.path + "/problem.yml", upTo: 1 << 20)).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    if let threads = timings.threads { source.facts.append(("Threads", "\(threads)")) }
    source.compareWithBaselines()
    if let history {
      let record = RunRecord(result, directories: directories)
      source.histories = Self.histories(history, record, try record.json())
    }
    return source
  }

  /// Figures of a record over the runs of a history, and in this run where the history has it not yet.
  static func histories(
    _ history: HistorySeries, _ record: RunRecord, _ json: [UInt8]
  ) -> [ReportSource.History] {
    guard let first = history.runs.first, let last = history.runs.last else { return [] }
    let checksum = record.checksum(of: json)
    let isKept = history.runs.contains { $0.checksum == checksum }
    struct Key: Hashable {
      var part, name: String
      var model: String?
    }
    var current: [Key: PartFigure] = [:]
    for part in record.parts {
      for figure in part.allFigures where figure.isStated {
        current[Key(part: part.name, name: figure.name, model: figure.model)] = figure
      }
    }
    func label(_ run: HistorySeries.Run) -> String { "run \(run.number), \(run.added.prefix(10))" }
    return history.figures.compactMap { figure in
      let key = Key(part: figure.part, name: figure.quantity, model: figure.model)
      guard let now = current[key], now.unit == figure.unit else { return nil }
      return ReportSource.History(
        part: figure.part, name: figure.quantity, model: figure.model,
        values: figure.values + (isKept ? [] : [now.value]), first: label(first),
        last: isKept ? label(last) : "this run")
    }
  }
}
