internal import CGcgan
internal import DeckAnalysis
internal import Files
internal import Glibc
internal import Manufacturability
internal import ThermoElasticity

/// An argument that a call cannot take.
struct ArgumentFault: Error, CustomStringConvertible {
  /// What is wrong, and what the call needs.
  let description: String
}

/// The progress function asked for the end.
struct Stopped: Error, CustomStringConvertible {
  let description = "stopped: the progress function asked for it"
}

/// Runs the body of a call: what it throws becomes a status and a text of the caller's.
///
/// - Parameter message: Takes the words for a person, and `nil` after success; may be `nil`.
func call(
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ body: () throws -> Void
) -> Int32 {
  message?.pointee = nil
  do {
    try body()
    return Int32(GCGAN_SUCCESS.rawValue)
  } catch {
    let (status, text) = judgement(of: error)
    message?.pointee = text.callersText
    return Int32(status.rawValue)
  }
}

/// The status of an error, and its words.
private func judgement(of error: any Error) -> (gcgan_status, String) {
  switch error {
  case let fault as ArgumentFault: (GCGAN_USAGE, fault.description)
  case let stopped as Stopped: (GCGAN_STOPPED, stopped.description)
  case let faults as InputFaults: (GCGAN_DATA, faults.summary.joined(separator: "\n"))
  case let fault as InputFault: (GCGAN_DATA, fault.description)
  case let fault as UnevaluatedDesigns: (GCGAN_NOT_EVALUATED, fault.description)
  case let fault as FileFault: (GCGAN_CANNOT_WRITE, fault.description)
  case is SolveError, is AnalysisFault: (GCGAN_NOT_EVALUATED, "\(error)")
  default: (GCGAN_INTERNAL, "\(error)")
  }
}

extension String {
  /// A copy that the caller frees; `nil` where there is no memory.
  var callersText: UnsafeMutablePointer<CChar>? { strdup(self) }

  /// A text that a caller gives.
  ///
  /// - Throws: ``ArgumentFault`` for `NULL` and for what is not UTF-8.
  init(callers text: UnsafePointer<CChar>?, _ name: String) throws(ArgumentFault) {
    guard let text else { throw ArgumentFault(description: "'\(name)' is NULL") }
    guard let string = String(validatingCString: text) else {
      throw ArgumentFault(description: "'\(name)' is not UTF-8")
    }
    self = string
  }
}
