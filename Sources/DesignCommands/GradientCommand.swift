import ArrayFiles
internal import DesignProblem
internal import Files
internal import FiniteElements
import Manufacturability
import Parallelism
package import ProgramSupport

/// `gcgan-solve gradient`: the value and the gradient of the term for one design, without any network.
package struct GradientCommand: Sendable {
  /// The problem file.
  package var problem: String
  /// The design, an `.npy` array.
  package var density: String
  /// Where to write; the design's folder where there is none.
  package var outputFolder: String?
  /// Threads; all processors where there is none.
  package var threadCount: Int?
  /// Whether only errors are said.
  package var isQuiet: Bool

  /// A command.
  package init(
    problem: String, density: String, outputFolder: String? = nil, threadCount: Int? = nil,
    isQuiet: Bool = false
  ) {
    self.problem = problem
    self.density = density
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Runs the command: writes `gradient.npy` and then `term.json`, and says the terms on the standard output.
  package func run() -> ProgramStatus {
    ProgramStatus.of(density) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      let input = try DesignInput(problem: problem, density: density)
      let folder = outputFolder ?? density.folderPart
      try OutputFolder(path: folder).check()
      let evaluation = try input.loss.evaluate([input.design])[0].get()
      let gradient = NumericArray(shape: input.problem.designShape, values: evaluation.gradient)
      try ProgramSignals.withoutInterruption {
        try OutputFolder(path: folder).make()
        try gradient.write(to: folder + "/gradient.npy", syncsFolder: false)
        try AtomicFile.write(report(evaluation), to: folder + "/term.json")
      }
      if !isQuiet {
        print(evaluation.table)
        print("written: gradient.npy, term.json")
      }
      return .success
    }
  }

  private func report(_ evaluation: DesignEvaluation) -> String {
    JSONText.object([
      ("problem", .string(problem)), ("density", .string(density)),
      ("total", .number(evaluation.total)),
      (
        "terms",
        .array(
          evaluation.terms.map {
            .object([
              ("name", .string($0.name)), ("value", .number($0.value)),
              ("weight", .number($0.weight)),
            ])
          })
      ),
      ("relativeResidual", .number(evaluation.largestResidual)),
      ("solves", .integer(evaluation.solveCount)),
      (
        "versions",
        .object(
          (Versions.program + NumericalLibraries.versions + [Versions.yams]).map {
            ($0.name, .string($0.version))
          })
      ),
    ]).text
  }
}

extension DesignEvaluation {
  /// A line per term, and the total.
  fileprivate var table: String {
    let width = (terms.map(\.name.count) + [5]).max() ?? 5
    func line(_ name: String, _ value: Double, _ note: String) -> String {
      name + String(repeating: " ", count: width - name.count) + "  \(value)" + note
    }
    return
      (terms.map { line($0.name, $0.value, "  × \($0.weight)") } + [line("total", total, "")])
      .joined(separator: "\n")
  }
}

extension String {
  /// What is before the last slash; `.` where there is none.
  var folderPart: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  /// The last name of a path without its ending.
  package var stem: String {
    let name = split(separator: "/").last.map(String.init) ?? self
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
