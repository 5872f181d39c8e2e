import DeckLanguage
import NumericalMethods
import TestSupport
import ThermoElasticity

/// Below what a block of a `.dat` is nothing but round-off of larger numbers.
///
/// Forces on nodes between cells cancel, and so do stresses of a body that may expand as it likes: what is left
/// of them is measured with the numbers it is left of.
struct DatNoise {
  private let largest: [String: Double]
  private let strain: Double
  private let modulus: Double
  private let conductivity: Double

  /// The largest numbers of each kind in a file.
  init(_ file: DatFile, _ deck: Deck) {
    var largest: [String: Double] = [:]
    for block in file.blocks {
      let size = block.rows.reduce(0) { $1.values.reduce($0) { max($0, abs($1)) } }
      if size.isFinite {
        largest[Self.kind(block.title), default: 0] = max(
          largest[Self.kind(block.title)] ?? 0, size)
      }
    }
    self.largest = largest
    strain = max(largest["strains"] ?? 0, largest["displacements"] ?? 0)
    conductivity = deck.materials.compactMap { $0.conductivity?.values.max() }.max() ?? 0
    modulus =
      deck.materials.compactMap { material -> Double? in
        switch material.elasticity {
        case .isotropic(let table), .orthotropic(let table), .engineeringConstants(let table),
          .anisotropic(let table):
          table.values.max()
        case nil: nil
        }
      }.max() ?? 0
  }

  /// What is round-off in a block.
  func level(_ block: DatFile.Block) -> Double {
    let kind = Self.kind(block.title)
    var size = 1e-10 * (largest[kind] ?? 0)
    if kind == "stresses" || kind == "forces" { size = max(size, 1e-13 * modulus * strain) }
    // What is conducted to a node is a sum of conductivity times temperature times a length.
    if kind == "heat generation" {
      size = max(size, 1e-13 * conductivity * (largest["temperatures"] ?? 0))
    }
    return max(size, 1e-13)
  }

  private static func kind(_ title: String) -> String {
    var words = title.split(separator: " ").map(String.init)
    if words.first == "total" { words.removeFirst() }
    switch words.first ?? "" {
    case "force": return "forces"
    case "mechanical": return "strains"
    case "heat": return words[1] == "flux" ? "heat flux" : "heat generation"
    case let word: return word
    }
  }
}
