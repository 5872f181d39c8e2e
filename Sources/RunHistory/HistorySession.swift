import DesignValidation
import Files
import FoundationEssentials
package import ProgramSupport
import ValidationReports

/// One call of `gcgan-validate history`: from the arguments to the exit code.
package struct HistorySession {
  /// What is asked for.
  package enum Task: Sendable {
    /// The runs; or the figures of a part, of one quantity if it is named.
    case show(part: String?, quantity: String?)
    /// Adds runs, from their folders or files.
    case add(runs: [String])
    /// Writes the record of a run to a file; `-` is standard output.
    case export(run: Int, file: String)
    /// Writes the figures of the newest runs as JSON, for reports.
    case series
  }

  let file: String
  let task: Task

  /// A session with the arguments of the program.
  ///
  /// - Parameter file: The history.
  package init(file: String, task: Task) { (self.file, self.task) = (file, task) }

  /// Does what is asked for, and says how it went.
  package func run() -> ProgramStatus {
    StandardOutput.openClosedStreams()
    let stream = TextStream(.output)
    do {
      let status = try perform(stream)
      if let fault = stream.fault { throw fault }
      return status
    } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      switch error {
      case let fault as HistoryFault: return fault.kind == .badData ? .badData : .cannotWrite
      case is InputFault: return .badData
      default: return .internalError
      }
    }
  }

  private func perform(_ stream: TextStream) throws -> ProgramStatus {
    switch task {
    case .show(nil, _):
      let runs = try History(file, mayCreate: false).runs()
      for run in runs {
        let counts = Verdict.allCases.compactMap { verdict -> String? in
          let count = run.counts[verdict.rawValue] ?? 0
          return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        stream.write(
          "\(run.number)  \(run.added)  gcgan \(TerminalText.cleaned(run.program))  "
            + (counts.isEmpty ? "no parts" : counts.joined(separator: ", ")) + "\n")
      }
      return runs.isEmpty ? .nothingFound : .success
    case .show(.some(let part), let quantity):
      return try show(part, quantity, stream)
    case .add(let paths):
      let records = try paths.map { try SavedRunFolder($0).record }
      let numbers = try History(file, mayCreate: true).add(records)
      for (path, number) in zip(paths, numbers) {
        stream.write("\(TerminalText.cleaned(path)) is run \(number)\n")
      }
      return .success
    case .export(let run, let path):
      let bytes = try History(file, mayCreate: false).record(run)
      if path == "-" {
        try Console.output.write(bytes)
      } else {
        try AtomicFile.write(bytes, to: path)
      }
      return .success
    case .series:
      let series = try History(file, mayCreate: false).series()
      try Console.output.write(Array(try JSONEncoder().encode(series)))
      return .success
    }
  }

  private static func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + value.significant(3)
  }

  private func show(_ part: String, _ quantity: String?, _ stream: TextStream) throws
    -> ProgramStatus
  {
    let history = try History(file, mayCreate: false)
    let figures = try history.figures(part: part, quantity: quantity)
    guard !figures.isEmpty else {
      let isKnown = try !history.names(ofPart: part).isEmpty
      let names = try history.names(ofPart: isKnown ? part : nil)
      let asked = isKnown ? quantity ?? "" : part
      let near = asked.nearest(in: names).map { "; did you mean '\($0)'?" } ?? ""
      let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
      Console.error.write(
        "gcgan-validate: "
          + TerminalText.cleaned(
            "the history has no \(isKnown ? "quantity" : "part") '\(asked)'\(near) It has \(listed)"
          )
          + "\n")
      return .nothingFound
    }
    var heading = ""
    var last: Double?
    for figure in figures {
      let model = figure.model.map { " of \($0)" } ?? ""
      let unit = figure.unit == "1" ? "" : ", \(figure.unit)"
      let next = TerminalText.cleaned("\(figure.quantity)\(model)\(unit)")
      if next != heading {
        stream.write(next + "\n")
        (heading, last) = (next, nil)
      }
      var line = "  \(figure.run)  \(figure.added)  \(figure.verdict)  "
      line += figure.value?.significant(9) ?? "no value"
      if let value = figure.value, let last, value != last {
        let change =
          last == 0
          ? "" : " (\(Self.signed((value - last) / abs(last) * 100)) %)"
        line += "  \(Self.signed(value - last))\(change)"
      }
      last = figure.value ?? last
      stream.write(TerminalText.cleaned(line) + "\n")
    }
    return .success
  }
}
