internal import Glibc

/// Files that appear whole or not at all.
///
/// The bytes go to a temporary file in the same folder, are brought to the disk, and take their name
/// in one step; then the folder is brought to the disk. Whoever is interrupted leaves the old file.
public enum AtomicFile {
  /// Writes a file, replacing what has its name.
  ///
  /// The corresponding C functions are `open`, `write`, `fsync` and `rename`.
  ///
  /// - Parameter syncsFolder: Whether the new name is brought to the disk too. Of several files written to one
  ///   folder only the last needs it.
  public static func write(
    _ bytes: [UInt8], to path: String, syncsFolder: Bool = true
  ) throws(FileFault) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != ".." else {
      throw FileFault(path: path, action: "write", reason: "this names a folder")
    }
    // The process number keeps two programs apart; O_EXCL keeps two writers of one program apart.
    // A name at the system's limit of 255 bytes is left room by cutting it.
    var attempt = 0
    var temporary = ""
    var file: Int32 = -1
    repeat {
      temporary = "\(folder)/.\(String(name.unicodeScalars.prefix(48))).\(getpid()).\(attempt)"
      file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      attempt += 1
    } while file < 0 && (errno == EEXIST || errno == EINTR) && attempt < 1000
    guard file >= 0 else { throw FileFault(path: path, action: "write") }

    var failure: Int32 = 0
    if !writeAll(bytes, to: file) || fsync(file) != 0 { failure = errno }
    if close(file) != 0 && failure == 0 { failure = errno }
    if failure == 0 && rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw FileFault(path: path, action: "write", code: failure)
    }
    guard syncsFolder else { return }
    // Without this a power cut may forget the new name. Some file systems cannot; the file is whole anyway.
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// Writes a text file in UTF-8, replacing what has its name.
  public static func write(_ text: String, to path: String) throws(FileFault) {
    try write(Array(text.utf8), to: path)
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// Whether there is something of this name.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Reads a regular file whole.
  ///
  /// Folders, pipes and devices are refused, so that a name never makes the reader wait, and so is a file
  /// larger than the limit, before memory is taken for it.
  public static func read(_ path: String, upTo limit: Int = .max) throws(FileFault) -> [UInt8] {
    // O_NONBLOCK: opening a pipe nobody writes to must not wait.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileFault(path: path, action: "read") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileFault(path: path, action: "read") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileFault(path: path, action: "read", reason: "this is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw FileFault(
        path: path, action: "read",
        reason: "it has \(size) bytes, and files of at most \(limit) bytes are read")
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let count = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, size - filled)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { failure = errno }
        guard count > 0 else { break }
        filled += count
      }
    }
    guard failure == 0 else { throw FileFault(path: path, action: "read", code: failure) }
    return bytes
  }
}
