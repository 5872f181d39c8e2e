internal import ArgumentParser
internal import DeckAnalysis
internal import FiniteElements
internal import FoundationEssentials
internal import ProgramSupport

@main
struct GcganBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gcgan-bench",
    abstract: "Measures gcgan beside its peers, in one run.",
    discussion: """
      Whole processes, run in turn; the answers of both programs are compared before a figure is given. \
      Quote ratios, not seconds: machines differ and are noisy.
      """,
    version: Versions.text(
      with: NumericalLibraries.versions + [Versions.argumentParser, Versions.yams]))

  @Flag(help: "List the workloads.") var list = false
  @Option(help: "Write the measurements as JSON to FILE, or to standard output with '-'.")
  var json: String?
  @Option(help: "Runs of each program at most.") var runs = 5
  @Option(help: "Threads for gcgan.") var threads = 2
  @Option(help: "The gcgan-solve to measure; default: the one beside this program.") var solver:
    String?
  @Option(help: "An earlier gcgan-solve, to measure heat-increments-50k beside it.")
  var before: String?
  @Option(help: "The folder of parts whose decks are solved.") var parts = "Validation/parts"
  @Argument(help: "Workloads to run; default: all.") var names: [String] = []

  func run() throws {
    if list {
      for workload in Workload.all { print("\(workload.name)  \(workload.summary)") }
      return
    }
    let path = solver ?? besideThisProgram("gcgan-solve")
    let setting = Workload.Setting(
      solver: path.contains("/") ? absolute(path) : path, runs: runs, threads: threads,
      parts: absolute(parts), before: before.map(absolute))
    let chosen =
      try names.isEmpty
      ? Workload.all
      : names.map { name in
        guard let workload = Workload.all.first(where: { $0.name == name }) else {
          throw ValidationError(
            BenchError.unknown(name, Workload.all.map(\.name)).description)
        }
        return workload
      }
    var measurements: [Measurement] = []
    for workload in chosen {
      let measurement = try workload.measure(setting)
      measurements.append(measurement)
      if json != "-" { print(line(measurement)) }
    }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let text = String(decoding: try encoder.encode(measurements), as: UTF8.self) + "\n"
      if json == "-" { print(text, terminator: "") } else { try write(text, to: json) }
    }
  }

  /// Children run in folders of their own.
  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  /// The program of that name in this program's folder, or on the search path.
  private func besideThisProgram(_ name: String) -> String {
    let program = CommandLine.arguments[0]
    guard let slash = program.lastIndex(of: "/") else { return name }
    return String(program[...slash]) + name
  }

  private func line(_ measurement: Measurement) -> String {
    func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
    let detail = measurement.detail
    var text = "\(measurement.name): \(short(measurement.value)) s"
    text += " (\(short(measurement.min)) … \(short(measurement.max)), \(measurement.runs) runs)"
    if let peer = detail["peer_s"], let ratio = detail["times_faster_than_peer"] {
      // Of peers that are programs the memory is measured, too.
      let name = detail["peer_peak_memory_mib"] == nil ? "one at a time" : "ccx"
      text += ", \(name) \(short(peer)) s: \(short(ratio)) times faster"
    }
    if let peer = detail["cholmod_s"], let ratio = detail["times_faster_than_cholmod"] {
      text += ", CHOLMOD \(short(peer)) s: \(short(ratio)) times faster"
    }
    if let peer = detail["peer_s"], let ratio = detail["times_peer"] {
      text += ", PyTorch \(short(peer)) s: \(short(ratio)) times as long"
    }
    if let before = detail["before_s"], let ratio = detail["times_faster_than_before"],
      let memory = detail["peak_memory_mib"], let peer = detail["before_peak_memory_mib"]
    {
      text += ", before \(short(before)) s: \(short(ratio)) times faster"
      text += "; \(Int(memory)) MiB, before \(Int(peer)) MiB"
    }
    if let memory = detail["peak_memory_mib"], let peer = detail["peer_peak_memory_mib"] {
      text += "; \(Int(memory)) MiB, ccx \(Int(peer)) MiB"
    }
    return text
  }
}
