import ArgumentParser
import DesignValidation
internal import ProgramSupport
import ValidationReports

/// Prints the numerical uncertainty beside the true error of a run.
struct UncertaintyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uncertainty-table",
    abstract: "Print u_num beside the true error where the answer is exact.",
    discussion: """
      A row is an element type with three meshes and a quantity whose reference is analytic, on the finest \
      mesh. The exit status is 1 where 2 u_num holds the error in less than 95 % of the rows, or where its \
      median is more than 10 times the error over the rows whose order is within 0.5 of theory.
      """)

  @Argument(help: "The result of a run, written with --json.", completion: .file())
  var json: String

  func run() throws { throw ExitCode(UncertaintySession(json: json).run().rawValue) }
}
