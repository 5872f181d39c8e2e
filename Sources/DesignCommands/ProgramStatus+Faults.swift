import DesignFamilies
import LinearAlgebra
import Manufacturability
package import ProgramSupport

extension ProgramStatus {
  /// Runs a command on designs and says on the standard error what went wrong.
  ///
  /// - Parameter subject: What a fault without a place is about: the array or the problem.
  package static func of(_ subject: String, _ body: () throws -> ProgramStatus) -> ProgramStatus {
    of(subject, judging: { judgement(of: $0, subject) }, body)
  }

  private static func judgement(of error: any Error, _ subject: String) -> Judgement? {
    switch error {
    case let fault as DesignFault:
      switch fault {
      case .wrongCount, .notADensity, .loadOnVoid: (.badData, "\(subject): \(fault)")
      case .notSolved, .notConverged, .notFinite: (.notEvaluated, "\(subject): \(fault)")
      }
    case let fault as DatasetFault: (.badData, fault.description)
    case let fault as SamplerFault: (.badData, fault.description)
    case let fault as FactorizationError: (.notEvaluated, "\(subject): \(fault)")
    default: nil
    }
  }
}
