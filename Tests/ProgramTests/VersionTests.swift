import ProgramSupport
import TestSupport
import Testing

/// What the programs say of themselves and of what they are made of.
@Suite("Versions") struct VersionTests {
  private static let solver = [
    "gcgan 0.", "commit ", "suitesparse 5.", "metis 5.", "openblas ", "gsl 2.", "zlib 1.",
    "blasKernel ", "argumentParser 1.",
  ]

  @Test(
    "every library of a program is named, with its version",
    arguments: [
      ("gcgan-solve", []), ("gcgan-solve-designs", ["yams 6.", "libpng 1."]),
      ("gcgan-validate", ["yams 6.", "mustache 2."]), ("gcgan-history", ["yams 6.", "grdb 7."]),
      ("gcgan-bench", ["yams 6."]),
    ])
  func versions(_ program: String, _ more: [String]) throws {
    let run = try BuiltProgram(program).run(["--version"])
    #expect(run.code == 0)
    #expect(run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    for start in Self.solver + more {
      // gcgan-validate has the commit on gcgan's own line.
      let isThere = lines.contains {
        $0.hasPrefix(start) || $0.hasPrefix("gcgan ") && $0.contains("(" + start)
      }
      #expect(isThere, "no '\(start)' in \(run.output)")
    }
  }
}
