import Quantities

/// Judges one limit of a design.
struct LimitJudge {
  let limit: PartLimit
  let figures: FigureReadings

  var result: LimitResult {
    let bound = limit.limit.value
    let readings = figures.entries.map { entry in
      var reading = entry.result
      guard let value = reading.value else { return reading }
      reading.difference = value - bound
      if bound != 0 { reading.relativeDifference = (value - bound) / bound }
      let isInside = limit.bound == .below ? value <= bound : value >= bound
      reading.verdict = isInside ? .pass : .fail
      return reading
    }
    let stated = readings.filter(\.isStated).map(\.verdict)
    return LimitResult(
      name: limit.name, read: limit.reading.observable.text, bound: limit.bound, limit: bound,
      unit: limit.limit.unit.symbol, source: limit.source, readings: readings,
      verdict: stated.isEmpty ? .notEvaluable : .worst(of: stated))
  }
}
