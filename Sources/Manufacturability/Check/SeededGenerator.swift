/// Random numbers that are the same for the same seed, on every machine.
///
/// A value: its whole state is ``state``, so that a program can save it and go on with the same numbers.
///
/// - Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014 (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable, Codable {
  /// All that the next numbers depend on.
  package private(set) var state: UInt64

  /// A generator whose numbers a seed determines.
  package init(seed: UInt64) { state = seed }

  /// A generator for one member of a numbered set: neighbours' numbers have nothing to do with each other.
  package init(seed: UInt64, stream: UInt64) {
    var seeds = Self(seed: seed)
    var streams = Self(seed: seeds.next() ^ stream)
    state = streams.next()
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in 0..<1.
  package mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in 0..<count.
  package mutating func nextIndex(below count: Int) -> Int {
    precondition(count > 0, "an index below \(count)")
    return Int((nextUnit() * Double(count)).rounded(.down))
  }
}
