internal import DeckAnalysis
internal import Glibc
internal import Manufacturability
internal import Meshing

/// How a command ended: its exit code.
public enum CommandOutcome: Int32, Sendable {
  /// Done.
  case success = 0
  /// A gradient does not belong to its value.
  case checkFailed = 1
  /// The design or the problem makes sense and cannot be evaluated.
  case notEvaluated = 3
  /// A file is wrong.
  case badData = 65
  /// Something that should not happen.
  case internalError = 70
  /// A file could not be written.
  case cannotWrite = 73
  /// Interrupted; what was found so far is written.
  case interrupted = 130

  /// Runs a command's work; an error is said on the standard error and decides about the code.
  ///
  /// - Parameter subject: What the command is about, for errors that do not name a file.
  static func of(_ subject: String, _ work: () throws -> CommandOutcome) -> CommandOutcome {
    do {
      return try work()
    } catch let faults as InputFaults {
      say(faults.description)
      return .badData
    } catch let fault as InputFault {
      say(fault.description)
      return .badData
    } catch let faults as ProblemFaults {
      say("\(subject): \(faults)")
      return .badData
    } catch let fault as DesignFault {
      say("\(subject): \(fault)")
      return fault.isOfTheDesign ? .badData : .notEvaluated
    } catch let fault as FileFault {
      say(fault.description)
      return fault.action == "read" ? .badData : .cannotWrite
    } catch {
      say("\(subject): internal error: \(error)")
      return .internalError
    }
  }

  /// Says something on the standard error.
  static func say(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }
}

extension DesignFault {
  /// Whether the design's numbers are wrong, rather than what they make of the problem.
  var isOfTheDesign: Bool {
    switch self {
    case .wrongCount, .notADensity, .loadOnVoid: true
    case .notSolved, .notConverged, .notFinite: false
    }
  }
}
