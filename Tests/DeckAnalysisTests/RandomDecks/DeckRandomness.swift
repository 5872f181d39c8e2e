/// Pseudorandom choices that depend on the seed alone, on every machine.
///
/// - Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014 (SplitMix64).
struct DeckRandomness: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) {
    // Neighbouring seeds must not give the same sequence one place on: each begins at a place of its own.
    state = UInt64(truncatingIfNeeded: seed)
    state = next() ^ 0xD1B5_4A32_D192_ED03
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// True in the given share of all calls.
  mutating func chance(_ share: Double) -> Bool { unit() < share }

  /// A number of a range, with four digits so that a deck is short.
  mutating func number(_ range: ClosedRange<Double>) -> Double {
    let value = range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    return Double(Self.text(value, digits: 4)) ?? value
  }

  /// A number whose logarithm is spread evenly.
  mutating func scale(_ range: ClosedRange<Double>) -> Double {
    let value = range.lowerBound * Self.power(range.upperBound / range.lowerBound, unit())
    return Double(Self.text(value, digits: 3)) ?? value
  }

  /// A whole number of a range.
  mutating func count(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// One of several.
  mutating func one<T>(of values: [T]) -> T { values[count(0...values.count - 1)] }

  /// At least `least` and at most `most` of several, in random order.
  mutating func some<T>(of values: [T], least: Int, most: Int) -> [T] {
    Array(shuffled(values).prefix(count(least...max(least, min(most, values.count)))))
  }

  /// The same values in another order.
  mutating func shuffled<T>(_ values: [T]) -> [T] {
    var values = values
    for index in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(index, count(0...index))
    }
    return values
  }

  private mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
