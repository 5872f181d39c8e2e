package import DeckLanguage
import Glibc
import Meshing
package import ThermoElasticity

/// A deck and its solution: what `gcgan-solve` writes.
package struct SolvedDeck: Sendable {
  /// The deck.
  package var deck: Deck
  /// The `.dat`.
  package var dat: [UInt8]
  /// The last state of every step.
  package var states: [DeckState]
  /// The estimated discretisation error of those states, by step; heat steps have none.
  package var errors: [Int: ErrorEstimate]
  /// What was checked and measured.
  package var report: SolveReport

  /// Reads and solves a deck; writes nothing.
  ///
  /// - Parameters:
  ///   - announce: Told what each linear system will take before it is made.
  ///   - prepare: Called once the deck is read and found right, before it is solved.
  /// - Throws: ``InputFaults`` for what is wrong in the deck; ``SolveError`` and ``AnalysisFault`` for what cannot
  ///   be solved.
  package init(
    solvingDeckAt path: String, options: SolveOptions = SolveOptions(),
    announce: ((LinearSystemSize) -> Void)? = nil, prepare: () throws -> Void = {}
  ) throws {
    var times = StageTimes()
    let deck = try times.measure(.read) { try Deck(contentsOf: path) }
    try prepare()
    try self.init(
      solving: deck, name: path.lastPathComponent, options: options, announce: announce,
      times: times)
  }

  /// Solves a deck that is at hand; writes nothing.
  package init(
    solving deck: Deck, name: String, options: SolveOptions = SolveOptions(),
    announce: ((LinearSystemSize) -> Void)? = nil, times: StageTimes = StageTimes()
  ) throws {
    var run = DeckRun(deck)
    let model = run.model
    let solver = FactorReusingSolver(model, options, announce: announce)
    var writer = DatWriter(deck, model: model)
    var printing = StageTimes()
    var states: [DeckState] = []
    var report = SolveReport(deck: deck, name: name, options: options)
    var dat: [UInt8] = []
    try run.run(with: solver) { state, requests in
      printing.measure(.print) {
        writer.write(state, requests)
        dat += writer.drain()
      }
      var state = state
      state.elastic = state.elastic?.inPlane(of: deck.mesh)
      report.add(state)
      if states.last?.step == state.step { states.removeLast() }
      states.append(state)
    }
    var errors: [Int: ErrorEstimate] = [:]
    for state in states {
      guard let elastic = state.elastic else { continue }
      let error = try printing.measure(.estimate) {
        try ErrorEstimate(model, elastic, temperature: state.temperature, options: options)
      }
      errors[state.step] = error
      report.error = error
    }
    report.finish(times + solver.times + printing)
    (self.deck, self.dat, self.states, self.errors, self.report) = (
      deck, dat, states, errors, report
    )
    if isAtRest { self.report.warnings.append(Self.restWarning) }
  }
}

extension String {
  /// What follows the last slash.
  var lastPathComponent: String { split(separator: "/").last.map(String.init) ?? self }

  /// The name without a trailing `.inp`, in whatever case.
  var withoutDeckExtension: String {
    lowercased().hasSuffix(".inp") ? String(dropLast(4)) : self
  }
}
