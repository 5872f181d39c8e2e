package import Files
import Glibc
import Meshing
import StrictYAML

/// A part on disk: a folder with a `part.yml`, or a bare deck.
package struct PartFolder: Sendable, Hashable {
  /// What a part is made of.
  package enum Kind: String, Codable, Sendable {
    /// A folder with a `part.yml`.
    case partFile
    /// A deck by itself: it is solved and checked for soundness.
    case bareDeck
  }

  /// The folder's name, or the deck's without `.inp`.
  package var name: String
  /// The folder, or the deck, as the user would write it.
  package var path: String
  /// What is there.
  package var kind: Kind
  /// What keeps it from being evaluated, and what to do about it, a line each; `nil` where nothing is known against it.
  package var problem: [String]?

  /// A part at a path.
  package init(name: String, path: String, kind: Kind, problem: [String]? = nil) {
    (self.name, self.path, self.kind, self.problem) = (name, path, kind, problem)
  }

  /// The part at a path: a `.inp`, or a folder with a `part.yml`; `nil` where there is none.
  package init?(at path: String) {
    let path = path.withoutTrailingSlashes
    if FilePlace.isDirectory(path), FilePlace.exists(path + "/part.yml") {
      self.init(name: path.lastComponent, path: path, kind: .partFile)
    } else if path.hasDeckSuffix, FilePlace.isFile(path) {
      self.init(name: String(path.lastComponent.dropLast(4)), path: path, kind: .bareDeck)
    } else {
      return nil
    }
  }

  /// The path of its part file, for error texts.
  package var partFilePath: String { path + "/part.yml" }

  /// The path of one of its decks.
  package func path(ofDeck deck: String) -> String { path + "/" + deck }

  /// Reads its `part.yml`.
  package func readPartFile() throws(InputFaults) -> PartFile {
    let bytes = try FilePlace.bytes(
      of: partFilePath, upTo: YAMLTree.largestByteCount)
    return try PartFile(parsing: bytes, file: partFilePath, folder: self)
  }

  /// What is wrong with a path as such: it must stay in the folder.
  static func problem(ofPath deck: String) -> (problem: String, remedy: String)? {
    let components = deck.split(separator: "/", omittingEmptySubsequences: false)
    if deck.hasPrefix("/") || components.contains("..") || deck.utf8.contains(0) {
      return (
        "the deck '\(deck.prefix(60))' is outside the part's folder",
        "write a path inside the folder, without '..'"
      )
    }
    if !deck.hasDeckSuffix {
      return ("the deck '\(deck.prefix(60))' is not an .inp file", "decks are CalculiX input files")
    }
    return nil
  }

  /// What is wrong with a deck's path: outside the folder, missing, not a file.
  func problem(ofDeck deck: String) -> (problem: String, remedy: String)? {
    if let problem = Self.problem(ofPath: deck) { return problem }
    let file = path(ofDeck: deck)
    guard FilePlace.isFile(file) else {
      let decks = (FilePlace.names(in: path) ?? []).filter(\.hasDeckSuffix).sorted()
      let listed = decks.prefix(12).joined(separator: ", ") + (decks.count > 12 ? ", …" : "")
      return (
        "there is no deck '\(deck.prefix(60))'",
        decks.isEmpty ? "the folder has no .inp file" : "the folder has \(listed)"
      )
    }
    guard let real = FilePlace.realPath(file), let home = FilePlace.realPath(path),
      real.hasPrefix(home + "/")
    else {
      return (
        "the deck '\(deck.prefix(60))' leads outside the part's folder",
        "copy the file into the folder instead of linking to it"
      )
    }
    return nil
  }
}

extension String {
  /// A path without slashes at its end.
  var withoutTrailingSlashes: String {
    var text = self[...]
    while text.count > 1, text.last == "/" { text = text.dropLast() }
    return String(text)
  }

  /// The last component of a path; of `.` and `..` that of the folder they mean.
  var lastComponent: String {
    let last = split(separator: "/").last.map(String.init) ?? self
    guard last == "." || last == ".." else { return last }
    return FilePlace.realPath(self)?.split(separator: "/").last.map(String.init) ?? last
  }

  /// Whether a name is that of a deck.
  var hasDeckSuffix: Bool { count > 4 && lowercased().hasSuffix(".inp") }
}
