import DesignValidation
import ReportPages

/// Writes the pages of a run: a file, or a folder.
struct PageReporter: RunReporter {
  let path: String
  let material: ReportMaterial

  func runEnded(_ result: RunResult, timings: RunTimings) throws {
    try ReportPages(try material.source(of: result, timings)).write(to: path)
  }
}
