internal import Files

extension ProgramStatus {
  /// A fault as a program ends with it: its exit code, and what the user is told.
  package typealias Judgement = (status: ProgramStatus, text: String)

  /// Runs a command and says on the standard error what went wrong.
  ///
  /// Faults of files and folders are judged here, in the same way for every program. What `judge` does not know either is an internal error.
  ///
  /// - Parameters:
  ///   - subject: What an internal error is about: the file or folder that the command was given.
  ///   - judge: Judges the faults of the rooms that the command uses; `nil` for what it does not know.
  package static func of(
    _ subject: String, judging judge: (any Error) -> Judgement?, _ body: () throws -> ProgramStatus
  ) -> ProgramStatus {
    do {
      return try body()
    } catch {
      let (status, text): Judgement =
        switch error {
        case let faults as InputFaults: (.badData, faults.summary.joined(separator: "\n"))
        case let fault as InputFault: (.badData, fault.description)
        case let fault as FolderFault: (.badData, fault.description)
        case let fault as FileFault: (.cannotWrite, fault.description)
        default: judge(error) ?? (.internalError, "\(subject): internal error: \(error)")
        }
      StandardError.say(text)
      return status
    }
  }
}
