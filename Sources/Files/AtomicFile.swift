internal import Glibc

/// Files that appear whole or not at all.
///
/// The bytes go to a temporary file in the same folder, are brought to the disk, and take their name
/// in one step; then the folder is brought to the disk. Whoever is interrupted leaves the old file.
///
/// What is no regular file keeps its name: a symbolic link stays, and the file it points to is replaced or made; bytes for a device
/// or a pipe, such as `/dev/null`, are written into it. A folder, a disk, a socket and a pipe that nobody reads are refused.
public enum AtomicFile {
  /// Writes a file, replacing what has its name.
  ///
  /// The corresponding C functions are `open`, `write`, `fsync` and `rename`. Several files go faster as an
  /// ``AtomicFileGroup``.
  ///
  /// - Parameter syncsFolder: Whether the new name is brought to the disk too. Of several files written to one
  ///   folder only the last needs it.
  public static func write(
    _ bytes: [UInt8], to path: String, syncsFolder: Bool = true
  ) throws(FileFault) {
    var file = try PendingFile(bytes, for: path)
    do throws(FileFault) {
      try file.sync()
      try file.takeName()
    } catch {
      file.discard()
      throw error
    }
    if syncsFolder, let folder = file.folder { syncFolder(folder) }
  }

  /// Brings the names in a folder to the disk.
  ///
  /// Without this a power cut may forget a new name. Some file systems cannot; the files are whole anyway.
  private static func syncFolder(_ path: String) {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    fsync(directory)
    close(directory)
  }

  /// Writes a text file in UTF-8, replacing what has its name.
  public static func write(_ text: String, to path: String) throws(FileFault) {
    try write(Array(text.utf8), to: path)
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
    guard file >= 0 else { throw FileFault(path: path, action: "read", code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw FileFault(path: path, action: "read", code: errno)
    }
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
