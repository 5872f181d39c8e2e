import ArrayFiles
internal import Files
import Glibc

/// The part folders that one call writes into a folder: old ones never stay beside new ones.
struct PartSet {
  /// The folder.
  let folder: String
  /// The names of the part folders.
  let names: Set<String>
  /// What tells a part of ours: the program's name in its provenance.
  private static let mark = Array("program: \"gcgan-generate".utf8)

  /// Refuses a folder that has parts which this call does not write, or a part under one of its names that `gcgan-generate` has not written.
  ///
  /// - Throws: ``FileFault`` with names and what to do.
  func check() throws(FileFault) {
    let others = partNames.filter { !names.contains($0) }
    guard others.isEmpty else {
      let listed = others.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
      throw FileFault(
        path: folder, action: "write to",
        reason:
          "it has \(others.count == 1 ? "a part" : "\(others.count) parts") that this call does not write: \(listed)"
          + (others.count > 6 ? ", …" : "")
          + "; name another folder with -o, or delete what is there")
    }
    for name in partNames where !isOurs(name) {
      throw FileFault(
        path: "\(folder)/\(name)", action: "replace",
        reason:
          "gcgan-generate has not written the part there; name another folder with -o, or delete it"
      )
    }
  }

  /// Deletes the parts that are about to be written anew, so that whatever ends this call none of another call is left.
  func clear() throws(FileFault) {
    for name in partNames where names.contains(name) && isOurs(name) {
      let path = "\(folder)/\(name)"
      // The file that makes it a part goes first: an interrupted deletion leaves no part.
      for file in ["part.yml"] + (FilePlace.names(in: path) ?? []).filter({ $0 != "part.yml" }) {
        guard unlink("\(path)/\(file)") == 0 else {
          throw FileFault(
            path: "\(path)/\(file)", action: "delete", reason: String(cString: strerror(errno)))
        }
      }
      rmdir(path)
    }
  }

  /// What `gcgan-validate` would take for a part: folders with a `part.yml`, and decks.
  private var partNames: [String] {
    (FilePlace.names(in: folder) ?? []).filter { name in
      !name.hasPrefix(".")
        && (access("\(folder)/\(name)/part.yml", F_OK) == 0
          || name.lowercased().hasSuffix(".inp"))
    }.sorted()
  }

  private func isOurs(_ name: String) -> Bool {
    guard let bytes = try? AtomicFile.read("\(folder)/\(name)/part.yml", upTo: 1 << 20) else {
      return false
    }
    return bytes.indices.contains { start in
      bytes[start] == Self.mark[0] && bytes[start...].starts(with: Self.mark)
    }
  }
}
