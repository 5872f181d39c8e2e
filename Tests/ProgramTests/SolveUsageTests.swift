import Foundation
import TestSupport
import Testing

/// `gcgan-solve` as a person calls it.
@Suite("What gcgan-solve promises") struct SolveUsageTests {
  private let solve = BuiltProgram("gcgan-solve")

  @Test func `a deck ends with 0 and three files beside it`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "bar.inp")
    let run = try solve.run([deck])
    #expect(run.code == 0, "\(run)")
    #expect(run.errors.isEmpty)
    #expect(place.names == ["bar.dat", "bar.inp", "bar.json", "bar.vtu"])
    for name in ["bar.dat", "bar.json", "bar.vtu"] { #expect(run.output.contains(name)) }
  }

  @Test func `-o makes its folder; --quiet is silent`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "bar.INP")
    let run = try solve.run([deck, "--quiet", "-o", place.path + "/a/b"])
    #expect(run.code == 0)
    #expect(run.output.isEmpty && run.errors.isEmpty)
    #expect(place.names == ["a", "a/b", "a/b/bar.dat", "a/b/bar.json", "a/b/bar.vtu", "bar.INP"])
  }

  /// The keys that `Docs/SolveOutput.md` and the design promise.
  @Test func `the JSON has the promised keys`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "bar.inp")
    #expect(try solve.run([deck]).code == 0)
    let data = try Data(contentsOf: place.url.appending(path: "bar.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in [
      "unknowns", "storedEntries", "secondsByStage", "peakMemoryBytes", "relativeResidual",
      "reactionBalance", "strainEnergy", "conditionEstimate", "discretisationError", "versions",
      "threads", "nodes", "elements", "factorEntries", "steps", "warnings", "deck", "linearSolver",
      "solverBytes", "iterations",
    ] {
      #expect(object[key] != nil, "no \(key)")
    }
    #expect(object["unknowns"] as? Int == 12)
    #expect(object["elementFormulas"] as? String == "calculix")
    #expect(try #require(object["relativeResidual"] as? Double) <= 1e-12)
  }

  @Test func `conjugate gradients are asked for, and tell no factor`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.cube(edge: 6), to: "bar.inp")
    var answers: [DatFile] = []
    for solver in ["direct", "iterative"] {
      let run = try solve.run([deck, "--solver", solver])
      #expect(run.code == 0, "\(run)")
      #expect(run.errors.isEmpty)
      #expect(run.output.contains(solver == "direct" ? "factor: " : "conjugate gradients: "))
      let text = try String(contentsOf: place.url.appending(path: "bar.dat"), encoding: .utf8)
      answers.append(DatFile(text))
      let data = try Data(contentsOf: place.url.appending(path: "bar.json"))
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object["linearSolver"] as? String == solver)
      #expect(try #require(object["solverBytes"] as? Int) > 10_000)
      #expect((object["factorEntries"] is NSNull) == (solver == "iterative"))
      #expect((object["iterations"] is NSNull) == (solver == "direct"))
    }
    // Seven digits are printed.
    let comparison = DatComparison(
      expected: answers[0], found: answers[1], tolerance: 1e-6, noise: 1e-9)
    #expect(comparison.agrees, "\(comparison.differences.prefix(3))")
  }

  @Test func `corrected elements are asked for, and said to have been`() throws {
    let place = try TemporaryPlace()
    // In a brick that is no parallelepiped CalculiX's springs are not those of the literature.
    let oblique = BrickDeck.with("7, 1., 1., 1.", "7, 1.4, 1.2, 1.3")
    let deck = try place.write(
      oblique.replacing("TYPE=C3D8,", with: "TYPE=C3D8R,"), to: "bar.inp")
    var answers: [String] = []
    for elements in ["calculix", "corrected"] {
      let run = try solve.run([deck, "--elements", elements])
      #expect(run.code == 0, "\(run)")
      answers.append(try String(contentsOf: place.url.appending(path: "bar.dat"), encoding: .utf8))
      let report = try String(contentsOf: place.url.appending(path: "bar.json"), encoding: .utf8)
      #expect(report.contains("\"elementFormulas\": \"\(elements)\""))
    }
    #expect(answers[0] != answers[1])
  }

  @Test("the same bits come out run after run, with one thread and with two", arguments: [2, 9])
  func sameBits(edge: Int) throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.cube(edge: edge), to: "cube.inp")
    for (folder, threads) in [("a", "1"), ("b", "2"), ("c", "2"), ("d", "1")] {
      let run = try solve.run([deck, "-o", place.path + "/" + folder, "--threads", threads])
      #expect(run.code == 0, "\(run)")
    }
    for file in ["cube.dat", "cube.vtu"] {
      let answers = try ["a", "b", "c", "d"].map {
        try Data(contentsOf: place.url.appending(path: $0 + "/" + file))
      }
      #expect(answers[0].count > 100)
      #expect(answers.allSatisfy { $0 == answers[0] }, "\(file) differs")
    }
  }

  @Test(
    "wrong use ends with 64",
    arguments: [
      [], ["--colour", "a.inp"], ["a.inp", "b.inp"], ["a.inp", "--threads", "0"],
      ["a.inp", "--threads", "two"], ["a.inp", "--plane-stress", "thick"],
      ["a.inp", "--elements", "better"], ["a.inp", "--solver", "fast"], ["a.inp", "-o"],
    ])
  func wrongUse(_ arguments: [String]) throws {
    let run = try solve.run(arguments)
    #expect(run.code == 64, "\(run)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("gcgan-solve <DECK.inp>"))
  }

  /// Memory that runs out in our own arrays, in the libraries, or before anything is done: never a stack trace, and no waiting without end.
  @Test(
    "a deck that needs more memory than the limit ends with 3 and says so",
    arguments: [
      (220_000, "the limit on the address space (ulimit -v) is 214 MiB"),
      (260_000, "the limit on the address space (ulimit -v) is 253 MiB"),
      (600_000, "the direct solver takes 2208 MiB of memory for 201720 unknowns"),
    ])
  func memoryLimit(_ kibibytes: Int, _ reason: String) throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.cube(edge: 40), to: "large.inp")
    let run = try BuiltProgram(at: "/bin/sh").run([
      "-c", "ulimit -v \(kibibytes); exec timeout 120 \"$0\" \"$1\"",
      BuiltProgram("gcgan-solve").file.path, deck,
    ])
    #expect(run.code == 3, "\(run)")
    #expect(run.errors.contains(reason), "\(run)")
    #expect(!run.errors.contains("Program crashed"))
    #expect(place.names == ["large.inp"])
  }

  @Test func `help and version answer on standard output`() throws {
    let help = try solve.run(["--help"])
    #expect(help.code == 0)
    for word in ["DECK.dat", "DECK.vtu", "DECK.json", "Exit codes", "65", "--output", "--threads"] {
      #expect(help.output.contains(word), "no \(word)")
    }
  }
}
