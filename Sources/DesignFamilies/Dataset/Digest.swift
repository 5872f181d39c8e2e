internal import Crypto

/// SHA-256.
package enum Digest {
  /// The 32 bytes.
  package static func bytes(of data: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: data)) }

  /// The 64 hexadecimal digits.
  package static func text(of data: [UInt8]) -> String {
    bytes(of: data).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
