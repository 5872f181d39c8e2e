import Meshing
import ThermoElasticity

extension DatWriter {
  /// Writes the block of a `*SECTION PRINT`.
  mutating func write(section: String, _ facets: [Facet], key: String, _ state: DeckState) {}
}
