import ArrayFiles
import DesignValidation
import Files
import Glibc
import ReportPages

/// Writes the pages of a run: a file, or a folder.
struct PageReporter: RunReporter {
  let path: String
  /// As the user named them.
  let directories: [String]
  /// Where the fields of the run's models lie.
  let fieldsFolder: String

  /// Where the fields lie until the pages are written, for a run that keeps no record.
  static var temporaryFolder: String {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return folder + "/gcgan-report-\(getpid())"
  }

  func runEnded(_ result: RunResult, timings: RunTimings) throws {
    var source = ReportSource(
      result, command: "gcgan-validate " + directories.map(Self.quoted).joined(separator: " "))
    source.fields = { _, model in
      guard let name = model.fields?.split(separator: "/").last else { return nil }
      return try ModelFields(contentsOf: fieldsFolder + "/" + name)
    }
    // A design that lies in its folder is shown as it was generated.
    source.density = { part in
      guard let array = try? NumericArray(contentsOf: part.path + "/density.npy"),
        array.shape.count == 2, array.shape.allSatisfy({ (1...4096).contains($0) })
      else { return nil }
      return Picture(density: array)
    }
    source.problem = { part in
      (try? AtomicFile.read(part.path + "/problem.yml", upTo: 1 << 20)).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    source.compareWithBaselines()
    try ReportPages(source).write(to: path)
  }

  /// A word for a shell.
  private static func quoted(_ word: String) -> String { ReportPages.quoted(word) }
}
