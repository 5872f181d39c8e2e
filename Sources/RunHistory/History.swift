package import DesignValidation
import Files
import Foundation
import GRDB
package import ValidationReports

/// Records of runs in one SQLite file, in the order in which they came.
///
/// Many processes may write at once: each run is one transaction, so a process that is killed leaves all of its run or nothing of it.
package struct History: Sendable {
  /// One run of the history.
  package struct Entry: Sendable, Equatable {
    /// Its number, from 1, in the order in which runs came.
    package var number: Int
    /// When it came, as `2026-11-27 23:20:00` of universal time.
    package var added: String
    /// The version and commit of the program.
    package var program: String
    /// How many parts came to each verdict.
    package var counts: [String: Int]
  }

  /// A figure of one run.
  package struct Figure: Sendable, Equatable {
    /// The run's number.
    package var run: Int
    /// When the run came.
    package var added: String
    /// The part.
    package var part: String
    /// The quantity, limit or figure of a deck.
    package var quantity: String
    /// The model; `nil` for a bare deck.
    package var model: String?
    /// The unit of the value.
    package var unit: String
    /// `nil` where it could not be read.
    package var value: Double?
    /// The verdict of the part.
    package var verdict: String
  }

  /// The number that SQLite keeps for the kind of a file: `gcgn`.
  private static let applicationID = 0x6763_676E
  /// The version of the tables.
  private static let version = 1

  /// The file.
  package let path: String
  private let database: DatabaseQueue

  /// Opens a history.
  ///
  /// - Parameters:
  ///   - mayCreate: Whether a file that is not there is made.
  ///   - patience: Seconds to wait for other processes that write.
  /// - Throws: ``HistoryFault``
  package init(_ path: String, mayCreate: Bool, patience: Double = 60) throws(HistoryFault) {
    self.path = path
    guard mayCreate || FilePlace.isFile(path) else {
      throw HistoryFault(
        path, "there is no history", remedy: "begin one with 'gcgan-validate history import RUN'")
    }
    if FilePlace.exists(path), !FilePlace.isFile(path) {
      throw HistoryFault(path, "this is not a file", remedy: "name another file")
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.readonly = !mayCreate
    if mayCreate { configuration.journalMode = .wal }
    do {
      database = try DatabaseQueue(path: path, configuration: configuration)
      if mayCreate {
        try database.inTransaction(.immediate) { database in
          try Self.prepare(database, path)
          return .commit
        }
      } else {
        // Whoever only reads waits for nobody.
        try database.read { try Self.check($0, path) }
      }
    } catch {
      throw HistoryFault(path, error)
    }
  }

  /// Makes the tables of a new file, and refuses files of others.
  private static func prepare(_ database: Database, _ path: String) throws {
    let kind = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if kind == 0, version == 0,
      try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
    {
      try database.execute(
        sql: """
          PRAGMA application_id = \(applicationID);
          PRAGMA user_version = \(Self.version);
          CREATE TABLE run (
            number INTEGER PRIMARY KEY AUTOINCREMENT, added TEXT NOT NULL, program TEXT NOT NULL,
            sha256 TEXT NOT NULL UNIQUE, record BLOB NOT NULL) STRICT;
          CREATE TABLE figure (
            run INTEGER NOT NULL REFERENCES run (number), part TEXT NOT NULL,
            quantity TEXT NOT NULL, model TEXT, unit TEXT NOT NULL, value REAL,
            verdict TEXT NOT NULL) STRICT;
          CREATE INDEX figure_by_part ON figure (part, quantity);
          """)
      return
    }
    try check(database, path)
  }

  /// Refuses files of others, and tables of other versions.
  private static func check(_ database: Database, _ path: String) throws {
    let kind = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard kind == applicationID else {
      throw HistoryFault(path, "it is the database of another program", remedy: "name another file")
    }
    guard version == Self.version else {
      throw HistoryFault(
        path, "its tables have version \(version), and \(Self.version) is read",
        remedy: "take the version of gcgan that wrote it, or begin another history")
    }
  }

  /// Adds runs, all of them or none.
  ///
  /// - Returns: The number of each run; that of the earlier one where the same record is there.
  package func add(_ records: [RunRecord]) throws(HistoryFault) -> [Int] {
    do {
      let texts = try records.map { try $0.json() }
      var numbers: [Int] = []
      try database.inTransaction(.immediate) { database in
        for (record, bytes) in zip(records, texts) {
          let hash = record.checksum(of: bytes)
          if let known = try Int.fetchOne(
            database, sql: "SELECT number FROM run WHERE sha256 = ?", arguments: [hash])
          {
            numbers.append(known)
            continue
          }
          try Self.insert(record, bytes, hash, into: database)
          numbers.append(Int(database.lastInsertedRowID))
          try Self.insertFigures(of: record, run: numbers[numbers.count - 1], into: database)
        }
        return .commit
      }
      return numbers
    } catch {
      throw HistoryFault(path, error)
    }
  }

  private static func insert(
    _ record: RunRecord, _ bytes: [UInt8], _ hash: String, into database: Database
  ) throws {
    let program = record.program.version + (record.program.commit.map { " \($0)" } ?? "")
    try database.execute(
      sql: "INSERT INTO run (added, program, sha256, record) VALUES (datetime('now'), ?, ?, ?)",
      arguments: [program, hash, Data(bytes)])
  }

  private static func insertFigures(
    of record: RunRecord, run: Int, into database: Database
  ) throws {
    let statement = try database.makeStatement(
      sql: """
        INSERT INTO figure (run, part, quantity, model, unit, value, verdict)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for part in record.parts {
      for figure in part.allFigures where figure.isStated {
        try statement.execute(arguments: [
          run, part.name, figure.name, figure.model, figure.unit, figure.value,
          part.verdict.rawValue,
        ])
      }
    }
  }

  /// The runs, in the order in which they came.
  package func runs() throws(HistoryFault) -> [Entry] {
    do {
      return try database.read { database in
        try Row.fetchAll(
          database, sql: "SELECT number, added, program, record FROM run ORDER BY number"
        ).map { row in
          let bytes: Data = row["record"]
          let record = try RunRecord(parsing: Array(bytes), file: path)
          return Entry(
            number: row["number"], added: row["added"], program: row["program"],
            counts: record.counts)
        }
      }
    } catch {
      throw HistoryFault(path, error)
    }
  }

  /// Figures of the models that decide verdicts, by part and quantity, in the order in which runs came.
  package func figures(part: String, quantity: String? = nil) throws(HistoryFault) -> [Figure] {
    do {
      return try database.read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT run, added, part, quantity, model, unit, value, verdict FROM figure
            JOIN run ON run.number = figure.run
            WHERE part = ? AND (? IS NULL OR quantity = ?)
            ORDER BY quantity, model, run
            """, arguments: [part, quantity, quantity]
        ).map { row in
          Figure(
            run: row["run"], added: row["added"], part: row["part"], quantity: row["quantity"],
            model: row["model"], unit: row["unit"], value: row["value"], verdict: row["verdict"])
        }
      }
    } catch {
      throw HistoryFault(path, error)
    }
  }

  /// The newest runs with all their figures, for reports.
  ///
  /// - Parameter limit: Runs at most.
  package func series(limit: Int = 50) throws(HistoryFault) -> HistorySeries {
    do {
      return try database.read { database in
        let runs = try Row.fetchAll(
          database,
          sql: "SELECT number, added, sha256 FROM run ORDER BY number DESC LIMIT ?",
          arguments: [limit]
        ).reversed().map {
          HistorySeries.Run(number: $0["number"], added: $0["added"], checksum: $0["sha256"])
        }
        let places = Dictionary(
          runs.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
        var figures: [HistorySeries.Figure] = []
        let rows = try Row.fetchCursor(
          database,
          sql: """
            SELECT run, part, quantity, model, unit, value FROM figure WHERE run >= ?
            ORDER BY part, quantity, model, unit, run
            """, arguments: [runs.first?.number ?? 0])
        while let row = try rows.next() {
          guard let place = places[row["run"]] else { continue }
          let next = HistorySeries.Figure(
            part: row["part"], quantity: row["quantity"], model: row["model"], unit: row["unit"],
            values: [])
          var last = figures.last
          last?.values = []
          if last != next {
            figures.append(next)
            figures[figures.count - 1].values = runs.map { _ in nil }
          }
          figures[figures.count - 1].values[place] = row["value"]
        }
        return HistorySeries(runs: runs, figures: figures)
      }
    } catch {
      throw HistoryFault(path, error)
    }
  }

  /// The names of parts, or the quantities of one part, in their order.
  package func names(ofPart part: String? = nil) throws(HistoryFault) -> [String] {
    do {
      return try database.read { database in
        try String.fetchAll(
          database,
          sql: part == nil
            ? "SELECT DISTINCT part FROM figure ORDER BY part"
            : "SELECT DISTINCT quantity FROM figure WHERE part = ? ORDER BY quantity",
          arguments: part.map { [$0] } ?? [])
      }
    } catch {
      throw HistoryFault(path, error)
    }
  }

  /// The bytes of a record, as they came.
  package func record(_ number: Int) throws(HistoryFault) -> [UInt8] {
    let bytes: Data?
    do {
      bytes = try database.read { database in
        try Data.fetchOne(
          database, sql: "SELECT record FROM run WHERE number = ?", arguments: [number])
      }
    } catch {
      throw HistoryFault(path, error)
    }
    guard let bytes else {
      throw HistoryFault(
        path, "there is no run \(number)", remedy: "'gcgan-validate history' lists the runs")
    }
    return Array(bytes)
  }
}
