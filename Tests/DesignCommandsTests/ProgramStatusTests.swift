import DesignFamilies
import LinearAlgebra
import Manufacturability
import Meshing
import Testing

@testable import DesignCommands
@testable import DesignProblem
@testable import Files
@testable import ProgramSupport

@Suite("How a command on designs ends") struct ProgramStatusTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let error: any Error
    let status: ProgramStatus
    init(_ error: any Error, _ status: ProgramStatus) {
      (self.error, self.status) = (error, status)
    }
    var testDescription: String { "\(error)" }
  }

  private struct Unknown: Error {}

  @Test(
    "says by its exit code whose fault it was",
    arguments: [
      Case(InputFault(at: .init(file: "p.yml"), "it is wrong"), .badData),
      Case(InputFaults([InputFault(at: .init(file: "p.yml"), "it is wrong")]), .badData),
      Case(DesignFault.wrongCount(found: 1, expected: 2), .badData),
      Case(
        DesignFault.notADensity(value: 2, image: 0, row: 0, column: 0, layer: nil), .badData),
      Case(DesignFault.loadOnVoid(loadCase: "a", load: 1), .badData),
      Case(DesignFault.notSolved(field: "displacement", .tooLarge), .notEvaluated),
      Case(DesignFault.notConverged(field: "displacement", residual: 1), .notEvaluated),
      Case(DesignFault.notFinite(term: "stress"), .notEvaluated),
      Case(DatasetFault.empty(folder: "data"), .badData),
      Case(FactorizationError.tooLarge, .notEvaluated),
      Case(FolderFault(path: "run", reason: "another process is in it"), .badData),
      Case(FileFault(path: "run", action: "write", reason: "no room"), .cannotWrite),
      Case(Unknown(), .internalError),
    ])
  func ends(_ one: Case) {
    #expect(ProgramStatus.of("p.yml") { throw one.error } == one.status)
  }

  /// The codes are what `Docs` and the programs' help promise.
  @Test func `has the documented codes`() {
    let codes: [(ProgramStatus, Int32)] = [
      (.success, 0), (.failed, 1), (.notEvaluated, 3), (.badData, 65), (.internalError, 70),
      (.cannotWrite, 73), (.hungUp, 129), (.interrupted, 130), (.terminated, 143),
    ]
    for (status, code) in codes { #expect(status.rawValue == code) }
    #expect(ProgramStatus.of("a") { .notEvaluated } == .notEvaluated)
  }
}
