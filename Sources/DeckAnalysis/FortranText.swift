import Glibc

/// Text as a Fortran program writes it, collected in a buffer of bytes.
///
/// Numbers are correctly rounded: most take a short way through a scaled integer; where that is too
/// close to a tie to be sure, `snprintf` decides.
struct FortranText {
  /// What was written since the last ``drain()``.
  private(set) var bytes: [UInt8] = []

  /// Empty text.
  init() { bytes.reserveCapacity(1 << 16) }

  /// Hands over what was written and starts anew.
  mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Text as it is.
  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// A line break.
  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  /// One blank.
  mutating func blank() { bytes.append(UInt8(ascii: " ")) }

  /// An integer, right-aligned: `Iw`. Stars where it is too long.
  mutating func write(_ integer: Int, width: Int) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width))
    var remaining = integer.magnitude
    var place = start + width - 1
    repeat {
      guard place >= start else { return fill(start, width) }
      bytes[place] = UInt8(ascii: "0") + UInt8(remaining % 10)
      remaining /= 10
      place -= 1
    } while remaining > 0
    if integer < 0 {
      guard place >= start else { return fill(start, width) }
      bytes[place] = UInt8(ascii: "-")
    }
  }

  private mutating func fill(_ start: Int, _ width: Int) {
    for place in start..<(start + width) { bytes[place] = UInt8(ascii: "*") }
  }

  /// `1P,E13.6`: one digit before the point, six after.
  mutating func writeScientific(_ value: Double) {
    guard value.isFinite else { return writeNonFinite(value, width: 13) }
    let (digits, exponent) = Self.decimal(value)
    bytes.append(value.sign == .minus ? UInt8(ascii: "-") : UInt8(ascii: " "))
    append(digits, pointAfter: 1)
    append(exponent: exponent)
  }

  /// `E14.7`: nothing but zero before the point, seven digits after.
  mutating func writeFraction(_ value: Double) {
    guard value.isFinite else { return writeNonFinite(value, width: 14) }
    let (digits, exponent) = Self.decimal(value)
    bytes.append(value.sign == .minus ? UInt8(ascii: "-") : UInt8(ascii: " "))
    bytes.append(UInt8(ascii: "0"))
    append(digits, pointAfter: 0)
    append(exponent: value == 0 ? 0 : exponent + 1)
  }

  private mutating func writeNonFinite(_ value: Double, width: Int) {
    let text = value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width - text.utf8.count))
    write(text)
  }

  /// Seven digits with a point among them.
  private mutating func append(_ digits: UInt32, pointAfter: Int) {
    var remaining = digits
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "."), count: 8))
    for index in stride(from: 6, through: 0, by: -1) {
      bytes[start + index + (index >= pointAfter ? 1 : 0)] =
        UInt8(ascii: "0") + UInt8(remaining % 10)
      remaining /= 10
    }
  }

  /// `E+dd`, or `+ddd` where three digits are needed.
  private mutating func append(exponent: Int) {
    let size = UInt(exponent.magnitude)
    if size < 100 { bytes.append(UInt8(ascii: "E")) }
    bytes.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    if size >= 100 { bytes.append(UInt8(ascii: "0") + UInt8(size / 100)) }
    bytes.append(UInt8(ascii: "0") + UInt8(size / 10 % 10))
    bytes.append(UInt8(ascii: "0") + UInt8(size % 10))
  }

  /// Seven significant digits and the decimal exponent of the first.
  static func decimal(_ value: Double) -> (digits: UInt32, exponent: Int) {
    let size = value.magnitude
    if size == 0 { return (0, 0) }
    if let quick = quickDecimal(size) { return quick }
    return slowDecimal(size)
  }

  /// The digits where double arithmetic leaves no doubt about the rounding.
  private static func quickDecimal(_ size: Double) -> (digits: UInt32, exponent: Int)? {
    // log10(2) as a fraction: the exponent is this, or one more.
    var exponent = (Int(size.exponent) * 78913) >> 18
    for _ in 0..<2 {
      let shift = 6 - exponent
      guard -300...300 ~= shift, size.isNormal else { return nil }
      let scaled = shift >= 0 ? size * powers[shift] : size / powers[-shift]
      if scaled >= 10_000_000 {
        exponent += 1
        continue
      }
      // This one may round up to the next power of ten.
      if scaled > 9_999_999.4 { return nil }
      if scaled < 1_000_000 { return nil }
      let floor = scaled.rounded(.down)
      let fraction = scaled - floor
      // The scaled value is good to a few units of 1e-9: this margin is a thousand times that.
      if abs(fraction - 0.5) < 1e-5 { return nil }
      return (UInt32(floor) + (fraction > 0.5 ? 1 : 0), exponent)
    }
    return nil
  }

  /// The digits as the C library rounds them.
  private static func slowDecimal(_ size: Double) -> (digits: UInt32, exponent: Int) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
      let length = withVaList([size]) { vsnprintf(text.baseAddress, 40, "%.6e", $0) }
      // d.dddddde±dd
      var digits: UInt32 = 0
      var exponent = 0
      var isExponent = false
      var sign = 1
      for index in 0..<Int(length) {
        let byte = UInt8(bitPattern: text[index])
        switch byte {
        case UInt8(ascii: "e"): isExponent = true
        case UInt8(ascii: "-"): sign = -1
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
          let digit = byte - UInt8(ascii: "0")
          if isExponent {
            exponent = exponent * 10 + Int(digit)
          } else {
            digits = digits * 10 + UInt32(digit)
          }
        default: break
        }
      }
      return (digits, sign * exponent)
    }
  }

  /// 10⁰ … 10³⁰⁰, each correctly rounded.
  private static let powers: [Double] = (0...300).map { Double("1e\($0)") ?? .infinity }
}
