internal import Glibc

/// A file written under a temporary name, in the folder where it is to appear.
struct PendingFile {
  /// The name it is to take.
  let path: String
  /// The folder of both names.
  let folder: String
  private let temporary: String
  /// Open until the bytes are on the disk; -1 from then on.
  private var file: Int32

  /// Creates the file and writes it.
  ///
  /// The corresponding C functions are `open` and `write`.
  init(_ bytes: [UInt8], for path: String) throws(FileFault) {
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
    (self.path, self.folder, self.temporary, self.file) = (path, folder, temporary, file)
    guard Self.writeAll(bytes, to: file) else {
      let failure = errno
      discard()
      throw FileFault(path: path, action: "write", code: failure)
    }
  }

  /// Sets the way to the disk going and does not wait for its end.
  ///
  /// Done to all files of a group before the first is waited for, it lets one commit of the file system's journal serve all.
  /// The corresponding C function is `posix_fadvise`: told that the bytes in memory are not needed, Linux begins to write those that
  /// are not on the disk yet. Its refusal changes nothing but time.
  func beginSync() { posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) }

  /// Waits until the bytes are on the disk, and closes the file.
  ///
  /// The corresponding C functions are `fsync` and `close`.
  mutating func sync() throws(FileFault) {
    guard file >= 0 else { return }
    guard fsync(file) == 0 else { throw FileFault(path: path, action: "write") }
    let result = close(file)
    file = -1
    guard result == 0 else { throw FileFault(path: path, action: "write") }
  }

  /// Gives the file its name, in place of what has it. On failure the file is still pending.
  ///
  /// The corresponding C function is `rename`.
  func takeName() throws(FileFault) {
    guard rename(temporary, path) == 0 else { throw FileFault(path: path, action: "write") }
  }

  /// Removes the file, which has not taken its name.
  func discard() {
    if file >= 0 { close(file) }
    unlink(temporary)
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
}
