import Foundation
import TestSupport
import Testing

/// `gcgan-validate` with its own worker on parts that are too much.
@Suite("Parts that are too much", .serialized) struct LimitedWorkerTests {
  /// A small part and a large one, evaluated with an option.
  private func validate(edge: Int, _ options: String...) throws -> BuiltProgram.Run {
    let place = try TemporaryPlace()
    try place.write(BrickDeck.cube(edge: edge), to: "parts/large.inp")
    try place.write(BrickDeck.sound, to: "parts/small.inp")
    return try BuiltProgram("gcgan-validate").run([place.path + "/parts"] + options)
  }

  @Test func `one that takes too long is one line, and the batch goes on`() throws {
    // 350 000 unknowns take longer than this on any machine, and one brick does not.
    let run = try validate(edge: 48, "--time-limit", "2")
    #expect(run.code == 3, "\(run)")
    #expect(run.output.contains("NOT EVALUABLE  large"), "\(run)")
    #expect(run.output.contains("2 s"), "\(run)")
    #expect(run.output.contains("UNDECIDED      small"), "\(run)")
  }

  /// Memory that runs out in the factorization, inside the libraries, and not in our own reader.
  @Test func `one whose factor does not fit is one line, and the batch goes on`() throws {
    let run = try validate(edge: 40, "--memory-limit", "600")
    #expect(run.code == 3, "\(run)")
    #expect(run.output.contains("NOT EVALUABLE  large"), "\(run)")
    #expect(run.output.contains("memory"), "\(run)")
    #expect(run.output.contains("UNDECIDED      small"), "\(run)")
  }

  /// OpenBLAS asks without end for work space that it does not get; the limit on time would have to end that.
  @Test("a limit on memory never makes a small part hang", arguments: [512, 576, 640])
  func smallLimits(_ mebibytes: Int) throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "small.inp")
    let run = try BuiltProgram("gcgan-validate").run([
      deck, "--memory-limit", "\(mebibytes)", "--time-limit", "20",
    ])
    #expect(!run.output.contains("the time allowed"), "\(run)")
    // Whether the libraries fit depends on the machine; if they do not, the part says so and nothing else.
    // It states no limit: 2 where it is solved.
    if run.code != 2 {
      #expect(run.code == 3, "\(run)")
      #expect(run.output.contains("MiB of memory allowed"), "\(run)")
    }
  }

  @Test func `less memory than the libraries need is refused`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "small.inp")
    let run = try BuiltProgram("gcgan-validate").run([deck, "--memory-limit", "224"])
    #expect(run.code == 64, "\(run)")
    #expect(run.errors.contains("from 512, not 224"), "\(run)")
  }
}
