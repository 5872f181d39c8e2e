/// How one number lies in an `.npy` file.
enum NpyElement: String, CaseIterable {
  case float64 = "<f8"
  case float64BigEndian = ">f8"
  case float32 = "<f4"
  case float32BigEndian = ">f4"
  case byte = "|u1"
  case boolean = "|b1"

  /// What is read, for error texts.
  static let expected =
    "doubles '<f8' or '>f8', floats '<f4' or '>f4', bytes '|u1' and booleans '|b1' are read"

  /// Bytes of one number.
  var size: Int {
    switch self {
    case .float64, .float64BigEndian: 8
    case .float32, .float32BigEndian: 4
    case .byte, .boolean: 1
    }
  }

  /// The number that begins at a place; a boolean is 0 or 1.
  ///
  /// - Precondition: ``size`` bytes begin there.
  func value(in bytes: [UInt8], at place: Int) -> Double {
    var bits: UInt64 = 0
    switch self {
    case .byte: return Double(bytes[place])
    case .boolean: return bytes[place] == 0 ? 0 : 1
    case .float64, .float32:
      for offset in (0..<size).reversed() { bits = bits << 8 | UInt64(bytes[place + offset]) }
    case .float64BigEndian, .float32BigEndian:
      for offset in 0..<size { bits = bits << 8 | UInt64(bytes[place + offset]) }
    }
    return size == 8
      ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
  }
}
