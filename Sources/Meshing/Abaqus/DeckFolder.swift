internal import Files
import Glibc

/// Where `*INCLUDE` may look: files given by name, or the folder of a deck.
package struct DeckFolder: Sendable {
  /// The folder's path without links and dots; `nil` where there are only given files.
  private let root: String?
  /// The folder as messages name it, with a slash at its end, or empty.
  private let prefix: String
  /// Files given by name.
  private let files: [String: [UInt8]]

  /// The folder a deck lies in.
  package init(of path: String) {
    let slash = path.lastIndex(of: "/")
    prefix = slash.map { String(path[...$0]) } ?? ""
    root = Self.resolved(prefix.isEmpty ? "." : prefix)
    files = [:]
  }

  /// Files that are at hand, and no folder.
  package init(files: [String: [UInt8]]) {
    (root, prefix, self.files) = (nil, "", files)
  }

  /// The file an include names.
  ///
  /// - Parameters:
  ///   - name: A path, relative to the folder.
  ///   - place: The card that names it.
  func file(named name: String, at place: InputFault.Location) throws(InputFault) -> DeckFile {
    if let bytes = files[name] { return DeckFile(name: name, bytes: bytes) }
    guard let root else {
      throw InputFault(at: place, "there is no file '\(name)' to include")
    }
    let path = name.hasPrefix("/") ? name : prefix + name
    guard let target = Self.resolved(path) else {
      throw InputFault(
        at: place, "the file '\(name)' cannot be included: \(String(cString: strerror(errno)))",
        remedy: "a path in *INCLUDE is relative to the folder of the deck")
    }
    guard target.hasPrefix(root == "/" ? root : root + "/") else {
      throw InputFault(
        at: place, "the file '\(name)' is outside the folder of the deck",
        remedy: "copy it beside the deck; includes may not leave the deck's folder")
    }
    return try DeckFile(contentsOf: target, name: path)
  }

  /// A path without links and dots; `nil`, and `errno`, where it leads nowhere.
  private static func resolved(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    return realpath(path, &buffer).map { String(cString: $0) }
  }
}
