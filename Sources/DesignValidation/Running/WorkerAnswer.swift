import FoundationEssentials
import Glibc
internal import ProgramSupport

/// Turns what a worker left behind into the result of its part, whatever it left.
struct WorkerAnswer {
  let part: PartFolder
  let child: ChildReport
  let limits: ProcessLimits

  /// The result, and the seconds that the stages of the part took.
  var answer: PartAnswer {
    guard child.ending == .exited(0) else { return PartAnswer(result: failure) }
    guard var answer = decoded else {
      return PartAnswer(
        result: failed(
          .badAnswer, "the worker answered \(child.output.count) bytes that are not a result"))
    }
    // Names and paths are ours: a worker cannot answer for another part.
    (answer.result.name, answer.result.path) = (part.name, part.path)
    return answer
  }

  private var failure: PartResult {
    switch child.ending {
    case .exited(let code):
      return failed(.crashed, "the worker ended with exit code \(code)")
    case .signalled(SIGXCPU):
      return failed(
        .processorLimit, "killed after \(limits.processorSeconds) s of processor time")
    case .signalled(SIGKILL) where child.processorSeconds >= Double(limits.processorSeconds):
      return failed(
        .processorLimit, "killed after \(limits.processorSeconds) s of processor time")
    case .signalled(let signal):
      let name = "signal \(signal), \(String(cString: strsignal(signal)))"
      if diedForMemory {
        return failed(
          .memoryLimit, "needed more than the \(Self.text(bytes: limits.memory)) of memory allowed")
      }
      return failed(.crashed, "the worker crashed (\(name))")
    case .timedOut:
      return failed(
        .timedOut, "killed after \(limits.wallSeconds.significant(3)) s, the time allowed")
    case .tooTalkative:
      return failed(
        .badAnswer,
        "killed after it answered more than \(Self.text(bytes: ChildProcess.largestOutput))")
    case .interrupted: return failed(.interrupted, "interrupted")
    case .notStarted(let reason):
      return failed(.crashed, "the worker could not be started: \(reason)")
    }
  }

  private var decoded: PartAnswer? {
    try? JSONDecoder().decode(PartAnswer.self, from: Data(child.output))
  }

  /// Whether its last words, or how much it held, say that memory ran out.
  private var diedForMemory: Bool {
    if child.peakMemory > limits.memory / 10 * 8 { return true }
    let words =
      String(decoding: child.errorHead + child.errorTail, as: UTF8.self).lowercased()
    return [
      "out of memory", "failed to allocate", "cannot allocate", "bad_alloc", "memory allocation",
      "malloc failed",
    ]
    .contains { words.contains($0) }
  }

  /// A failure with what the worker said of it: the line of a fatal error, or its last lines.
  private func failed(_ kind: PartResult.Failure.Kind, _ summary: String) -> PartResult {
    func lines(_ bytes: [UInt8]) -> [Substring] {
      String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    }
    let fatal = lines(child.errorHead).filter { $0.contains("Fatal error") }.prefix(2)
    let told = fatal.isEmpty ? Array(lines(child.errorTail).suffix(8)) : Array(fatal)
    return PartResult(
      part, failure: .init(kind, summary, details: told.map { String($0.prefix(300)) }))
  }

  private static func text(bytes: Int) -> String {
    bytes >= 1 << 30
      ? "\((Double(bytes) / Double(1 << 30)).significant(3)) GiB"
      : "\((Double(bytes) / Double(1 << 20)).significant(3)) MiB"
  }
}
