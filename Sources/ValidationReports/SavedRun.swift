import DesignValidation
internal import Files
import FoundationEssentials
internal import ProgramSupport

/// The result of a run, as a file holds it.
struct SavedRun {
  let path: String

  /// The result; `nil` where the file holds none, which is then said on standard error.
  var result: RunResult? {
    do { return try read() } catch {
      Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(error)"))\n")
      return nil
    }
  }

  /// The result.
  func read() throws(ReportFault) -> RunResult {
    do {
      return try JSONReporter.result(from: Data(try AtomicFile.read(path)))
    } catch {
      throw ReportFault("'\(path)' is not the result of a run: \(error)")
    }
  }
}
