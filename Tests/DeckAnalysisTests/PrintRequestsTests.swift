import DeckLanguage
import Meshing
import Testing

@testable import DeckAnalysis
@testable import Files

@Suite("Print requests from step to step") struct PrintRequestsTests {
  static func step(_ cards: PrintCard..., every count: Int? = nil, at points: String? = nil)
    -> DeckStep
  {
    var step = DeckStep()
    step.procedure = .steadyHeat
    step.cards = cards.map { .print($0) }
    (step.outputFrequency, step.outputTimePoints) = (count, points)
    return step
  }

  static func rows(_ names: [String]) -> [OutputKey] {
    names.compactMap { name in OutputKey.all.first { $0.name == name } }
  }

  static func nodes(_ set: String, _ keys: String..., frequency: Int = -1) -> PrintCard {
    var card = PrintCard(
      region: .nodes(set: set, [0]), keys: rows(keys), location: InputFault.Location(file: ""))
    card.frequency = frequency
    return card
  }

  static func cells(_ set: String, _ keys: String...) -> PrintCard {
    PrintCard(
      region: .cells(set: set, [0]), keys: rows(keys), location: InputFault.Location(file: ""))
  }

  /// The keys asked for after some steps.
  static func keys(_ steps: DeckStep...) -> [String] {
    var requests = PrintRequests()
    for step in steps { requests.apply(step) }
    return requests.requests.map(\.key.name)
  }

  @Test func `the first card of a kind drops the requests of that kind`() {
    let first = Self.step(Self.nodes("A", "U", "NT"), Self.cells("B", "S"))
    #expect(Self.keys(first, Self.step()) == ["U", "NT", "S"])
    #expect(
      Self.keys(first, Self.step(Self.nodes("A", "RF"), Self.nodes("C", "NT"))) == [
        "S", "RF", "NT",
      ])
  }

  @Test func `without temperatures none are printed, nor later`() {
    var requests = PrintRequests()
    requests.apply(Self.step(Self.nodes("A", "U", "NT")), knowsTemperature: false)
    #expect(requests.requests.map(\.key.name) == ["U"])
    requests.apply(Self.step(), knowsTemperature: true)
    #expect(requests.requests.map(\.key.name) == ["U"])
  }

  @Test func `FREQUENCY=0 drops and asks for nothing`() {
    let first = Self.step(Self.nodes("A", "U"), Self.cells("B", "S"))
    #expect(Self.keys(first, Self.step(Self.nodes("A", "RF", frequency: 0))) == ["S"])
  }

  @Test func `when to print is the step's to say, and lives on`() {
    var requests = PrintRequests()
    // The cards' own numbers count for nothing: a file card may come after them.
    requests.apply(Self.step(Self.nodes("A", "U", frequency: 7), every: 3))
    #expect(requests.frequency == 3)
    requests.apply(Self.step(Self.nodes("A", "U")))
    #expect(requests.frequency == 3)
    requests.apply(Self.step(every: 1, at: "WHEN"))
    #expect(requests.frequency == 1)
    #expect(requests.timePoints == "WHEN")
    requests.apply(Self.step(every: 2))
    #expect(requests.frequency == 2)
    #expect(requests.timePoints == nil)
  }
}
