public import Files
import Glibc

/// One file of a deck, in memory.
package final class DeckFile: Sendable {
  /// The file as messages name it.
  package let name: String
  /// What tells the file from others: its path without links and dots, or its name.
  package let identity: String
  /// The file's bytes.
  package let bytes: [UInt8]

  /// A file whose bytes are at hand.
  package init(name: String, identity: String? = nil, bytes: [UInt8]) {
    self.name = name
    self.identity = identity ?? name
    self.bytes = bytes
  }

  /// The largest file that is read, in bytes: room for about twenty million nodes.
  package static let largestSize = 1 << 30
  /// The longest line, in bytes.
  package static let longestLine = 1 << 16

  /// Reads a file; refuses what cannot be a deck before taking memory for it.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - name: The file as messages name it; the path where none is given.
  package convenience init(contentsOf path: String, name: String? = nil) throws(InputFault) {
    let name = name ?? path
    let place = InputFault.Location(file: name)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw InputFault(at: place, "the file cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw InputFault(
        at: place, "the file cannot be examined: \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw InputFault(
        at: place, status.st_mode & S_IFMT == S_IFDIR ? "this is a folder" : "this is not a file",
        remedy: "name a deck, a file whose name ends in .inp")
    }
    let size = Int(status.st_size)
    guard size <= Self.largestSize else {
      throw InputFault(
        at: place, "the file has \(size) bytes, and a deck may have \(Self.largestSize)",
        remedy: "split off large tables with *INCLUDE, or check that this is a deck")
    }
    // A first bite shows whether this can be a deck, before memory is taken for the rest.
    let bite = min(size, Self.longestLine + 1)
    var bytes = try Self.read(bite, from: descriptor, at: place)
    if bite > Self.longestLine, !bytes.contains(UInt8(ascii: "\n")) {
      throw InputFault(
        at: InputFault.Location(file: name, line: 1), Self.tooLongLine,
        remedy: "check that this is a deck: a text file of short lines")
    }
    if size > bite {
      // Anew from the start, into one array: appending would hold the file twice.
      lseek(descriptor, 0, SEEK_SET)
      bytes = try Self.read(size, from: descriptor, at: place)
    }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let identity = realpath(path, &buffer).map { String(cString: $0) }
    self.init(name: name, identity: identity, bytes: bytes)
  }

  /// What is said of a line that does not end.
  static let tooLongLine = "the line is longer than \(longestLine) bytes"

  /// Reads up to so many bytes; fewer where the file shrank meanwhile.
  private static func read(
    _ count: Int, from descriptor: Int32, at place: InputFault.Location
  ) throws(InputFault) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let got = Glibc.read(descriptor, base + filled, count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          return
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else {
      throw InputFault(at: place, "the file cannot be read: \(String(cString: strerror(failure)))")
    }
    return bytes
  }
}
