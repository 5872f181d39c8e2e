internal import Files
internal import Glibc

/// A folder that one process at a time writes to. The claim ends with the process, however the process ends.
///
/// The corresponding C function is `flock`, on the folder itself, so that no file is left behind.
package struct FolderClaim {
  /// What a process does in a folder that it claims.
  package enum Work: String, Sendable {
    /// `gcgan-train`.
    case training = "training"
    /// `gcgan-dataset`.
    case dataset = "making a data set"
    /// `gcgan-generate`.
    case drawing = "drawing parts"
    /// `gcgan-solve optimise`.
    case optimising = "optimising"
  }

  private let descriptor: Int32

  /// Claims a folder that is there.
  ///
  /// - Throws: ``FolderFault`` with the process that has it, or where it cannot be opened.
  package init(_ path: String, for work: Work) throws(FolderFault) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FolderFault(path: path, reason: String(cString: strerror(errno)))
    }
    // A file system without locks is used as it is.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      let holder = LockHolder(of: descriptor)
      close(descriptor)
      // Another program does something else there.
      let word = holder?.isOfThisProgram == false ? "at work" : work.rawValue
      throw FolderFault(
        path: path,
        reason: "another process is \(word) in it" + (holder.map { " (\($0))" } ?? "")
          + "; wait for its end, or choose another folder")
    }
  }

  /// Lets the next process have the folder.
  package func end() { close(descriptor) }
}

/// A folder that cannot be written to now: which, and why.
package struct FolderFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder as the user named it.
  package var path: String
  /// Why, and what to do about it.
  package var reason: String

  /// A fault.
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `runs/p1: another process is training in it (process 1234, gcgan-train p1.yml -o runs/p1); …`
  package var description: String { "\(path): \(reason)" }
}
