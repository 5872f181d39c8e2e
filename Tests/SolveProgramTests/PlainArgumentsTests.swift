import DeckAnalysis
import Testing

@testable import gcgan_solve

/// The short way through the arguments, held beside the parser.
@Suite("Plain arguments") struct PlainArgumentsTests {
  @Test(
    "are read as the parser reads them",
    arguments: [
      ["a.inp"], ["a"], ["some folder/ä.inp"], ["a.inp", "-o", "out"], ["-o", "out", "a.inp"],
      ["--output", "out/", "a.inp"], ["--quiet", "a.inp"], ["a.inp", "-q"],
      ["--threads", "2", "a.inp"],
      ["--threads", "007", "a.inp"],
      ["--quiet", "--threads", "16", "-o", ".", "./gradient.inp"], ["a=b.inp", "-o", "x=y"],
    ])
  func plain(_ arguments: [String]) throws {
    let command = try #require(PlainArguments.command(arguments))
    #expect(command == (try GcganSolve.command(parsing: arguments)))
  }

  @Test(
    "are left to the parser where there is a doubt",
    arguments: [
      [], [""], ["help"], ["--help"], ["-h"], ["--version"], ["a.inp", "b.inp"], ["--", "a.inp"],
      ["-o"], ["a.inp", "-o"], ["a.inp", "-o", "-q"], ["a.inp", "-o", ""], ["a.inp", "-o=out"],
      ["a.inp", "-oout"], ["a.inp", "--output=out"], ["a.inp", "-o", "x", "--output", "y"],
      ["a.inp", "--quiet", "-q"], ["a.inp", "--threads", "0"], ["a.inp", "--threads", "-1"],
      ["a.inp", "--threads", "+2"], ["a.inp", "--threads", "two"],
      ["a.inp", "--threads", "99999999999999999999"],
      ["a.inp", "--threads", "1", "--threads", "2"],
      ["a.inp", "--plane-stress", "calculix"], ["a.inp", "--elements", "corrected"],
      ["a.inp", "--solver", "iterative"],
      ["a.inp", "--unknown"], ["-"],
    ])
  func doubtful(_ arguments: [String]) {
    #expect(PlainArguments.command(arguments) == nil)
  }
}
