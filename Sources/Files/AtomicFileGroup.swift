internal import Glibc

/// Files that appear together: none has its name before all are whole on the disk.
///
/// A group that ends without ``commit()`` leaves what was there before. Files of a group share one commit of the file system's
/// journal, where those written one after the other wait for one each.
public struct AtomicFileGroup: ~Copyable {
  private var pending: [PendingFile] = []

  /// No file yet.
  public init() {}

  deinit {
    for file in pending { file.discard() }
  }

  /// Writes a file under a temporary name in the folder of its path; for a device or a pipe the bytes are kept.
  public mutating func add(_ bytes: [UInt8], as path: String) throws(FileFault) {
    let file = try PendingFile(bytes, for: path)
    file.beginSync()
    pending.append(file)
    // A process may have a thousand files open, and a deck more steps than that.
    if pending.count.isMultiple(of: Self.openFileLimit) { try sync() }
  }

  private static let openFileLimit = 64

  private mutating func sync() throws(FileFault) {
    for index in pending.indices { try pending[index].sync() }
  }

  /// Brings all files to the disk, then gives each its name, replacing what has it.
  ///
  /// The new names reach the disk when the file system next writes its journal, seconds later: a power cut until then
  /// brings the old files back, whole.
  ///
  /// - Throws: ``FileFault`` for the first file that cannot be written. Where that shows before the first name is taken,
  ///   as it does when the disk is full, every old file is still there.
  public mutating func commit() throws(FileFault) {
    try sync()
    pending.reverse()
    while var file = pending.popLast() {
      do throws(FileFault) { try file.takeName() } catch {
        file.discard()
        throw error
      }
    }
  }
}
