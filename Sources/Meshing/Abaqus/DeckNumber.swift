import Glibc

/// Numbers as Fortran's free format reads them: `1`, `-.5`, `1.`, `2.1E+5`, `1.d-3`, `1.5-3`.
package enum DeckNumber {
  /// Powers of ten that are exact in double precision.
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The number a text is; `nil` where it is none.
  package static func double(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { double(in: $0, from: 0, to: $0.count) }
  }

  /// The number that fills `bytes[start..<end]`, blanks around it; `nil` where there is none or it is
  /// beyond double precision. The value is the double nearest to the decimal number.
  @inline(__always)
  package static func double(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Double? {
    var position = start
    while position < end, isBlank(bytes[position]) { position += 1 }
    let first = position
    guard position < end else { return nil }
    var isNegative = false
    if bytes[position] == UInt8(ascii: "-") {
      isNegative = true
      position += 1
    } else if bytes[position] == UInt8(ascii: "+") {
      position += 1
    }
    var mantissa: UInt64 = 0
    var digitCount = 0  // significant ones
    var exponent = 0
    var hasDigits = false
    while position < end {
      let digit = bytes[position] &- 48
      guard digit < 10 else { break }
      hasDigits = true
      if digitCount < 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if mantissa != 0 { digitCount += 1 }
      } else {
        digitCount += 1
        exponent += 1
      }
      position += 1
    }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      while position < end {
        let digit = bytes[position] &- 48
        guard digit < 10 else { break }
        hasDigits = true
        if digitCount < 19 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          if mantissa != 0 { digitCount += 1 }
          exponent -= 1
        } else {
          digitCount += 1
        }
        position += 1
      }
    }
    guard hasDigits else { return nil }
    if position < end, !isBlank(bytes[position]) {
      guard let power = exponentPart(in: bytes, at: &position, to: end) else { return nil }
      exponent += power
    }
    let last = position
    while position < end, isBlank(bytes[position]) { position += 1 }
    guard position == end else { return nil }
    // Both factors exact and one rounding: the nearest double (Clinger 1990).
    if mantissa < 1 << 53, digitCount <= 19, exponent >= -22, exponent <= 22 {
      let magnitude =
        exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
      return isNegative ? -magnitude : magnitude
    }
    return hardDouble(in: bytes, from: first, to: last)
  }

  /// The power of ten after the digits: `E5`, `d-3`, `+4`.
  @inline(never)
  private static func exponentPart(
    in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int, to end: Int
  ) -> Int? {
    let letter = bytes[position] | 0x20
    if letter == UInt8(ascii: "e") || letter == UInt8(ascii: "d") || letter == UInt8(ascii: "q") {
      position += 1
    } else if bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-") {
      return nil
    }
    var isNegative = false
    if position < end, bytes[position] == UInt8(ascii: "-") {
      isNegative = true
      position += 1
    } else if position < end, bytes[position] == UInt8(ascii: "+") {
      position += 1
    }
    var power = 0
    let first = position
    while position < end {
      let digit = bytes[position] &- 48
      guard digit < 10 else { break }
      if power < 100_000 { power = power * 10 + Int(digit) }
      position += 1
    }
    guard position > first else { return nil }
    return isNegative ? -power : power
  }

  /// The number in `bytes[start..<end]`, whose form was checked, by the C library's own rounding.
  @inline(never)
  private static func hardDouble(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Double? {
    // Written anew in C's form: the exponent always has its letter, and the letter is E.
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: end - start + 2) { text in
      var count = 0
      var hasLetter = false
      for position in start..<end {
        var byte = bytes[position]
        let isSign = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        if byte > UInt8(ascii: "9") {
          byte = UInt8(ascii: "E")
          hasLetter = true
        } else if isSign, position > start, !hasLetter {
          text[count] = CChar(UInt8(ascii: "E"))
          count += 1
          hasLetter = true
        }
        text[count] = CChar(bitPattern: byte)
        count += 1
      }
      text[count] = 0
      return text.baseAddress.map { strtod($0, nil) } ?? .nan
    }
    return value.isFinite ? value : nil
  }

  /// The whole number that fills `bytes[start..<end]`, blanks around it; `nil` where there is none.
  @inline(__always)
  package static func integer(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    var position = start
    while position < end, isBlank(bytes[position]) { position += 1 }
    guard position < end else { return nil }
    var isNegative = false
    if bytes[position] == UInt8(ascii: "-") {
      isNegative = true
      position += 1
    } else if bytes[position] == UInt8(ascii: "+") {
      position += 1
    }
    var value = 0
    let first = position
    while position < end {
      let digit = bytes[position] &- 48
      guard digit < 10 else { break }
      // Eighteen digits fit; what is longer is no number of anything.
      guard position - first < 18 else { return nil }
      value = value &* 10 &+ Int(digit)
      position += 1
    }
    guard position > first else { return nil }
    while position < end, isBlank(bytes[position]) { position += 1 }
    return position == end ? (isNegative ? -value : value) : nil
  }

  /// Blank, tabulator or carriage return.
  @inline(__always)
  package static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  /// Why a text is no number, as a sentence.
  package static func complaint(about text: String) -> String {
    if text.isEmpty { return "a number is missing" }
    let lower = text.lowercased().drop { $0 == "+" || $0 == "-" }
    if lower.hasPrefix("nan") || lower.hasPrefix("inf") {
      return "'\(text)' is not a finite number"
    }
    let digits = lower.filter { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, lower.allSatisfy({ "0123456789.+-edq".contains($0) }),
      lower.first.map({ "0123456789.".contains($0) }) == true,
      lower.filter({ $0 == "." }).count < 2, lower.filter({ "edq".contains($0) }).count < 2,
      lower.last.map({ !"edq+-".contains($0) }) == true
    {
      return "'\(text)' is too large a number"
    }
    return "'\(text)' is not a number"
  }
}
