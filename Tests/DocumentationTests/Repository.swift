import Foundation

/// The files of the repository, as they lie beside this one.
enum Repository {
  /// The folder of Package.swift.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The paths of all files with one of these endings, sorted; what begins with a dot is passed over.
  static func paths(endingIn endings: String...) -> [String] {
    let all = FileManager.default.enumerator(
      at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    return (all?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { endings.contains($0.pathExtension) }
      .map { String($0.path.dropFirst(root.path.count + 1)) }.sorted()
  }

  /// The lines of a file, numbered from 1.
  static func lines(of path: String) throws -> [(number: Int, text: Substring)] {
    let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0.offset + 1, $0.element) }
  }

  /// Whether there is such a file or folder, or one whose path continues this one, as `Docs/Decisions/0004` is continued.
  static func holds(_ path: String) -> Bool {
    let url = root.appending(path: path)
    if FileManager.default.fileExists(atPath: url.path) { return true }
    let siblings = try? FileManager.default.contentsOfDirectory(
      atPath: url.deletingLastPathComponent().path)
    return siblings?.contains { $0.hasPrefix(url.lastPathComponent) } ?? false
  }
}
