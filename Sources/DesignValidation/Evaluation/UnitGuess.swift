import Quantities

/// Units a deck may be in, other than those its part file states.
struct UnitGuess {
  var units: UnitSystem
  /// What the part file would say, such as `length: mm`.
  var text: String

  /// One unit exchanged, the likeliest first: decks are in millimetres or metres, and in newtons.
  static func all(for units: UnitSystem) -> [Self] {
    let lengths: [(String, Double)] = [
      ("mm", 1e-3), ("m", 1), ("um", 1e-6), ("in", 0.0254), ("cm", 1e-2), ("ft", 0.3048),
      ("nm", 1e-9),
    ]
    let forces: [(String, Double)] = [("N", 1), ("kN", 1e3), ("lbf", 4.4482216152605)]
    func length(_ entry: (String, Double)) -> Self {
      var other = units
      other.length = PhysicalUnit(entry.0, scale: entry.1, .length)
      return Self(units: other, text: "length: \(entry.0)")
    }
    func force(_ entry: (String, Double)) -> Self {
      var other = units
      other.force = PhysicalUnit(entry.0, scale: entry.1, .force)
      return Self(units: other, text: "force: \(entry.0)")
    }
    let all: [Self] =
      lengths.prefix(2).map(length) + forces.prefix(1).map(force)
      + lengths.dropFirst(2).map(length) + forces.dropFirst().map(force)
    return all.filter {
      $0.units.length.scale != units.length.scale || $0.units.force.scale != units.force.scale
    }
  }
}

extension [UnitGuess] {
  /// The first that fits best; `nil` where none fits.
  ///
  /// - Parameter fit: How well units fit; 0 where they do not.
  func best(_ fit: (UnitSystem) -> Int) -> UnitGuess? {
    var best: (guess: UnitGuess, fit: Int)?
    for guess in self {
      let fit = fit(guess.units)
      if fit > best?.fit ?? 0 { best = (guess, fit) }
    }
    return best?.guess
  }
}

extension UnitSystem {
  /// The units as a part file states them.
  var text: String {
    let all: [(String, PhysicalUnit?)] = [
      ("length", length), ("force", force), ("temperature", temperature), ("power", power),
    ]
    return "{"
      + all.compactMap { key, unit in unit.map { "\(key): \($0.symbol)" } }
      .joined(separator: ", ") + "}"
  }
}
