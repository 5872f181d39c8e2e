internal import Files
import Meshing

extension DeckReader {
  /// Reads `*STEP`.
  mutating func readStep(_ card: DeckCard) {
    if let open = step {
      faults.add(
        at: card.location,
        "*STEP stands inside the step of line \(open.location.line ?? 0)",
        remedy: "write *END STEP before it")
      endStep()
    }
    var step = DeckStep()
    step.location = card.location
    if card.has("NLGEOM"), card.value(of: "NLGEOM") != "NO" {
      faults.add(
        at: card.location, "*STEP, NLGEOM is not supported: displacements are small here",
        remedy: "remove NLGEOM if displacements are small against the structure")
    }
    if card.has("INC") {
      if let count = card.value(of: "INC").flatMap(Int.init), count > 0 {
        step.largestIncrementCount = count
      } else {
        faults.add(
          at: card.location,
          "*STEP, INC=\(card.value(of: "INC") ?? "") is not a number of increments")
      }
    }
    switch card.value(of: "AMPLITUDE") {
    case nil: break
    case "RAMP": step.isStepped = false
    case "STEP": step.isStepped = true
    case let other?:
      faults.add(
        at: card.location, "*STEP, AMPLITUDE=\(other) is not supported",
        remedy: "write RAMP or STEP")
    }
    step.cards = waiting
    waiting = []
    hasProcedure = false
    self.step = step
  }

  /// Reads the card of a procedure.
  mutating func begin(_ procedure: DeckStep.Procedure, _ card: DeckCard) {
    if hasProcedure {
      faults.add(
        at: card.location, "the step has a second procedure, \(card.title)",
        remedy: "write one procedure per step")
      return
    }
    hasProcedure = true
    step?.procedure = procedure
    step?.isDirect = card.has("DIRECT") && card.value(of: "DIRECT") != "NO"
    guard let line = Array(card.lines.prefix(1)).first else { return }
    var numbers: [Double?] = []
    for field in 0..<min(4, line.count) {
      numbers.append(line.isBlank(field) ? nil : number(line, field))
    }
    step?.increments = numbers
    for case let value? in numbers where value < 0 {
      faults.add(at: line.location, "the time \(value) is negative")
    }
    if numbers.count > 1, let first = numbers[0], let period = numbers[1], period > 0,
      first > period
    {
      faults.add(
        at: line.location, "the first increment, \(first), is longer than the step, \(period)",
        remedy: "write first increment, period of the step")
    }
  }

  /// Reads `*END STEP`.
  mutating func readEndStep(_ card: DeckCard) {
    guard step != nil else {
      faults.add(
        at: card.location, "*END STEP ends no step", remedy: "write *STEP where the step begins")
      return
    }
    endStep()
  }

  /// Takes the step that is being read into the deck.
  mutating func endStep() {
    guard let step else { return }
    if !hasProcedure, !hasUnsupportedProcedure(step) {
      faults.add(
        at: step.location, "the step has no procedure",
        remedy: "write "
          + DeckStep.Procedure.allCases.map(\.traits.usage).joined(separator: " or ")
          + " after *STEP")
    }
    checkAmplitudes(of: step)
    deck.steps.append(step)
    self.step = nil
  }

  /// Whether the step has a procedure that was refused already.
  private func hasUnsupportedProcedure(_ step: DeckStep) -> Bool {
    let procedures: Set<String> = [
      "FREQUENCY", "BUCKLE", "DYNAMIC", "VISCO", "MODALDYNAMIC", "STEADYSTATEDYNAMICS", "GREEN",
      "COUPLEDTEMPERATURE-DISPLACEMENT", "UNCOUPLEDTEMPERATURE-DISPLACEMENT", "COMPLEXFREQUENCY",
      "ELECTROMAGNETICS", "CFD", "SENSITIVITY", "SUBSTRUCTUREGENERATE", "NOANALYSIS", "HCF",
      "FEASIBLEDIRECTION", "ROBUSTDESIGN", "CRACKPROPAGATION",
    ]
    guard let first = cards.firstIndex(where: { $0.location == step.location }) else {
      return false
    }
    return cards[first...].prefix { $0.keyword != "ENDSTEP" }
      .contains { procedures.contains($0.keyword) }
  }

  /// Reads `*AMPLITUDE`: up to four times and factors a line.
  mutating func readAmplitude(_ card: DeckCard) {
    guard let name = newName(of: card, kind: "amplitude"), !card.has("USER") else { return }
    for (key, value) in [("DEFINITION", "TABULAR"), ("VALUE", "RELATIVE")] {
      if let given = card.value(of: key), given != value {
        faults.add(
          at: card.location, "*AMPLITUDE, \(key)=\(given) is not supported",
          remedy: "write \(value)")
      }
    }
    let shift = (number("SHIFTX", of: card) ?? 0, number("SHIFTY", of: card) ?? 0)
    var points: [(time: Double, factor: Double)] = []
    for line in card.lines where !faults.isFull {
      for field in stride(from: 0, to: min(8, line.count), by: 2) {
        if line.isBlank(field) { break }
        guard let time = number(line, field), let factor = number(line, field + 1) else { continue }
        if let last = points.last, time + shift.0 < last.time {
          faults.add(
            at: line.location,
            "the time \(time) is before the one it follows, \(last.time - shift.0)",
            remedy: "write times in increasing order")
        }
        points.append((time + shift.0, factor + shift.1))
      }
      if line.count > 8 {
        faults.add(
          at: line.location, "a line of *AMPLITUDE has \(line.count) numbers",
          remedy: "write up to four times and factors on a line; ccx does not read more")
      }
    }
    guard !points.isEmpty else {
      faults.add(
        at: card.location, "the amplitude \(name) has no points", remedy: "write times and factors")
      return
    }
    deck.amplitudes[name] = Amplitude(
      points: points, usesTotalTime: card.value(of: "TIME")?.hasPrefix("TOTALTIME") == true)
  }

  /// Reads `*TIME POINTS`.
  mutating func readTimePoints(_ card: DeckCard) {
    guard let name = newName(of: card, kind: "time points") else { return }
    if card.value(of: "TIME")?.hasPrefix("TOTALTIME") == true { deck.totalTimePoints.insert(name) }
    var times: [Double] = []
    for line in card.lines where !faults.isFull {
      if card.has("GENERATE") {
        guard let first = number(line, 0), let last = number(line, 1), let step = number(line, 2)
        else { continue }
        guard step > 0, last >= first, (last - first) / step < 1e6 else {
          faults.add(
            at: line.location, "these are not first time, last time and distance",
            remedy: "write an increasing range of fewer than a million points")
          continue
        }
        // As in ccx: whole distances from the first time, then the last time itself.
        for index in 0...Int((last - first) / step) { times.append(first + Double(index) * step) }
        if times.last != last { times.append(last) }
      } else {
        for field in 0..<min(8, line.count) {
          if line.isBlank(field) { break }
          if let time = number(line, field) { times.append(time) }
        }
        if line.count > 8 {
          faults.warn(
            at: line.location, "*TIME POINTS reads 8 numbers of a line; the rest is ignored")
        }
      }
    }
    for (a, b) in zip(times, times.dropFirst()) where b < a {
      faults.add(
        at: card.location, "the time \(b) is before the one it follows, \(a)",
        remedy: "write times in increasing order")
      break
    }
    deck.timePoints[name] = times
  }
}
