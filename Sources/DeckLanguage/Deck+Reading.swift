package import Files
import Meshing

extension Deck {
  /// Reads a deck as ccx 2.20 understands it.
  ///
  /// - Parameter path: A file whose name ends in `.inp`; `*INCLUDE` looks in its folder.
  /// - Throws: ``InputFaults`` with everything that is wrong in the deck.
  package init(contentsOf path: String) throws(InputFaults) {
    let file: DeckFile
    do { file = try DeckFile(contentsOf: path) } catch { throw InputFaults([error]) }
    self = try DeckReader.deck(file, folder: DeckFolder(of: path))
  }

  /// Reads a deck that is at hand.
  ///
  /// - Parameters:
  ///   - bytes: The deck.
  ///   - name: The file as messages name it.
  ///   - includes: Files that `*INCLUDE` may name.
  /// - Throws: ``InputFaults`` with everything that is wrong in the deck.
  package init(
    bytes: [UInt8], name: String, includes: [String: [UInt8]] = [:]
  ) throws(InputFaults) {
    self = try DeckReader.deck(
      DeckFile(name: name, bytes: bytes), folder: DeckFolder(files: includes))
  }
}
