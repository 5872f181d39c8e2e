internal import Glibc

/// A file written under a temporary name, in the folder where it is to appear.
///
/// Where the path leads to a device or a pipe there is no name to take: the bytes are kept and written into it in the end.
struct PendingFile {
  /// The name as the caller gave it.
  let path: String
  /// The folder the file appears in; `nil` for devices and pipes.
  let folder: String?
  /// The name that is taken, links followed, and the one the file has until then; `nil` for devices and pipes.
  private let names: (final: String, temporary: String)?
  /// Open until the bytes are where they belong; -1 from then on.
  private var file: Int32
  /// What a device or a pipe is to get.
  private let bytes: [UInt8]

  /// Creates the file and writes it; opens a device or a pipe.
  ///
  /// The corresponding C functions are `open` and `write`.
  init(_ bytes: [UInt8], for path: String) throws(FileFault) {
    let destination = try FileDestination(path)
    guard case .file(let place) = destination else {
      file = try Self.open(destination, for: path)
      (self.path, folder, names, self.bytes) = (path, nil, nil, bytes)
      return
    }
    let folder = FileDestination.folder(of: place)
    let name = place.lastIndex(of: "/").map { String(place[place.index(after: $0)...]) } ?? place
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
      file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      attempt += 1
    } while file < 0 && (errno == EEXIST || errno == EINTR) && attempt < 1000
    guard file >= 0 else { throw FileFault(path: path, action: "write", code: errno) }
    (self.path, self.folder, self.file, self.bytes) = (path, folder, file, [])
    names = (place, temporary)
    let failure = writeAll(bytes, to: file)
    guard failure == 0 else {
      discard()
      throw FileFault(path: path, action: "write", code: failure)
    }
  }

  /// Opens a device or a pipe. A pipe that nobody reads is refused: opening it would wait without end.
  private static func open(
    _ destination: FileDestination, for path: String
  ) throws(FileFault) -> Int32 {
    let file: Int32
    switch destination {
    case .descriptor(let number): file = fcntl(number, F_DUPFD_CLOEXEC, 0)
    case .stream(let place), .file(let place):
      file = Glibc.open(place, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if file >= 0 { _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK) }
    }
    guard file >= 0 else {
      throw errno == ENXIO
        ? FileFault(path: path, action: "write", reason: "no program reads from this pipe")
        : FileFault(path: path, action: "write", code: errno)
    }
    return file
  }

  /// Sets the way to the disk going and does not wait for its end.
  ///
  /// Done to all files of a group before the first is waited for, it lets one commit of the file system's journal serve all.
  /// The corresponding C function is `posix_fadvise`: told that the bytes in memory are not needed, Linux begins to write those that
  /// are not on the disk yet. Its refusal changes nothing but time.
  func beginSync() {
    if names != nil { posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) }
  }

  /// Waits until the bytes are on the disk, and closes the file.
  ///
  /// The corresponding C functions are `fsync` and `close`.
  mutating func sync() throws(FileFault) {
    guard names != nil, file >= 0 else { return }
    guard fsync(file) == 0 else { throw FileFault(path: path, action: "write", code: errno) }
    try close()
  }

  /// Gives the file its name, in place of what has it, or writes the bytes into the device or pipe. On failure the file is still pending.
  ///
  /// The corresponding C function is `rename`.
  mutating func takeName() throws(FileFault) {
    if let names {
      guard rename(names.temporary, names.final) == 0 else {
        throw FileFault(path: path, action: "write", code: errno)
      }
    } else {
      let failure = writeAll(bytes, to: file)
      guard failure == 0 else { throw FileFault(path: path, action: "write", code: failure) }
      try close()
    }
  }

  /// Removes the file, which has not taken its name.
  func discard() {
    if file >= 0 { _ = Glibc.close(file) }
    if let names { unlink(names.temporary) }
  }

  private mutating func close() throws(FileFault) {
    let result = Glibc.close(file)
    file = -1
    guard result == 0 else { throw FileFault(path: path, action: "write", code: errno) }
  }
}
