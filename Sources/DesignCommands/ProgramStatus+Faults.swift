import DesignFamilies
import DesignProblem
import Files
import LinearAlgebra
import Manufacturability
public import ProgramSupport

extension ProgramStatus {
  /// Runs a command and says on the standard error what went wrong.
  ///
  /// - Parameter subject: What a fault without a place is about: the array or the problem.
  public static func of(_ subject: String, _ body: () throws -> ProgramStatus) -> ProgramStatus {
    do {
      return try body()
    } catch let faults as InputFaults {
      StandardError.say(faults.description)
      return .badData
    } catch let fault as InputFault {
      StandardError.say(fault.description)
      return .badData
    } catch let fault as DesignFault {
      StandardError.say("\(subject): \(fault)")
      switch fault {
      case .wrongCount, .notADensity, .loadOnVoid: return .badData
      case .notSolved, .notConverged, .notFinite: return .notEvaluated
      }
    } catch let fault as DatasetFault {
      StandardError.say(fault.description)
      return .badData
    } catch let fault as SamplerFault {
      StandardError.say(fault.description)
      return .badData
    } catch let fault as FactorizationError {
      StandardError.say("\(subject): \(fault)")
      return .notEvaluated
    } catch let fault as FolderFault {
      StandardError.say(fault.description)
      return .badData
    } catch let fault as FileFault {
      StandardError.say(fault.description)
      return .cannotWrite
    } catch {
      StandardError.say("\(subject): internal error: \(error)")
      return .internalError
    }
  }
}
