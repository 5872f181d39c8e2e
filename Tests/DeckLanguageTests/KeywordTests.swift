import Foundation
import Meshing
import Testing

@testable import DeckLanguage
@testable import Files

@Suite("Rows of keywords") struct KeywordTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the page about keywords has the table of the rows`() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Docs/Keywords.md"), encoding: .utf8)
    #expect(page.contains(Keyword.table), "Docs/Keywords.md needs this table:\n\(Keyword.table)")
    for name in Keyword.idleNames { #expect(page.contains("`\(name)`")) }
  }

  @Test func `every keyword of the decks that CalculiX agrees with has a row`() throws {
    let folder = Self.root.appending(path: "Tests/OracleDecks")
    let decks = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".inp") }
    #expect(decks.count > 50)
    let known = Set(Keyword.all.map { Keyword.key($0.name) })
    for deck in decks {
      let text = try String(contentsOf: folder.appending(path: deck), encoding: .utf8)
      for line in text.split(separator: "\n") where line.hasPrefix("*") && !line.hasPrefix("**") {
        let key = Keyword.key(String(line.prefix { $0 != "," }))
        // Its text may stand on its own line.
        #expect(known.contains(key) || key.hasPrefix("HEADING"), "\(deck): \(line)")
      }
    }
  }

  @Test func `no keyword or parameter is there twice`() {
    let keys = Keyword.all.flatMap { [$0.name] + ($0.alias.map { [$0] } ?? []) }.map(Keyword.key)
    #expect(Set(keys).count == keys.count)
    for row in Keyword.all {
      let parameters = ((row.parameters ?? []) + row.refused).map(Keyword.key)
      #expect(Set(parameters).count == parameters.count, "\(row.name)")
    }
  }

  /// The deck of a test with a bare card of a keyword at a place.
  private static func read(_ name: String, inStep: Bool) -> (faults: [String], warnings: [String]) {
    let card = name + "\n"
    let text =
      inStep
      ? DeckText.brick(step: DeckText.step(card)) : DeckText.brick(model: card)
    do throws(InputFaults) {
      let deck = try DeckText.deck(text)
      return ([], deck.warnings.map(\.description))
    } catch {
      return (error.faults.map(\.description), [])
    }
  }

  @Test(
    "a card of a step is refused outside one, one of the model inside", arguments: Keyword.supported
  )
  func scopes(_ row: Keyword) {
    let outside = Self.read(row.name, inStep: false)
    let inside = Self.read(row.name, inStep: true)
    let needsStep = " \(row.name) stands outside a step; move it between *STEP and *END STEP"
    let needsModel = " \(row.name) stands inside or after a step; move it before the first *STEP"
    #expect(outside.faults.contains { $0.hasSuffix(needsStep) } == (row.scope == .step))
    #expect(inside.faults.contains { $0.hasSuffix(needsModel) } == (row.scope == .model))
    if row.scope == .output {
      #expect(outside.faults == [])
      #expect(
        outside.warnings.contains {
          $0.contains(" \(row.name) stands outside a step; ")
        })
    }
  }

  @Test(
    "an unknown parameter is a warning, one that would change the answer or is missing a fault",
    arguments: Keyword.supported)
  func parameters(_ row: Keyword) {
    guard row.parameters != nil, row.pass != .mesh else { return }
    if let need = row.need {
      let expected = "\(need.otherwise) is not supported; write \(row.name), \(need.parameter)"
      for inStep in [false, true] {
        #expect(Self.read(row.name, inStep: inStep).faults.contains { $0.hasSuffix(expected) })
      }
    }
    let inStep = row.scope == .step || row.scope == .output
    for refused in row.refused {
      let faults = Self.read("\(row.name), \(refused)", inStep: inStep).faults
      let key = Keyword.key(refused)
      #expect(
        faults.contains { $0.contains(" \(row.name), \(key) is not supported; supported are") })
    }
    let faults = Self.read("\(row.name), COLOUR", inStep: inStep).faults
    #expect(!faults.contains { $0.contains("COLOUR") })
  }
}

@Suite("Rows of procedures") struct ProcedureTests {
  @Test("its card begins it", arguments: DeckStep.Procedure.allCases)
  func card(_ procedure: DeckStep.Procedure) throws {
    let material = "*MATERIAL, NAME=STEEL\n*ELASTIC\n1., 0.\n*CONDUCTIVITY\n1.\n*DENSITY\n1.\n"
    let text = DeckText.brick(
      material: material, step: "*STEP\n\(procedure.traits.usage)\n*END STEP\n")
    let deck = try DeckText.deck(text)
    #expect(deck.steps.map(\.procedure) == [procedure])
  }

  @Test("its materials need what it says", arguments: DeckStep.Procedure.allCases)
  func needs(_ procedure: DeckStep.Procedure) {
    let traits = procedure.traits
    let text = DeckText.brick(
      material: "*MATERIAL, NAME=STEEL\n", step: "*STEP\n\(traits.usage)\n*END STEP\n")
    #expect(
      DeckText.faults(text)
        == traits.properties.map {
          "a.inp:18: the material STEEL has no \($0.keyword), which \(traits.step) needs; "
            + "write \($0.keyword) and the constants after *MATERIAL"
        })
  }

  @Test func `no two procedures are called the same`() {
    let rows = DeckStep.Procedure.allCases.map(\.traits)
    #expect(Set(rows.map(\.name)).count == rows.count)
    #expect(Set(rows.map(\.keyword)).count == rows.count)
  }
}
