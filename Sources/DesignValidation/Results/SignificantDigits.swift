import Glibc

extension Double {
  /// The number with so many significant digits, as people write it: no exponent between 1e-4 and 1e7.
  package func significant(_ digits: Int) -> String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    guard self != 0 else { return "0" }
    var text = [CChar](repeating: 0, count: 64)
    let exponent = Int(log10(abs(self)).rounded(.down))
    if exponent >= -4, exponent < 7 {
      let decimals = Swift.max(0, digits - 1 - exponent)
      _ = withVaList([Int32(decimals), self]) { vsnprintf(&text, text.count, "%.*f", $0) }
      let result = text.string.withoutTrailingZeros
      return result == "-0" ? "0" : result
    }
    _ = withVaList([Int32(digits - 1), self]) { vsnprintf(&text, text.count, "%.*e", $0) }
    let parts = text.string.split(separator: "e")
    guard parts.count == 2 else { return text.string }
    return parts[0].withoutTrailingZeros + "e" + parts[1]
  }
}

extension StringProtocol {
  /// A decimal number without zeros at the end of its fraction.
  fileprivate var withoutTrailingZeros: String {
    guard contains(".") else { return String(self) }
    var result = String(self)
    while result.hasSuffix("0") { result.removeLast() }
    if result.hasSuffix(".") { result.removeLast() }
    return result
  }
}

extension [CChar] {
  fileprivate var string: String {
    String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
