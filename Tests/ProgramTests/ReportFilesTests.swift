import Foundation
import TestSupport
import Testing

/// Where programs write, and what they say where they cannot.
@Suite("Results on their way to files and streams", .serialized) struct ReportFilesTests {
  /// A run through a shell, whose redirections the arguments follow.
  private func shell(_ line: String, _ program: String, _ arguments: String...) throws
    -> BuiltProgram.Run
  {
    try BuiltProgram(at: "/bin/sh").run(
      ["-c", line, BuiltProgram(program).file.path] + arguments)
  }

  private func isDevice(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR
  }

  @Test func `a report that does not fit on the device ends with 70`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "parts/small.inp")
    let run = try shell("\"$0\" \"$@\" > /dev/full", "gcgan-validate", deck)
    #expect(run.code == 70, "\(run)")
    #expect(run.errors.contains("cannot write the standard output: No space left on device"))
    let schema = try shell("\"$0\" schema > /dev/full", "gcgan-validate")
    #expect(schema.code == 70, "\(schema)")
  }

  @Test func `a reader that goes away is no fault`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "parts/small.inp")
    let line = "{ \"$0\" \"$@\"; echo $? >&2; } | true"
    // A bare deck states no limit: gcgan-validate leaves it undecided.
    for (program, code) in [("gcgan-validate", 2), ("gcgan-solve", 0)] {
      let run = try shell(line, program, deck)
      #expect(run.errors.hasSuffix("\(code)\n"), "\(run)")
    }
  }

  @Test func `a JSON file that is a link or a device stays one`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "parts/small.inp")
    let validate = BuiltProgram("gcgan-validate")
    for (name, target, code) in [("null", "/dev/null", 2), ("full", "/dev/full", 70)] {
      let link = place.path + "/" + name
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      let run = try validate.run([deck, "--json", link])
      #expect(run.code == Int32(code), "\(run)")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
      #expect(isDevice(target))
    }
    let real = try place.write("old", to: "store/run.json")
    let link = place.path + "/run.json"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
    #expect(try validate.run([deck, "--json", link]).code == 2)
    #expect(try String(contentsOfFile: real, encoding: .utf8).hasPrefix("{"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
  }

  @Test func `a JSON file that is a pipe is written through`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "parts/small.inp")
    let pipe = place.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let run = try shell(
      "cat \"$2\" > \"$2.out\" & \"$0\" \"$1\" --json \"$2\"; code=$?; wait; exit $code",
      "gcgan-validate", deck, pipe)
    #expect(run.code == 2, "\(run)")
    #expect(try String(contentsOfFile: pipe + ".out", encoding: .utf8).hasPrefix("{"))
  }

  @Test func `a summary that does not fit on the device ends with 73, and the files are there`()
    throws
  {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "small.inp")
    let run = try shell("\"$0\" \"$@\" > /dev/full", "gcgan-solve", deck)
    #expect(run.code == 73, "\(run)")
    #expect(run.errors == "cannot write the standard output: No space left on device\n")
    #expect(place.names == ["small.dat", "small.inp", "small.json", "small.vtu"])
  }

  @Test func `results of other programs that do not fit end with 73`() throws {
    let place = try TemporaryPlace()
    let schema = try shell("\"$0\" \"$@\" > /dev/full", "gcgan-solve", "schema")
    #expect(schema.code == 73, "\(schema)")
    let data = try shell(
      "\"$0\" \"$@\" > /dev/full", "gcgan-dataset", "part", "--count", "4", "--size", "32x32", "-o",
      place.path + "/data")
    #expect(data.code == 73, "\(data)")
    #expect(data.errors.contains("cannot write the standard output"))
  }

  @Test func `a deck's files that are links are written through`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.sound, to: "small.inp")
    let link = place.path + "/small.vtu"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
    #expect(try BuiltProgram("gcgan-solve").run([deck]).code == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
    #expect(isDevice("/dev/null"))
  }
}
