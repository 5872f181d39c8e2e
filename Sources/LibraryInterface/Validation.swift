public import CGcgan
internal import DesignValidation
internal import Files
internal import ProgramSupport

/// Validates parts, each in a child process. As `gcgan.h` says.
@c @implementation public func gcgan_validate(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>!, _ path_count: Int64,
  _ worker: UnsafePointer<UnsafePointer<CChar>?>!, _ worker_count: Int64,
  _ progress: gcgan_progress!, _ context: UnsafeMutableRawPointer!,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    let directories = try texts(paths, path_count, "paths")
    let program = try texts(worker, worker_count, "worker")
    let limits = ProcessLimits.shared(by: ProcessLimits.coreCount)
    var stops = false
    let teller = ProgressTeller { line in
      guard let progress else { return }
      stops = stops || line.withCString { progress($0, context) } != 0
    }
    let run = ValidationRun(
      worker: PartCommand.command(limits, by: program), jobs: ProcessLimits.coreCount,
      limits: limits, program: .current, isInterrupted: { stops })
    let search = try PartSearch(in: directories)
    var reporters: [any RunReporter] = [teller]
    let result = try run.evaluate(
      search.parts, notes: search.notes, of: directories.joined(separator: ", "),
      reporters: &reporters)
    let record = try RunRecord(result, directories: directories).json()
    json?.pointee = String(decoding: record, as: UTF8.self).callersText
    if stops { throw Stopped() }
  }
}

/// The child's side of `gcgan_validate`. As `gcgan.h` says.
@c @implementation public func gcgan_answer_part(
  _ arguments: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int64,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    guard let command = PartCommand(try texts(arguments, count, "arguments")) else {
      throw ArgumentFault(description: "the arguments are not those that gcgan_validate appended")
    }
    try command.run()
  }
}

/// Tells a part's name and verdict as it ends, in JSON.
private struct ProgressTeller: RunReporter {
  let tell: (String) -> Void
  private var (ended, count) = (0, 0)

  init(_ tell: @escaping (String) -> Void) { self.tell = tell }

  mutating func runBegan(_ plan: RunPlan) { count = plan.parts.count }

  mutating func partEnded(_ result: PartResult) {
    ended += 1
    tell(
      JSONText.object([
        ("part", .string(result.name)), ("verdict", .string(result.verdict.rawValue)),
        ("ended", .integer(ended)), ("parts", .integer(count)),
      ]).text)
  }

  func runEnded(_ result: RunResult, timings: RunTimings) {}
}

/// The texts of an array of the caller's.
private func texts(
  _ list: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int64, _ name: String
) throws(ArgumentFault) -> [String] {
  guard let list, count > 0 else { throw ArgumentFault(description: "'\(name)' is empty") }
  var result: [String] = []
  for place in 0..<Int(count) { result.append(try String(callers: list[place], name)) }
  return result
}
