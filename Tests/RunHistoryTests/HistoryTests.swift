import DesignValidation
import Files
import Foundation
import TestSupport
import Testing
import ValidationReports

@testable import RunHistory

@Suite("Histories of runs", .serialized) struct HistoryTests {
  private let place: TemporaryPlace
  private var file: String { place.path + "/history.sqlite" }

  init() throws { place = try TemporaryPlace() }

  /// A record of one bare deck.
  private func record(_ value: Double, part name: String = "bar") -> RunRecord {
    var part = PartResult(PartFolder(name: name, path: "parts/\(name).inp", kind: .bareDeck))
    part.figures = [FigureResult("strain energy", value: value), FigureResult("volume", value: 2)]
    return RunRecord(
      RunResult(program: ProgramVersion(version: "1"), directory: "parts", parts: [part]),
      directories: ["parts"])
  }

  private func integrity(_ file: String? = nil) throws -> String {
    let run = try BuiltProgram(at: "/usr/bin/env").run([
      "python3", "-c",
      """
      import json, sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      print(c.execute("PRAGMA integrity_check").fetchone()[0], c.execute("PRAGMA journal_mode").fetchone()[0])
      for number, text in c.execute("SELECT number, record FROM run ORDER BY number"):
          parts = json.loads(bytes(text))["parts"]
          count = sum(len(p.get("figures", [])) for p in parts)
          held = c.execute("SELECT count(*) FROM figure WHERE run = ?", [number]).fetchone()[0]
          print("whole" if count == held else "half", parts[0]["name"])
      """, file ?? self.file,
    ])
    return run.output + run.errors
  }

  @Test func `runs come back in their order, figures by part, and records to the byte`() throws {
    let history = try History(file, mayCreate: true)
    let records = [record(1), record(1.5), record(1.25)]
    #expect(try history.add([records[0]]) == [1])
    #expect(try history.add(Array(records[1...])) == [2, 3])
    let figures = try history.figures(part: "bar", quantity: "strain energy")
    #expect(figures.map(\.value) == [1, 1.5, 1.25] && figures.map(\.run) == [1, 2, 3])
    #expect(try history.figures(part: "bar").count == 6)
    #expect(try history.names() == ["bar"])
    #expect(try history.names(ofPart: "bar") == ["strain energy", "volume"])
    for (number, record) in zip(1..., records) {
      #expect(try history.record(number) == (try record.json()))
    }
    #expect(try history.runs().map(\.number) == [1, 2, 3])
  }

  @Test func `a run that is there already is not added again`() throws {
    let history = try History(file, mayCreate: true)
    #expect(try history.add([record(1), record(2), record(1)]) == [1, 2, 1])
    #expect(try History(file, mayCreate: true).add([record(2)]) == [2])
    #expect(try history.runs().count == 2)
  }

  @Test func `the newest runs are a series of values for every figure, with gaps`() throws {
    let history = try History(file, mayCreate: true)
    _ = try history.add([record(1), record(1.5), record(7, part: "rod"), record(1.25)])
    let series = try history.series(limit: 3)
    #expect(series.runs.map(\.number) == [2, 3, 4])
    #expect(series.runs.allSatisfy { $0.checksum.count == 64 })
    let figures = Dictionary(grouping: series.figures) { $0.part + " " + $0.quantity }
    #expect(figures["bar strain energy"]?.map(\.values) == [[1.5, nil, 1.25]])
    #expect(figures["rod volume"]?.map(\.values) == [[nil, 2, nil]])
    #expect(figures.count == 4)
  }

