import Files
import FoundationEssentials
import Glibc
package import ProgramSupport

/// The child's side: evaluates one part under limits and answers in JSON.
package struct PartWorker {
  let evaluator: PartEvaluator

  /// A worker that solves with the given solver.
  ///
  /// - Parameter fieldsPath: As in ``PartEvaluator``.
  package init(solver: any ModelSolver, fieldsPath: String? = nil) {
    evaluator = PartEvaluator(solver: solver, fieldsPath: fieldsPath)
  }

  /// Kills this process and its group once its standard input ends, which it does with the program that started it.
  package static func endWithParent() { Lifeline.follow() }

  /// Puts the process under the limits, evaluates the part at a path and writes its result to standard
  /// output. What libraries print goes to standard error.
  package func answer(partAt path: String, limits: ProcessLimits) throws {
    let answerDescriptor = dup(1)
    dup2(2, 1)
    evaluator.solver.prepare()
    _ = limits.applyToThisProcess()
    let part =
      PartFolder(at: path) ?? PartFolder(name: path, path: path, kind: .partFile)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let bytes = try encoder.encode(evaluator.answer(part))
    let code = writeAll(Array(bytes), to: answerDescriptor)
    guard code == 0 else {
      throw SpawnFailure(reason: "the answer cannot be written: \(String(cString: strerror(code)))")
    }
    close(answerDescriptor)
  }
}
