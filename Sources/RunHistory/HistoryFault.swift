import GRDB

/// Why a history cannot be read or written.
package struct HistoryFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of trouble it is.
  package enum Kind: Sendable {
    /// The file is not there, or holds something else.
    case badData
    /// The file cannot be written, now or at all.
    case cannotWrite
  }
  /// What kind of trouble it is.
  package var kind: Kind
  /// The file, what is wrong and what to do.
  package var description: String

  init(_ path: String, _ problem: String, remedy: String, kind: Kind = .badData) {
    self.kind = kind
    description = "\(path): \(problem); \(remedy)"
  }

  /// What SQLite says, in words.
  init(_ path: String, _ error: any Error) {
    if let fault = error as? Self {
      self = fault
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(path, "the history cannot be used: \(error)", remedy: "name another file")
      return
    }
    switch error.resultCode.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        path, "another process has the history and did not let go of it",
        remedy: "wait for its end and try again", kind: .cannotWrite)
    case .SQLITE_FULL:
      self.init(
        path, "the disk is full: nothing was added", remedy: "make room and try again",
        kind: .cannotWrite)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      self.init(
        path, "the history cannot be written: \(error.message ?? "no permission")",
        remedy: "name a file in a folder that you may write to", kind: .cannotWrite)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      self.init(
        path, "it is no history: \(error.message ?? "not a database")",
        remedy: "name another file")
    default:
      self.init(
        path, "the history cannot be used: \(error.message ?? "\(error.resultCode)")",
        remedy: "name another file", kind: .cannotWrite)
    }
  }
}
