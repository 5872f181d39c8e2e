import DesignFamilies
import Glibc
import LinearAlgebra
import Manufacturability
import Meshing

/// How a command on designs ended: its exit code.
public enum DesignStatus: Int32, Sendable {
  /// Done.
  case success = 0
  /// A gradient is not that of its value.
  case checkFailed = 1
  /// A design could not be evaluated.
  case notEvaluated = 3
  /// A problem file or an array is wrong, or a folder is another process's.
  case badData = 65
  /// Something that should not happen.
  case internalError = 70
  /// A file could not be written.
  case cannotWrite = 73
  /// Hung up.
  case hungUp = 129
  /// Interrupted; what was found is written.
  case interrupted = 130
  /// Terminated.
  case terminated = 143

  /// Runs a command and says on the standard error what went wrong.
  ///
  /// - Parameter subject: What a fault without a place is about: the array or the problem.
  public static func of(_ subject: String, _ body: () throws -> DesignStatus) -> DesignStatus {
    do {
      return try body()
    } catch let faults as InputFaults {
      say(faults.description)
      return .badData
    } catch let fault as InputFault {
      say(fault.description)
      return .badData
    } catch let fault as DesignFault {
      say("\(subject): \(fault)")
      switch fault {
      case .wrongCount, .notADensity, .loadOnVoid: return .badData
      case .notSolved, .notConverged, .notFinite: return .notEvaluated
      }
    } catch let fault as DatasetFault {
      say(fault.description)
      return .badData
    } catch let fault as SamplerFault {
      say(fault.description)
      return .badData
    } catch let fault as FactorizationError {
      say("\(subject): \(fault)")
      return .notEvaluated
    } catch let fault as FolderFault {
      say(fault.description)
      return .badData
    } catch let fault as FileFault {
      say(fault.description)
      return .cannotWrite
    } catch {
      say("\(subject): internal error: \(error)")
      return .internalError
    }
  }

  /// Ends the program, after everything printed has been handed over; success becomes ``cannotWrite`` where it does not arrive.
  ///
  /// It leaves at once: the libraries' own farewells (OpenBLAS joins its threads) take time.
  public func leave() -> Never {
    var status = self
    do throws(FileFault) { try StandardOutput.finish() } catch {
      Self.say(error.description)
      if status == .success { status = .cannotWrite }
    }
    fflush(nil)
    _exit(status.rawValue)
  }

  /// A line on the standard error.
  public static func say(_ text: String) { write(text + "\n") }

  /// Text on the standard error.
  public static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
