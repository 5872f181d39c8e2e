import Glibc

/// Questions to the file system.
package enum FilePlace {
  private static func mode(_ path: String) -> mode_t? {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_mode : nil
  }

  /// Whether something is there.
  package static func exists(_ path: String) -> Bool { mode(path) != nil }

  /// Whether a directory is there.
  package static func isDirectory(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether an ordinary file is there, possibly through a link; pipes and devices are none.
  package static func isFile(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT == S_IFREG } ?? false
  }

  /// The path without links; `nil` where nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The names in a directory, without `.` and `..`; `nil` where it cannot be listed.
  package static func names(in directory: String) -> [String]? {
    guard let stream = opendir(directory) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// All bytes of an ordinary file that has no more than the given number.
  package static func bytes(of path: String, upTo limit: Int) throws(InputFaults) -> [UInt8] {
    func fault(_ problem: String) -> InputFaults {
      InputFaults([InputFault(at: .init(file: path), problem)])
    }
    guard isFile(path) else {
      throw fault(exists(path) ? "it is not an ordinary file" : "there is no such file")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw fault("the file cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_size <= limit else {
      throw fault("the file has \(information.st_size) bytes, and at most \(limit) are read")
    }
    var bytes = [UInt8](repeating: 0, count: Int(information.st_size) + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        throw fault("the file cannot be read: \(String(cString: strerror(errno)))")
      }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
