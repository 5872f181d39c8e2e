import Foundation
import TestSupport
import Testing

/// HotSpot's files, and its ev6 beside a deck in space of the same layers.
@Suite("HotSpot") struct HotSpotTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Validation/HotSpot").path

  private func run(_ arguments: [String]) throws -> BuiltProgram.Run {
    try BuiltProgram(at: "/usr/bin/python3").run([Self.folder + "/hotspot.py"] + arguments)
  }

  @Test func `ev6 is as near to HotSpot's grid model as HotSpot's two models are to each other`()
    throws
  {
    let place = try TemporaryPlace()
    let run = try BuiltProgram(at: Self.folder + "/compare-ev6").run([
      BuiltProgram("gcgan-solve").file.path, place.path,
    ])
    #expect(run.code == 0, "\(run)")
    let lines = run.output.split(separator: "\n").map(String.init)
    func rms(_ pair: String) -> Double? {
      lines.first { $0.hasPrefix(pair + ": rms ") }
        .flatMap { Double($0.dropFirst(pair.count + 6).prefix { $0 != " " }) }
    }
    let grid = try #require(rms("deck - grid128"))
    let between = try #require(rms("grid128 - block"))
    #expect(grid <= between)
    #expect(rms("deck - block") != nil)
    #expect(lines.contains { $0.hasPrefix("hottest") && $0.hasSuffix("IntReg_0") })
  }

  struct Bad: Sendable {
    let file, passage, replacement, message: String
  }

  static let bad = [
    Bad(
      file: "ev6.flp", passage: "Icache\t0.003100", replacement: "Icache\t0.004100",
      message: "ev6.flp:12: block 'Dcache' overlaps 'Icache' of line 11"),
    Bad(
      file: "ev6.flp", passage: "Icache\t0.003100", replacement: "Icache\t0.002100",
      message: "no block covers x = 7."),
    Bad(
      file: "ev6.flp", passage: "L2\t0.016000\t0.009800", replacement: "L2\t16\t9.8",
      message: "lengths of a floorplan are metres"),
    Bad(
      file: "ev6.flp", passage: "Dcache\t0.003100", replacement: "Dcache\twide",
      message: "ev6.flp:12: block 'Dcache': 'wide 0.002600 0.008000 0.009800' are not all numbers"),
    Bad(
      file: "ev6.flp", passage: "Dcache\t0.003100", replacement: "Dcache\t-0.003100",
      message: "ev6.flp:12: block 'Dcache' is -0.0031 m wide"),
    Bad(
      file: "ev6.flp", passage: "Dcache\t0.003100\t", replacement: "Dcache\t",
      message: "ev6.flp:12: a block has a name, width, height, left x and bottom y, found 4 words"),
    Bad(
      file: "ev6.flp", passage: "Dcache\t", replacement: "Icache\t",
      message: "ev6.flp:12: a second block is called 'Icache'"),
    Bad(
      file: "gcc.ptrace", passage: "L2_left\t", replacement: "L3_left\t",
      message: "gcc.ptrace:1: the floorplan has no block 'L3_left': the trace is of other blocks"),
    Bad(
      file: "gcc.ptrace", passage: "L2_left\tL2\t", replacement: "L2_left\t",
      message: "gcc.ptrace:1: the trace has no power of block 'L2'"),
    Bad(
      file: "gcc.ptrace", passage: "\n1.44\t7.37\t", replacement: "\n1.44\t",
      message: "gcc.ptrace:2: 29 powers for 30 blocks"),
    Bad(
      file: "gcc.ptrace", passage: "\n1.44\t", replacement: "\n-1.44\t",
      message: "gcc.ptrace:2: the power of 'L2_left' is -1.44 W, below 0"),
    Bad(
      file: "gcc.ptrace", passage: "\n1.44\t", replacement: "\nnan\t",
      message: "gcc.ptrace:2: powers: a value is NaN or infinite"),
    Bad(
      file: "gcc.ptrace", passage: "\n1.44\t", replacement: "\n1.44e9\t",
      message: "powers of a trace are watts"),
    Bad(
      file: "example.config", passage: "-t_interface", replacement: "-t_other",
      message: "there is no option '-t_interface' above 0"),
  ]

  @Test(arguments: bad)
  func `a bad file is refused with its line, and nothing is written`(_ c: Bad) throws {
    let place = try TemporaryPlace()
    for name in ["ev6.flp", "gcc.ptrace", "example.config"] {
      var text = try String(contentsOfFile: Self.folder + "/ev6/" + name, encoding: .utf8)
      if name == c.file {
        #expect(text.contains(c.passage))
        text = text.replacing(c.passage, with: c.replacement, maxReplacements: 1)
      }
      try place.write(text, to: name)
    }
    let deck = place.path + "/out.inp"
    let run = try run(
      ["deck"] + ["ev6.flp", "gcc.ptrace", "example.config"].map { place.path + "/" + $0 }
        + ["-o", deck])
    #expect(run.code == 65, "\(run)")
    #expect(run.errors.contains(c.message), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: deck))
  }

  @Test func `the line across the registers that packages are sampled from is printed`() throws {
    let run = try run([
      "cut", Self.folder + "/ev6/ev6.flp", Self.folder + "/ev6/gcc.ptrace", "15.6",
    ])
    #expect(run.code == 0)
    #expect(run.output.contains("from: 0.5812, to: 0.6375, share: 0.4144"), "\(run)")
  }
}
