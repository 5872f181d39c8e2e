internal import Glibc

/// What a path leads to, for a program that is about to write there.
enum FileDestination: Equatable {
  /// A regular file, or no file yet. Links are followed, so that a link stays a link and the file it points to is replaced.
  case file(String)
  /// A device or a named pipe: the bytes are written into it, and it keeps its name.
  case stream(String)
  /// A stream this process has open, such as `/dev/stdout`.
  case descriptor(Int32)

  /// Follows a path to its end.
  ///
  /// - Throws: ``FileFault`` for a disk, a socket, and for links that lead in a circle.
  init(_ path: String) throws(FileFault) {
    func fault(_ reason: String) -> FileFault {
      FileFault(path: path, action: "write", reason: reason)
    }
    var place = path
    // Linux follows forty links.
    for _ in 0...40 {
      if let number = Self.descriptor(named: place) {
        self = .descriptor(number)
        return
      }
      var status = stat()
      guard lstat(place, &status) == 0 else {
        // No file yet; or a path that cannot be followed, which opening the file will say.
        self = .file(place)
        return
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG, S_IFDIR:
        // A folder cannot be replaced: taking its name will say so.
        self = .file(place)
        return
      case S_IFCHR, S_IFIFO:
        self = .stream(place)
        return
      case S_IFLNK:
        guard let target = Self.target(ofLink: place) else {
          throw fault("the link \(place) cannot be followed")
        }
        place = target.hasPrefix("/") ? target : Self.folder(of: place) + "/" + target
      case S_IFBLK: throw fault("this is a block device")
      default: throw fault("this is not a regular file")
      }
    }
    throw fault(String(cString: strerror(ELOOP)))
  }

  /// The folder a path names something in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The number in `/dev/fd/3` and the like.
  private static func descriptor(named path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"]
      where path.hasPrefix(folder) {
        return Int32(path.dropFirst(folder.count))
      }
      return nil
    }
  }

  private static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(path, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(validating: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
