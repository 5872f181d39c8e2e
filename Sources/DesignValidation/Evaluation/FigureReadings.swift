import Glibc
import Meshing
import Quantities

/// One figure as read from the models of a part, in the unit of its reference or limit.
struct FigureReadings {
  /// What is known of a model beside its figure.
  struct Entry {
    var result: ReadingResult
    var elementType: String
    /// A typical cell's size relative to the part: cells to the power −1/dimension.
    var cellSize: Double
    var isQuadratic: Bool
    var energyErrorEstimate: Double?
  }

  let reading: PartReading
  /// Names; `nil` for all models.
  let models: [String]?
  let unit: PhysicalUnit
  var entries: [Entry] = []

  init(reading: PartReading, models: [String]?, unit: PhysicalUnit) {
    (self.reading, self.models, self.unit) = (reading, models, unit)
  }

  /// Reads the figure from a model, if it is one of its models.
  mutating func read(_ model: PartModel, _ answer: ModelAnswer, units: UnitSystem) {
    guard models?.contains(model.name) ?? true else { return }
    var result = ReadingResult(
      model: model.name, isStated: model.isStated, verdict: .notEvaluable)
    if reading.observable == .unsupportedLoads {
      do {
        let sample = try answer.uncarriedLoads()
        result.value = sample.value / (reading.over?.si ?? 1)
        result.location = sample.location
        result.node = sample.node
        result.position = sample.position
      } catch {
        result.failure = error.description
      }
      let isQuadratic = answer.solved?.mesh.blocks.allSatisfy(\.shape.isQuadratic) ?? false
      entries.append(
        Entry(
          result: result, elementType: answer.solved?.elementTypes ?? "", cellSize: .nan,
          isQuadratic: isQuadratic))
      return
    }
    guard let answer = answer.solved else {
      result.failure = "the model could not be solved"
      entries.append(
        Entry(result: result, elementType: "", cellSize: .nan, isQuadratic: false))
      return
    }
    do {
      let (value, sample, leftOut) = try value(in: answer, units: units)
      result.value = value
      result.scale = scale(in: answer, units: units)
      result.basis =
        reading.observable.isAveraged ? reading.isNorm ? "cell-mean" : "node-average" : nil
      result.leftOut = leftOut
      result.location = sample.location
      result.node = sample.node
      result.position = sample.position
    } catch {
      result.failure = error.description
    }
    let step = reading.step.map { answer.steps[min($0, answer.steps.count) - 1] }
    let cells = Double(answer.mesh.cellCount)
    entries.append(
      Entry(
        result: result, elementType: answer.elementTypes,
        cellSize: pow(cells, -1 / Double(answer.dimension)),
        isQuadratic: answer.mesh.blocks.allSatisfy(\.shape.isQuadratic),
        energyErrorEstimate: (step ?? answer.steps.last)?.energyErrorEstimate))
  }

  private func value(in answer: SolvedModel, units: UnitSystem) throws(ReadingFault)
    -> (Double, FieldReader.Sample, ExclusionResult?)
  {
    guard let deckUnit = units.unit(of: reading.observable.dimension) else {
      throw ReadingFault("the part file states no unit for '\(reading.observable.text)'")
    }
    if reading.steps != nil || reading.isNorm {
      let (value, sample) = try valueOverSteps(in: answer, units: units, deckUnit: deckUnit)
      return (converted(value, from: deckUnit, isDifference: reading.zero != nil), sample, nil)
    }
    let reader = try FieldReader(answer, step: reading.step, length: units.length)
    let zone = try reading.awayFrom.map { (places) throws(ReadingFault) in
      try SingularZone(places, of: answer.mesh, length: units.length)
    }
    let sample = try reader.sample(reading.observable, at: reading.place, awayFrom: zone)
    var value = sample.value
    var isDifference = reading.zero != nil
    var subtracted = zero(in: deckUnit)
    value -= subtracted
    if let minus = reading.minus {
      let other = try reader.sample(reading.observable, at: minus).value
      value -= other
      subtracted = other
      isDifference = true
    }
    value = converted(value, from: deckUnit, isDifference: isDifference)
    guard value.isFinite else { throw ReadingFault("the value is NaN or infinite") }
    let leftOut = zone.map { zone in
      // What is subtracted stays what it is.
      let leftOutValue = sample.leftOut.map { $0.value - subtracted }
      return ExclusionResult(
        distance: zone.distance, nodeCount: sample.leftOut?.nodeCount ?? 0,
        largest: leftOutValue.map { converted($0, from: deckUnit, isDifference: isDifference) },
        location: sample.leftOut?.location)
    }
    return (value, sample, leftOut)
  }

