internal import Files

extension Expression {
  /// Reads arithmetic.
  ///
  /// - Throws: ``ExpressionFault`` with what cannot be read.
  init(parsing text: String) throws(ExpressionFault) {
    var parser = ExpressionParser(rest: text[...])
    self = try parser.sum()
    guard parser.next == nil else {
      throw ExpressionFault("'\(parser.rest.trimmed.shortened)' is left over")
    }
  }
}

/// Reads sums of products of values, left to right.
private struct ExpressionParser {
  var rest: Substring
  private var depth = 0

  init(rest: Substring) { self.rest = rest }

  /// The next character that is no blank.
  var next: Character? {
    mutating get {
      while rest.first?.isWhitespace ?? false { rest = rest.dropFirst() }
      return rest.first
    }
  }

  mutating func sum() throws(ExpressionFault) -> Expression {
    var value = try product()
    while let sign = next, sign == "+" || sign == "-" {
      rest = rest.dropFirst()
      let other = try product()
      value = sign == "+" ? .sum(value, other) : .difference(value, other)
    }
    return value
  }

  private mutating func product() throws(ExpressionFault) -> Expression {
    var value = try factor()
    while let sign = next, sign == "*" || sign == "/" {
      rest = rest.dropFirst()
      let other = try factor()
      value = sign == "*" ? .product(value, other) : .quotient(value, other)
    }
    return value
  }

  private mutating func factor() throws(ExpressionFault) -> Expression {
    guard let first = next else { throw ExpressionFault("a value is missing at its end") }
    depth += 1
    defer { depth -= 1 }
    guard depth <= 32 else { throw ExpressionFault("it is nested more than 32 deep") }
    if first == "-" {
      rest = rest.dropFirst()
      return .product(.constant(-1), try factor())
    }
    if first == "(" {
      rest = rest.dropFirst()
      let value = try sum()
      try take(")")
      return value
    }
    if first.isASCII && (first.isNumber || first == ".") { return .constant(try number()) }
    guard let name = rest.leadingName else {
      throw ExpressionFault("'\(rest.trimmed.shortened)' cannot be read")
    }
    rest = rest.dropFirst(name.count)
    guard next == "(" else { return name == "pi" ? .constant(.pi) : .name(name) }
    guard let function = ScalarFunction(rawValue: name) else {
      let all = ScalarFunction.allCases.map(\.rawValue)
      throw ExpressionFault(
        "there is no function '\(name)'; there are \(all.joined(separator: ", "))")
    }
    rest = rest.dropFirst()
    var arguments = [try sum()]
    while next == "," {
      rest = rest.dropFirst()
      arguments.append(try sum())
    }
    try take(")")
    guard arguments.count == function.argumentCount else {
      throw ExpressionFault("\(name) takes \(function.argumentCount), found \(arguments.count)")
    }
    return .call(function, arguments)
  }

  private mutating func take(_ mark: Character) throws(ExpressionFault) {
    guard next == mark else { throw ExpressionFault("'\(mark)' is missing") }
    rest = rest.dropFirst()
  }

  private mutating func number() throws(ExpressionFault) -> Double {
    var digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    // 1e-3, but not the e of a name that stands next to it.
    let tail = rest.dropFirst(digits.count)
    if tail.first == "e" {
      let sign = tail.dropFirst().first.map { "+-".contains($0) } ?? false
      let exponent = tail.dropFirst(sign ? 2 : 1).prefix { $0.isASCII && $0.isNumber }
      if !exponent.isEmpty { digits = rest.prefix(digits.count + (sign ? 2 : 1) + exponent.count) }
    }
    guard let value = Double(String(digits)) else {
      throw ExpressionFault("'\(String(digits).shortened)' is no number")
    }
    rest = rest.dropFirst(digits.count)
    return value
  }
}

extension Substring {
  /// The name that a text begins with: letters, digits, and hyphens between them.
  var leadingName: String? {
    guard let first, first.isASCII, first.isLetter else { return nil }
    var name = prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    while name.last == "-" { name = name.dropLast() }
    return String(name)
  }
}
