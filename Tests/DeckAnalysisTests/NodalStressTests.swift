import DeckLanguage
import Foundation
import Meshing
import NumericalMethods
import Testing
import ThermoElasticity

@testable import DeckAnalysis
@testable import Files

/// Stresses and strains at the nodes, means over the cells that meet there, beside CalculiX's `.frd`.
@Suite("Nodal stresses beside CalculiX 2.20") struct NodalStressTests {
  /// Decks of solids: of plane cells CalculiX writes the bricks it makes of them. Not those of C3D6, in which CalculiX
  /// writes values that lie on no line through the cell's two points.
  static let decks = OracleTests.decks.filter {
    $0.hasPrefix("solid-") && $0 != "solid-c3d6.inp"
  }

  /// A `.frd` has six digits; the mean of cells whose values are of opposite sign keeps five of the largest.
  static let tolerance = 1e-5

  @Test("are the means of the cells that meet at a node", arguments: decks)
  func agree(_ name: String) throws {
    let text = try OracleTests.runCalculiX(name, ending: ".frd")
    let solved = try SolvedDeck(solvingDeckAt: OracleTests.folder.appending(path: name).path)
    let mesh = solved.deck.mesh
    let elastic = try #require(solved.states.last?.elastic)
    for (field, found) in [
      ("STRESS", elastic.stress), ("TOSTRAIN", elastic.strain),
    ] {
      let expected = Self.lastField(field, of: text)
      try #require(!expected.isEmpty, "CalculiX wrote no \(field)")
      let nodal = found.nodalAverage(on: mesh, digits: .calculiX)
      let places = Dictionary(uniqueKeysWithValues: zip(mesh.nodeLabels, mesh.nodes.indices))
      let largest = expected.values.map(\.magnitude).max() ?? 0
      for (label, value) in expected {
        let node = try #require(places[label], "node \(label)")
        let difference = (nodal[node] - value).magnitude
        #expect(
          difference <= Self.tolerance * largest,
          "\(field) of node \(label): \(nodal[node]) instead of \(value)")
      }
    }
  }

  /// The tensors of the last block of a name, by the number of the node.
  private static func lastField(_ name: String, of text: String) -> [Int: SymmetricTensor] {
    var fields: [Int: SymmetricTensor] = [:]
    var isInside = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix(" -4") {
        isInside = line.split(separator: " ").dropFirst().first.map(String.init) == name
        if isInside { fields = [:] }
      } else if line.hasPrefix(" -3") {
        isInside = false
      } else if isInside, line.hasPrefix(" -1") {
        // Columns: three for the kind of line, ten for the node, twelve for each number, without blanks between.
        let columns = Array(line.utf8)
        func number(_ from: Int, _ count: Int) -> String {
          String(decoding: columns[from..<from + count], as: UTF8.self)
            .trimmingCharacters(in: .whitespaces)
        }
        let values = (0..<6).compactMap { Double(number(13 + 12 * $0, 12)) }
        guard let label = Int(number(3, 10)), values.count == 6 else { continue }
        fields[label] = SymmetricTensor(
          xx: values[0], yy: values[1], zz: values[2], xy: values[3], xz: values[5], yz: values[4])
      }
    }
    return fields
  }
}