  /// The size of what the figure is read from, in the unit of the reference or limit; `nil` for figures of the whole part.
  private func scale(in answer: SolvedModel, units: UnitSystem) -> Double? {
    guard let deckUnit = units.unit(of: reading.observable.dimension),
      let reader = try? FieldReader(answer, step: reading.step, length: units.length),
      let size = try? reader.field(reading.observable).size(isSum: reading.observable.isSummed)
    else { return nil }
    let scale = abs(converted(size, from: deckUnit, isDifference: true))
    return scale.isFinite ? scale : nil
  }

  /// What counts as zero, in the deck's unit.
  private func zero(in deckUnit: PhysicalUnit) -> Double {
    reading.zero.map { deckUnit.value($0.value, from: $0.unit) } ?? 0
  }

  /// A figure of several steps, or a norm, in the deck's unit.
  private func valueOverSteps(in answer: SolvedModel, units: UnitSystem, deckUnit: PhysicalUnit)
    throws(ReadingFault) -> (Double, FieldReader.Sample)
  {
    let steps = reading.steps ?? PartSteps([reading.step ?? answer.steps.count])
    let zero = zero(in: deckUnit)
    var sum = 0.0
    var sizes: [Double] = []
    for (place, (number, weight)) in zip(steps.numbers, steps.weights).enumerated() {
      let reader = try FieldReader(answer, step: number, length: units.length)
      if case .norm(let norm) = reading.place {
        let set = norm.sets.count == 1 ? norm.sets[0] : norm.sets[place]
        let values = try reader.values(reading.observable, over: set).map { $0 - zero }
        sizes +=
          norm.function == .warpage ? try reader.offPlane(values, over: set) : values
      } else {
        sum += weight * (try reader.sample(reading.observable, at: reading.place).value - zero)
      }
    }
    let listed = steps.numbers.map { "\($0)" }.joined(separator: ", ")
    let location = steps.numbers.count == 1 ? "step \(listed)" : "steps \(listed)"
    guard case .norm(let place) = reading.place else {
      return (sum, .init(value: sum, location: "the sum of \(location)"))
    }
    var scale = 1.0
    if case .ks(_, let given) = place.function {
      scale = deckUnit.value(given.value, from: given.unit)
    }
    let value = place.function.value(of: sizes, scale: scale)
    guard value.isFinite else { throw ReadingFault("the figure is not a number") }
    return (
      value, .init(value: value, location: "\(place.text), \(sizes.count) values of \(location)")
    )
  }

  /// A value in the deck's unit as one in the unit of the reference or limit.
  private func converted(_ value: Double, from deckUnit: PhysicalUnit, isDifference: Bool) -> Double
  {
    if let over = reading.over {
      let si = isDifference ? deckUnit.siDifference(value) : deckUnit.si(value)
      return unit.difference(fromSI: si / over.si)
    }
    guard deckUnit.scale != unit.scale || (!isDifference && deckUnit.shift != unit.shift) else {
      return value
    }
    return isDifference
      ? unit.difference(fromSI: deckUnit.siDifference(value)) : unit.value(value, from: deckUnit)
  }
}
