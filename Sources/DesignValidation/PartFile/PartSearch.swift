package import Files
import Meshing

/// What a search of directories for parts found.
///
/// A part is a folder with a `part.yml`, at any depth, or a deck outside of such folders. Nothing that looks like a part vanishes: what cannot
/// be one is in ``parts`` with its ``PartFolder/problem``, what need not be one is told in ``notes``.
package struct PartSearch: Sendable {
  /// The parts, in the order of their names.
  package private(set) var parts: [PartFolder] = []
  /// What was passed over, and why, in a line each.
  package private(set) var notes: [String] = []

  /// Decks outside of part folders: one that another includes is no part.
  private var decks: [PartFolder] = []
  private var searched: Set<FolderListing.Identity> = []

  /// Searches directories; each may itself be a part or a deck.
  ///
  /// Parts are named by their paths inside the directory. Of several directories names that are not unique become whole paths.
  ///
  /// - Complexity: one listing per folder; decks are read once for what they include.
  package init(in directories: [String]) throws(InputFault) {
    for directory in directories.map(\.withoutTrailingSlashes) {
      if FilePlace.isDirectory(directory) {
        try search(directory: directory)
      } else if let deck = PartFolder(at: directory) {
        parts.append(deck)
      } else {
        let problem =
          FilePlace.exists(directory)
          ? "this is neither a directory nor a deck" : "the directory does not exist"
        throw InputFault(
          at: .init(file: directory), problem,
          remedy: "name a directory of parts, a part or a deck")
      }
    }
    takeDecks()
    if directories.count > 1 { makeNamesUnique() }
    parts.sort { ($0.name, $0.path) < ($1.name, $1.path) }
  }

  private mutating func search(directory: String) throws(InputFault) {
    let listing: FolderListing
    do throws(FileFault) { listing = try FolderListing(directory) } catch {
      throw InputFault(
        at: .init(file: directory), "the directory cannot be listed: \(error.reason)",
        remedy: "name a directory of parts, a part or a deck")
    }
    guard searched.insert(listing.identity).inserted else { return }
    search(listing, at: directory, name: nil, isInPart: false)
  }

  /// Takes the parts of a folder and of those in it.
  ///
  /// - Parameters:
  ///   - name: The folder's path inside the directory; `nil` for the directory itself.
  ///   - isInPart: Whether a folder above is a part: what is in here belongs to it, but for parts of their own.
  private mutating func search(
    _ listing: FolderListing, at path: String, name: String?, isInPart: Bool
  ) {
    let contents = FolderContents(listing, at: path)
    let folderName = name ?? path.lastComponent
    switch contents.part {
    case .partFile: parts.append(PartFolder(name: folderName, path: path, kind: .partFile))
    case .problem(let lines) where !isInPart || contents.isPart:
      parts.append(PartFolder(name: folderName, path: path, kind: .partFile, problem: lines))
    case .problem, .nothing: break
    }
    noteUnusedBaselines(listing, prefix: name.map { $0 + "/" } ?? "", isPart: contents.isPart)
    let isPart = isInPart || contents.isPart
    let prefix = name.map { $0 + "/" } ?? ""
    // Folders before links to folders: where both lead to one, the link is the one passed over.
    for isLink in [false, true] {
      for entry in listing.entries where entry.isLink == isLink {
        take(entry, at: path + "/" + entry.name, name: prefix + entry.name, isInPart: isPart)
      }
    }
  }

  /// Names baselines that no part has.
  private mutating func noteUnusedBaselines(
    _ listing: FolderListing, prefix: String, isPart: Bool
  ) {
    let suffix = ".baseline.yml"
    let decks = Set(listing.entries.filter { $0.name.hasDeckSuffix }.map { $0.name.dropLast(4) })
    for entry in listing.entries where entry.kind == .file {
      let isOfFolder = entry.name == "baseline.yml" && !isPart
      let isOfDeck =
        entry.name.hasSuffix(suffix) && !decks.contains(entry.name.dropLast(suffix.count))
      if isOfFolder || isOfDeck {
        let part = isOfFolder ? "part.yml" : entry.name.dropLast(suffix.count) + ".inp"
        notes.append(
          "the baseline '\(prefix)\(entry.name)' is not used: there is no '\(part)' beside it")
      }
    }
  }

  private mutating func take(
    _ entry: FolderListing.Entry, at path: String, name: String, isInPart: Bool
  ) {
    let isDeck = entry.name.hasDeckSuffix
    func part(_ problem: [String]?) -> PartFolder {
      PartFolder(
        name: isDeck ? String(name.dropLast(4)) : name, path: path,
        kind: isDeck ? .bareDeck : .partFile, problem: problem)
    }
    switch entry.kind {
    case .folder where !entry.isText:
      parts.append(part(Self.notText("folder")))
    case .folder:
      search(folder: path, name: name, isInPart: isInPart)
    case .file where isDeck && !isInPart:
      if entry.isText { decks.append(part(nil)) } else { parts.append(part(Self.notText("deck"))) }
    case .other where isDeck && !isInPart:
      parts.append(part(["the deck is not an ordinary file"]))
    case .lost(let reason) where !isInPart && (isDeck || !entry.name.contains(".")):
      parts.append(
        part([
          "the link cannot be followed: \(reason)",
          "repair the link, or remove it from the directory",
        ]))
    case .file, .other, .lost: break
    }
  }

  private mutating func search(folder path: String, name: String, isInPart: Bool) {
    let listing: FolderListing
    do throws(FileFault) { listing = try FolderListing(path) } catch {
      parts.append(
        PartFolder(
          name: name, path: path, kind: .partFile,
          problem: [
            "the folder cannot be listed: \(error.reason)",
            "make it readable, or remove it from the directory",
          ]))
      return
    }
    guard searched.insert(listing.identity).inserted else {
      if !isInPart, FolderContents(listing, at: path).isPart {
        // Linked into the directory under another name: as good a part as any.
        parts.append(PartFolder(name: name, path: path, kind: .partFile))
      } else {
        notes.append("'\(name)' leads to a folder that was searched already: it is skipped")
      }
      return
    }
    search(listing, at: path, name: name, isInPart: isInPart)
  }

  private static func notText(_ what: String) -> [String] {
    ["the name of the \(what) is not UTF-8, so it was not opened", "rename it"]
  }

  /// Decks that no other deck includes are parts.
  private mutating func takeDecks() {
    let includes = DeckIncludes(among: decks.map(\.path))
    for (place, deck) in decks.enumerated() {
      if let by = includes.includer(of: place) {
        notes.append(
          "'\(deck.path.lastComponent)' is included by '\(decks[by].name).inp': it is not a part by itself"
        )
      } else {
        parts.append(deck)
      }
    }
    decks = []
  }

  /// One part per path, and where two have one name, their paths as names.
  private mutating func makeNamesUnique() {
    var paths: Set<String> = []
    parts.removeAll { !paths.insert($0.path).inserted }
    let counts = Dictionary(parts.map { ($0.name, 1) }, uniquingKeysWith: +)
    for place in parts.indices where counts[parts[place].name] ?? 0 > 1 {
      parts[place].name = parts[place].path
    }
  }
}
