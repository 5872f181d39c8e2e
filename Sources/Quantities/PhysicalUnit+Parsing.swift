internal import Files

extension PhysicalUnit {
  /// A unit as people write it: `MPa`, `1/K`, `W/(m^2*K)`, `W/m²/K`, `N mm`.
  ///
  /// Factors are joined by `*`, `·` or a space and divided by `/`; powers follow `^` or stand as
  /// superscripts. Everything after a `/` up to the next `*` or `/` divides. In a compound, degrees
  /// Celsius and Fahrenheit mean differences.
  package init(parsing text: String) throws(QuantityError) {
    var parser = UnitParser(text)
    self = try parser.unit()
  }
}

/// Reads one unit expression.
private struct UnitParser {
  let text: String
  private let characters: [Character]
  private var position = 0
  private var factorCount = 0
  private var last = PhysicalUnit.one

  init(_ text: String) {
    self.text = text
    // Blanks join factors; beside an operator they mean nothing.
    var kept: [Character] = []
    for character in text {
      let joins = character == " " || "*/·)".contains(character)
      if joins, kept.last == " " { kept.removeLast() }
      if character == " ", let last = kept.last, "*/·(".contains(last) { continue }
      kept.append(character)
    }
    characters = kept
  }

  mutating func unit() throws(QuantityError) -> PhysicalUnit {
    guard characters.count <= 64 else {
      throw .malformedUnit(text.prefix(64) + "…", problem: "it is longer than 64 characters")
    }
    let result = try product(depth: 0)
    guard position == characters.count else {
      throw .malformedUnit(text, problem: "'\(characters[position])' is not expected here")
    }
    if factorCount == 1, last.scale == result.scale, last.dimension == result.dimension {
      return last
    }
    return PhysicalUnit(text, scale: result.scale, result.dimension)
  }

  private mutating func product(depth: Int) throws(QuantityError) -> PhysicalUnit {
    var result = try power(depth: depth)
    while position < characters.count, characters[position] != ")" {
      let divides = characters[position] == "/"
      if divides || characters[position] == "*" || characters[position] == "·"
        || characters[position] == " "
      {
        position += 1
      } else {
        throw .malformedUnit(text, problem: "'\(characters[position])' is not expected here")
      }
      let factor = try power(depth: depth)
      result.scale = divides ? result.scale / factor.scale : result.scale * factor.scale
      result.dimension =
        divides ? result.dimension / factor.dimension : result.dimension * factor.dimension
    }
    return result
  }

  private mutating func power(depth: Int) throws(QuantityError) -> PhysicalUnit {
    var base = try factor(depth: depth)
    guard let exponent = try exponent() else { return base }
    factorCount += 1
    guard (-9...9).contains(exponent) else {
      throw .malformedUnit(text, problem: "a power beyond 9")
    }
    let scale = base.scale
    base.scale = 1
    for _ in 0..<abs(exponent) { base.scale *= scale }
    if exponent < 0 { base.scale = 1 / base.scale }
    base.dimension = base.dimension.raised(to: exponent)
    return base
  }

  private mutating func factor(depth: Int) throws(QuantityError) -> PhysicalUnit {
    guard position < characters.count else {
      throw .malformedUnit(text, problem: "it ends where a unit is expected")
    }
    if characters[position] == "(" {
      guard depth < 8 else { throw .malformedUnit(text, problem: "too many parentheses") }
      position += 1
      let inner = try product(depth: depth + 1)
      guard position < characters.count, characters[position] == ")" else {
        throw .malformedUnit(text, problem: "a parenthesis is not closed")
      }
      position += 1
      factorCount += 1
      return inner
    }
    let start = position
    if characters[position] == "1" || characters[position] == "%" || characters[position] == "°" {
      position += 1
    }
    if start == position || characters[start] == "°" {
      while position < characters.count, isSymbol(characters[position]) { position += 1 }
    }
    let symbol = String(characters[start..<position])
    guard !symbol.isEmpty else {
      throw .malformedUnit(text, problem: "'\(characters[position])' is not expected here")
    }
    guard let unit = UnitTable.units[symbol] else {
      throw .unknownUnit(symbol, nearest: symbol.nearest(in: UnitTable.symbols))
    }
    factorCount += 1
    last = unit
    return unit
  }

  private func isSymbol(_ character: Character) -> Bool {
    character.isLetter && exponentDigit(character) == nil
  }

  private mutating func exponent() throws(QuantityError) -> Int? {
    guard position < characters.count else { return nil }
    let isMarked = characters[position] == "^"
    if isMarked { position += 1 }
    var sign = 1
    if position < characters.count,
      characters[position] == "⁻" || (isMarked && characters[position] == "-")
    {
      sign = -1
      position += 1
    }
    guard position < characters.count,
      let digit = exponentDigit(characters[position]) ?? characters[position].wholeNumberValue
    else {
      if isMarked || sign < 0 {
        throw .malformedUnit(text, problem: "a whole number must follow '^'")
      }
      return nil
    }
    position += 1
    return sign * digit
  }

  private func exponentDigit(_ character: Character) -> Int? {
    Array("⁰¹²³⁴⁵⁶⁷⁸⁹").firstIndex(of: character)
  }
}
