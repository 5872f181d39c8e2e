import Glibc

/// What a folder is, judged by the names in it.
struct FolderContents {
  /// Whether a folder is a part.
  enum Part: Equatable {
    /// It has a `part.yml`.
    case partFile
    /// It was meant to be one: what is wrong, and what to do, a line each.
    case problem([String])
    case nothing
  }

  let part: Part
  /// Whether it is a part or was meant to be one by its part file, so that what is in it belongs to it.
  let isPart: Bool

  /// Looks at a folder; files that may be part files under a wrong name are opened.
  init(_ listing: FolderListing, at path: String) {
    let names = listing.entries.filter { $0.kind == .file }.map(\.name)
    if listing.entries.contains(where: { $0.name == "part.yml" }) {
      (part, isPart) = (.partFile, true)
    } else if let wrong = names.first(where: { Self.isMeantAsPartFile($0, in: path) }) {
      part = .problem([
        "there is no part.yml, but '\(wrong)', which is not read",
        "rename '\(wrong)' to 'part.yml'",
      ])
      isPart = true
    } else {
      let designs = Self.designFiles.filter(names.contains)
      part =
        designs.isEmpty
        ? .nothing
        : .problem([
          "the folder has \(designs.joined(separator: ", ")) and no part.yml: nothing says what the design is judged by",
          "write a part.yml (Docs/PartFile.md), or have the part written by gcgan-generate or gcgan-solve optimise",
        ])
      isPart = false
    }
  }

  /// Files that only designs and their problems have.
  private static let designFiles = ["density.npy", "design.npy", "problem.yml"]

  /// Whether a file is a part file under a wrong name: by the name, as `part.yaml`, or by its format line.
  private static func isMeantAsPartFile(_ name: String, in folder: String) -> Bool {
    let lower = name.lowercased()
    if lower.hasPrefix("part.yml") || lower.hasPrefix("part.yaml") { return true }
    guard lower.hasSuffix(".yml") || lower.hasSuffix(".yaml") else { return false }
    return start(of: folder + "/" + name).split(whereSeparator: \.isNewline).contains { line in
      line.hasPrefix("gcgan:") && line.dropFirst(6).contains("part/")
    }
  }

  /// The first bytes of a file.
  private static func start(of path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
