import DesignValidation
import Files
import FoundationEssentials
import Glibc
package import ProgramSupport

/// One call of `gcgan-validate verification-tables`: from the arguments to the exit code.
package struct TablesSession {
  let json: String
  let pages: String

  /// A session with the arguments of the program.
  package init(json: String, pages: String) {
    self.json = json
    self.pages = pages
  }

  /// Fills the tables and names the pages that changed.
  package func run() -> ProgramStatus {
    guard let result = SavedRun(path: json).result else { return .badData }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: pages) else {
      Console.error.write(
        "gcgan-validate: the directory '\(TerminalText.cleaned(pages))' cannot be listed\n")
      return .badData
    }
    let tables = VerificationTables(result)
    var filledCount = 0
    for name in names.sorted() where name.hasSuffix(".md") {
      let path = "\(pages)/\(name)"
      do {
        let page = String(decoding: try AtomicFile.read(path), as: UTF8.self)
        guard let filled = tables.filled(page) else { continue }
        filledCount += 1
        if filled != page {
          try AtomicFile.write(filled, to: path)
          Console.output.write("\(TerminalText.cleaned(path))\n")
        }
      } catch {
        Console.error.write("gcgan-validate: \(TerminalText.cleaned("\(path): \(error)"))\n")
        return .badData
      }
    }
    if filledCount == 0 {
      Console.error.write(
        "gcgan-validate: no page in '\(TerminalText.cleaned(pages))' has the marks "
          + "\(VerificationTables.begin) and a link to one of the parts\n")
      return .nothingFound
    }
    return .success
  }
}
