/// Bytes as text of 64 letters, three bytes in four letters.
///
/// - Source: RFC 4648, section 4.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends the letters of some bytes, padded with `=` to a multiple of four.
  static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
    let letterCount = (bytes.count + 2) / 3 * 4
    text.append(
      addingCapacity: letterCount
    ) { letters in
      alphabet.withUnsafeBufferPointer { alphabet in
        var source = 0
        var target = 0
        while source + 3 <= bytes.count {
          let group =
            UInt32(bytes[source]) << 16 | UInt32(bytes[source + 1]) << 8 | UInt32(bytes[source + 2])
          letters[target] = alphabet[Int(group >> 18)]
          letters[target + 1] = alphabet[Int(group >> 12 & 63)]
          letters[target + 2] = alphabet[Int(group >> 6 & 63)]
          letters[target + 3] = alphabet[Int(group & 63)]
          source += 3
          target += 4
        }
        let remaining = bytes.count - source
        if remaining > 0 {
          let first = UInt32(bytes[source]) << 16
          let group = first | (remaining == 2 ? UInt32(bytes[source + 1]) << 8 : 0)
          letters[target] = alphabet[Int(group >> 18)]
          letters[target + 1] = alphabet[Int(group >> 12 & 63)]
          letters[target + 2] = remaining == 2 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "=")
          letters[target + 3] = UInt8(ascii: "=")
        }
      }
    }
  }
}

extension [UInt8] {
  /// Appends letters written in place.
  fileprivate mutating func append(
    addingCapacity count: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    let start = self.count
    append(contentsOf: repeatElement(0, count: count))
    withUnsafeMutableBufferPointer { fill(UnsafeMutableBufferPointer(rebasing: $0[start...])) }
  }
}
