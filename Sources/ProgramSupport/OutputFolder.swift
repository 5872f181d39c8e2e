internal import Files
internal import Glibc

/// The folder results go to.
package struct OutputFolder {
  /// Its path.
  package let path: String

  /// A folder that need not be there.
  package init(path: String) { self.path = path }

  /// Whether files can be written there, asked before the work that makes them.
  ///
  /// - Throws: ``FileFault`` where the path is a file, the folder may not be written to, or may not be made.
  package func check() throws {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw FileFault(path: path, action: "write to", reason: "this is not a folder")
      }
      guard access(path, W_OK | X_OK) == 0 else { throw fault("write to", errno) }
    } else if errno == ENOENT, parent.path != path {
      do { try parent.check() } catch let fault as FileFault {
        // Of several folders that are not there the first that is decides.
        let reason = fault.action == "make" ? fault.reason : "\(fault.path): \(fault.reason)"
        throw FileFault(path: path, action: "make", reason: reason)
      }
    } else {
      throw fault("write to", errno)
    }
  }

  /// Makes the folder, and those it is in, where they are not there.
  package func make() throws {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    if errno == ENOENT, parent.path != path {
      try parent.make()
      if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    }
    throw fault("make", errno)
  }

  /// The folder this one is in.
  private var parent: Self {
    var name = path[...]
    while name.count > 1, name.last == "/" { name = name.dropLast() }
    return Self(path: String(name).folder)
  }

  private func fault(_ action: String, _ code: Int32) -> FileFault {
    FileFault(path: path, action: action, reason: String(cString: strerror(code)))
  }
}
