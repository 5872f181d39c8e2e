internal import ArrayFiles
internal import DesignFamilies
internal import Files

/// A file of weights with a checksum inside, so that one flipped bit anywhere in it is seen.
///
/// The text `sha256` of the metadata is the SHA-256 of the file's bytes, with 64 noughts in place of its own digits: header, names,
/// shapes, all other metadata and all numbers count. Models and checkpoints are such files.
enum WeightFile {
  /// The metadata's key of the checksum.
  static let key = "sha256"

  private static let noDigits = String(repeating: "0", count: 64)

  /// The bytes of a file with its checksum.
  static func bytes(of writer: SafetensorsWriter) -> [UInt8] {
    var writer = writer
    writer.metadata[key] = noDigits
    var bytes = writer.bytes
    guard let place = place(of: noDigits, in: bytes) else {
      preconditionFailure("the header has no '\(key)'")
    }
    bytes.replaceSubrange(place, with: Digest.text(of: bytes).utf8)
    return bytes
  }

  /// A file that was read, and whether it has a checksum.
  struct Opened {
    let file: SafetensorsFile
    let isChecked: Bool
  }

  /// Opens a file; where it has a checksum its bytes are held against it.
  ///
  /// - Parameter remedy: What to do about a damaged file.
  /// - Throws: ``TrainingFault/damaged(path:reason:remedy:)`` where it is no file of arrays, or has other bytes than it was written with;
  ///   ``TrainingFault/unusableCheckpoint(path:reason:)`` where it cannot be opened.
  /// - Complexity: O(bytes), all of them in memory once where there is a checksum.
  static func open(_ path: String, remedy: String) throws(TrainingFault) -> Opened {
    do throws(InputFault) {
      let file = try SafetensorsFile(contentsOf: path)
      guard let expected = file.metadata[key] else { return Opened(file: file, isChecked: false) }
      var bytes = try file.bytes()
      var digest = "none"
      if let place = place(of: expected, in: bytes) {
        bytes.replaceSubrange(place, with: noDigits.utf8)
        digest = Digest.text(of: bytes)
      }
      if digest == expected { return Opened(file: file, isChecked: true) }
    } catch {
      // What was read and is wrong is told with its byte.
      guard let byte = error.location.byte else {
        throw .unusableCheckpoint(path: path, reason: error.problem)
      }
      throw .damaged(
        path: path, reason: "it is no file of weights from byte \(byte) on: \(error.problem)",
        remedy: remedy)
    }
    throw .damaged(
      path: path,
      reason: "its bytes are not those that it was written with: "
        + "they do not give the checksum in its header", remedy: remedy)
  }

  /// Where a checksum's digits are, in the form that our writer gives the header.
  private static func place(of digits: String, in bytes: [UInt8]) -> Range<Int>? {
    let before = Array("\"\(key)\":\"".utf8)
    let pattern = before + Array(digits.utf8) + [UInt8(ascii: "\"")]
    guard digits.utf8.count == noDigits.utf8.count, bytes.count >= 8 else { return nil }
    // The header's length comes first; it was held against the file when that was opened.
    let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length >= pattern.count, 8 + length <= bytes.count else { return nil }
    for start in 8...(8 + length - pattern.count)
    where bytes[start] == pattern[0] && bytes[start..<(start + pattern.count)] == pattern[...] {
      let first = start + before.count
      return first..<(first + digits.utf8.count)
    }
    return nil
  }
}
