internal import Files
import Glibc
import Meshing

/// What a folder holds, names that begin with a dot passed over, in the order of the names.
struct FolderListing {
  /// What has a name.
  enum Kind: Equatable {
    case folder, file
    /// A pipe, a device, a socket.
    case other
    /// A link that leads nowhere, or what cannot be asked.
    case lost(reason: String)
  }
  /// A name and what has it.
  struct Entry {
    /// The name; bytes that are not UTF-8 are written `\xFF`.
    var name: String
    /// Whether the name is UTF-8, so that it can be opened by it.
    var isText: Bool
    var kind: Kind
    /// Whether the name is that of a symbolic link.
    var isLink: Bool
  }
  /// A folder, whatever path leads to it.
  struct Identity: Hashable {
    let device: dev_t
    let number: ino_t

    init(_ status: stat) { (device, number) = (status.st_dev, status.st_ino) }

    /// What is at a path; `nil` where nothing is.
    init?(at path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.init(status)
    }
  }

  let identity: Identity
  let entries: [Entry]

  /// Lists a folder.
  ///
  /// The corresponding C functions are `readdir` and, for links, `fstatat`.
  /// - Complexity: one system call for some hundred names, one more per link.
  init(_ path: String) throws(FileFault) {
    guard let stream = opendir(path) else {
      throw FileFault(path: path, action: "list", reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var status = stat()
    guard fstat(dirfd(stream), &status) == 0 else {
      throw FileFault(path: path, action: "list", reason: String(cString: strerror(errno)))
    }
    identity = Identity(status)
    var entries: [Entry] = []
    while let entry = readdir(stream) {
      let type = Int32(entry.pointee.d_type)
      let visible: Entry? = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          guard name.pointee != CChar(bitPattern: UInt8(ascii: ".")) else { return nil }
          let text = String(validatingCString: name)
          return Entry(
            name: text ?? Self.escaped(name), isText: text != nil,
            kind: Self.kind(type, name, in: stream), isLink: type == Int32(DT_LNK))
        }
      }
      if let visible { entries.append(visible) }
    }
    self.entries = entries.sorted { $0.name < $1.name }
  }

  private static func kind(_ type: Int32, _ name: UnsafePointer<CChar>, in stream: OpaquePointer)
    -> Kind
  {
    switch type {
    case Int32(DT_DIR): return .folder
    case Int32(DT_REG): return .file
    case Int32(DT_LNK), Int32(DT_UNKNOWN): break
    default: return .other
    }
    var status = stat()
    guard fstatat(dirfd(stream), name, &status, 0) == 0 else {
      return .lost(reason: String(cString: strerror(errno)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  /// The bytes as text, those that are no text as `\xFF`.
  private static func escaped(_ name: UnsafePointer<CChar>) -> String {
    var text = ""
    for byte in UnsafeBufferPointer(start: name, count: strlen(name)).map({ UInt8(bitPattern: $0) })
    {
      let digits = String(byte, radix: 16, uppercase: true)
      text += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + digits
    }
    return text
  }
}