  @Test func `names of any characters are data and nothing else`() throws {
    let history = try History(file, mayCreate: true)
    let names = [
      "'; DROP TABLE run; --", "<script>", "\u{202E}x", "a\nb",
      String(repeating: "n", count: 10_000),
    ]
    for name in names { _ = try history.add([record(1, part: name)]) }
    for name in names { #expect(try history.figures(part: name).count == 2) }
    #expect(try history.runs().count == names.count)
  }

  @Test func `a file that is no history is refused with words, and left as it is`() throws {
    for content in ["a letter", String(repeating: "SQLite format 3 ", count: 100)] {
      try place.write(content, to: "letter")
      let fault = #expect(throws: HistoryFault.self) {
        try History(place.path + "/letter", mayCreate: true)
      }
      #expect(fault?.description.contains("letter: it is no history") == true, "\(fault as Any)")
      #expect(fault?.kind == .badData)
      #expect(try String(contentsOfFile: place.path + "/letter", encoding: .utf8) == content)
    }
    _ = try BuiltProgram(at: "/usr/bin/env").run([
      "python3", "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('create table a(b)'); c.commit()",
      place.path + "/other",
    ])
    let fault = #expect(throws: HistoryFault.self) {
      try History(place.path + "/other", mayCreate: true)
    }
    #expect(fault?.description.contains("database of another program") == true)
    #expect(throws: HistoryFault.self) { try History(place.path, mayCreate: true) }
    let none = #expect(throws: HistoryFault.self) { try History(file, mayCreate: false) }
    #expect(none?.description.contains("there is no history") == true)
    #expect(!FilePlace.exists(file))
  }

  @Test func `records that are older, newer or have NaN in them are refused, and nothing is added`()
    throws
  {
    let whole = String(decoding: try record(1).json(), as: UTF8.self)
    for (number, (old, new)) in [
      ("gcgan-run/1", "gcgan-run/0"), ("gcgan-run/1", "gcgan-run/2.1"), (" : 1,", " : NaN,"),
      ("\"parts\"", "\"pieces\""),
    ].enumerated() {
      let hostile = whole.replacingOccurrences(of: old, with: new)
      #expect(hostile != whole)
      try place.write(Data(try record(2).json()), to: "good/run.json")
      try place.write(hostile, to: "bad\(number)/run.json")
      let run = try BuiltProgram("gcgan-history").run([
        "import", place.path + "/good", place.path + "/bad\(number)", "--file", file,
      ])
      #expect(run.code == 65 && run.errors.contains("bad\(number)/run.json"), "\(run.errors)")
      #expect(!FilePlace.exists(file), "all runs are added, or none")
    }
  }

  @Test func `a newer history is refused with words`() throws {
    _ = try History(file, mayCreate: true).add([record(1)])
    _ = try BuiltProgram(at: "/usr/bin/env").run([
      "python3", "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('pragma user_version = 2')",
      file,
    ])
    let fault = #expect(throws: HistoryFault.self) { try History(file, mayCreate: true) }
    #expect(fault?.description.contains("version 2, and 1 is read") == true)
  }

  @Test func `a history that another process holds is waited for, then refused with words`() throws
  {
    _ = try History(file, mayCreate: true).add([record(1)])
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys, time
      c = sqlite3.connect(sys.argv[1], isolation_level=None)
      c.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      time.sleep(60)
      """, file,
    ]
    let pipe = Pipe()
    holder.standardOutput = pipe
    try holder.run()
    defer { kill(holder.processIdentifier, SIGKILL) }
    _ = try pipe.fileHandleForReading.read(upToCount: 4)
    let fault = #expect(throws: HistoryFault.self) {
      try History(file, mayCreate: true, patience: 0.5)
    }
    #expect(fault?.description.contains("another process has the history") == true)
    #expect(fault?.kind == .cannotWrite)
    // Those who only read wait for nobody.
    #expect(try History(file, mayCreate: false, patience: 0.5).runs().count == 1)
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(try History(file, mayCreate: true, patience: 0.5).add([record(2)]) == [2])
  }

  /// Writes a run for the program to import.
  private func writeRun(_ number: Int) throws -> String {
    let bytes = try record(Double(number), part: "p\(number)").json()
    return try place.write(Data(bytes), to: "runs/\(number)/run.json")
  }

  @Test func `of ten writers at once that are killed at random no run is lost or halved`() throws {
    let program = BuiltProgram("gcgan-history")
    let paths = try (0..<60).map { try writeRun($0) }
    var generator = SystemRandomNumberGenerator()
    var acknowledged: Set<Int> = []
    for round in 0..<6 {
      var writers: [(number: Int, process: Process, output: URL)] = []
      for writer in 0..<10 {
        let number = round * 10 + writer
        let output = place.url.appending(path: "out\(number)")
        writers.append(
          (
            number,
            try program.start(
              ["import", paths[number], "--file", file], output: output,
              errors: place.url.appending(path: "err\(number)")), output
          ))
      }
      // Half of them are killed somewhere on their way; the first round goes undisturbed.
      for writer in writers where round > 0 && writer.number % 2 == 0 {
        usleep(UInt32.random(in: 0..<60_000, using: &generator))
        kill(writer.process.processIdentifier, SIGKILL)
      }
      for writer in writers {
        writer.process.waitUntilExit()
        if writer.process.terminationReason == .exit {
          #expect(writer.process.terminationStatus == 0)
        }
        if try String(contentsOf: writer.output, encoding: .utf8).contains("is run") {
          acknowledged.insert(writer.number)
        }
      }
    }
    let text = try integrity()
    #expect(text.hasPrefix("ok wal\n") && !text.contains("half"))
    let there = Set(text.split(separator: "\n").dropFirst().map { $0.split(separator: " ")[1] })
    #expect(acknowledged.count >= 35)
    for number in acknowledged { #expect(there.contains("p\(number)")) }
    #expect(there.count == text.split(separator: "\n").count - 1)
  }

  @Test func `killed at any of its writes, a writer leaves the old history or the new one`() throws
  {
    let strace = BuiltProgram(at: "/usr/bin/env")
    let program = BuiltProgram("gcgan-history").file.path
    guard try strace.run(["strace", "-o", "/dev/null", "true"]).code == 0 else {
      Issue.record("strace cannot trace here; `make setup-tests` installs it")
      return
    }
    let (first, second) = (try writeRun(1), try writeRun(2))
    var finished = false
    var count = 0
    for number in 1..<200 where !finished {
      let file = place.path + "/h\(number).sqlite"
      #expect(
        try BuiltProgram("gcgan-history").run(["import", first, "--file", file]).code
          == 0)
      let run = try strace.run([
        "strace", "-f", "-o", "/dev/null", "-e", "trace=pwrite64,write,ftruncate,fdatasync,unlink",
        "-e", "inject=pwrite64,ftruncate,fdatasync,unlink:signal=SIGKILL:when=\(number)", program,
        "import", second, "--file", file,
      ])
      finished = run.code == 0
      count += finished ? 0 : 1
      let lines = try integrity(file).split(separator: "\n").map(String.init)
      #expect(lines.first == "ok wal")
      #expect(
        lines.dropFirst() == ["whole p1"] || lines.dropFirst() == ["whole p1", "whole p2"],
        "write \(number): \(lines)")
      if finished || run.output.contains("is run") { #expect(lines.last == "whole p2") }
    }
    #expect(finished && count >= 3, "\(count) writes")
  }

  @Test func `a folder that may not be written to is said, and so is a full disk`() throws {
    let fault = #expect(throws: HistoryFault.self) {
      try History("/proc/history.sqlite", mayCreate: true)
    }
    #expect(fault?.kind == .cannotWrite)
    #expect(fault?.description.contains("cannot be written") == true, "\(fault as Any)")
    // A limit on the size of files is what a full disk is to a program.
    let path = try writeRun(1)
    let run = try BuiltProgram(at: "/bin/bash").run([
      "-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "x", BuiltProgram("gcgan-history").file.path,
      "import", path, "--file", file,
    ])
    #expect(run.code == 73, "\(run.errors)")
    #expect(run.errors.contains("history.sqlite"))
    #expect(
      try BuiltProgram("gcgan-history").run(["import", path, "--file", file]).code == 0)
    #expect(try integrity().hasPrefix("ok wal"))
  }
}
