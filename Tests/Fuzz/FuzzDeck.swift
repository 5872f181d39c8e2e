import DeckLanguage
import Meshing

/// Asks libFuzzer's bytes of the deck reader: it may refuse them, and must not trap, hang or leak.
///
/// The first byte says how much of the rest is the deck; what is left is a file it may include as `A`.
@_cdecl("LLVMFuzzerTestOneInput")
public func readFuzzedDeck(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: data, count: count))
  let split = count > 1 ? 1 + Int(bytes[0]) * (count - 1) / 255 : count
  let deck = Array(bytes[min(1, count)..<split])
  let include = Array(bytes[split...])
  _ = try? Deck(bytes: deck, name: "fuzz.inp", includes: ["A": include])
  _ = try? AbaqusReader.mesh(bytes: deck, name: "fuzz.inp", includes: ["A": include])
  return 0
}
