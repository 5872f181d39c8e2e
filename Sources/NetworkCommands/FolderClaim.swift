import DesignNetworks
import Glibc

/// A folder that one process at a time trains in. The claim ends with the process, however that ends.
struct FolderClaim {
  private let descriptor: Int32

  /// Claims a folder that is there.
  ///
  /// - Throws: ``TrainingFault/folder(path:reason:)`` where another process has it, or it cannot be opened.
  init(_ path: String) throws {
    func fault(_ reason: String) -> TrainingFault { .folder(path: path, reason: reason) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(String(cString: strerror(errno))) }
    // A file system without locks is used as it is.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      close(descriptor)
      throw fault("another process is training in it; wait for it, or choose another folder")
    }
  }

  /// Lets the next one have it.
  func end() { close(descriptor) }
}
