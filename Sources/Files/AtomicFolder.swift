internal import Glibc

/// Folders that appear whole or not at all.
///
/// The files go to a hidden folder beside the place, which takes the name in one step once all of them are on the disk. Whoever is interrupted
/// leaves a whole folder or none, and at most a hidden one, which `gcgan-validate` and shell patterns pass over.
public enum AtomicFolder {
  /// Writes a folder of files; folders above it are made where they are not there.
  ///
  /// What is there under the name is moved aside for the new folder and then deleted, if it is a folder of plain files that has the file `marker`, or
  /// an empty one: nothing that somebody else keeps there is lost.
  ///
  /// The corresponding C functions are `mkdir` and `rename`.
  ///
  /// - Parameters:
  ///   - files: Names without slashes, and contents.
  ///   - path: The folder.
  ///   - marker: The file that tells a folder which may be replaced.
  /// - Throws: ``FileFault``; nothing of the new folder is left then.
  public static func write(
    _ files: [(name: String, bytes: [UInt8])], to path: String, replacing marker: String
  ) throws(FileFault) {
    var path = path[...]
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    let place = String(path)
    let slash = place.lastIndex(of: "/")
    let parent = slash.map { $0 == place.startIndex ? "/" : String(place[..<$0]) } ?? "."
    let name = slash.map { String(place[place.index(after: $0)...]) } ?? place
    guard !name.isEmpty, name != ".", name != ".." else {
      throw FileFault(path: place, action: "write", reason: "the path does not name a folder")
    }
    for file in files where file.name.isEmpty || file.name.contains("/") {
      throw FileFault(
        path: place, action: "write", reason: "'\(file.name)' is not the name of a file")
    }
    try make(parent)
    let isReplacing = try mayReplace(place, marker)

    let temporary = try makeTemporary(parent, name, place)
    var aside: String?
    do throws(FileFault) {
      for (number, file) in files.enumerated() {
        try AtomicFile.write(
          file.bytes, to: "\(temporary)/\(file.name)", syncsFolder: number == files.count - 1)
      }
      if isReplacing {
        let old = try makeTemporary(parent, name, place)
        aside = old
        try move(place, to: old)
      }
      try move(temporary, to: place)
    } catch {
      remove(temporary)
      // Back to its place, unless that was where the moving failed.
      if let aside, rename(aside, place) != 0 { rmdir(aside) }
      throw FileFault(path: place, action: "write", reason: error.reason)
    }
    if let aside { remove(aside) }
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Makes an empty hidden folder in another.
  private static func makeTemporary(
    _ parent: String, _ name: String, _ place: String
  ) throws(FileFault) -> String {
    // The process number keeps two programs apart, mkdir two writers of one program.
    for attempt in 0..<1000 {
      let path = "\(parent)/.\(String(name.unicodeScalars.prefix(48))).\(getpid()).\(attempt)"
      if mkdir(path, 0o777) == 0 { return path }
      guard errno == EEXIST else { break }
    }
    throw FileFault(path: place, action: "write", code: errno)
  }

  /// Gives a folder the name of one that is empty or not there.
  private static func move(_ path: String, to place: String) throws(FileFault) {
    guard rename(path, place) == 0 else {
      throw FileFault(path: place, action: "write", code: errno)
    }
  }

  /// Whether a folder is there that may be replaced.
  private static func mayReplace(_ place: String, _ marker: String) throws(FileFault) -> Bool {
    var status = stat()
    guard lstat(place, &status) == 0 else {
      if errno == ENOENT { return false }
      throw FileFault(path: place, action: "write", code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFDIR, let names = FilePlace.names(in: place) else {
      throw FileFault(
        path: place, action: "write",
        reason: "a file or link with this name is there; choose another name")
    }
    let arePlain = names.allSatisfy { name in
      lstat("\(place)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
    guard arePlain, names.isEmpty || names.contains(marker) else {
      throw FileFault(
        path: place, action: "write",
        reason:
          "the folder exists and has no \(marker), or has folders in it; choose another folder")
    }
    return true
  }

  /// Makes a folder, and those it is in, where they are not there.
  private static func make(_ path: String) throws(FileFault) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    let code = errno
    if code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try make(String(path[..<slash]))
      if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    }
    throw FileFault(path: path, action: "make", code: code)
  }

  /// Deletes a folder of plain files.
  private static func remove(_ path: String) {
    for name in FilePlace.names(in: path) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
