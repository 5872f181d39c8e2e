internal import Files
import Meshing
import Quantities
import ThermoElasticity

/// Solves the models of a part, reads its figures and judges them.
package struct PartEvaluator: Sendable {
  let solver: any ModelSolver
  /// Writes what a record keeps of every model; `nil` where no record is asked for.
  let keeper: ModelKeeper?

  /// An evaluator that solves with the given solver.
  ///
  /// - Parameter fieldsPath: Where the fields of models are written; each file has this path, two hyphens and the model's name.
  package init(solver: any ModelSolver, fieldsPath: String? = nil) {
    self.solver = solver
    keeper = fieldsPath.map { ModelKeeper(path: $0) }
  }

  /// What becomes of a part. Whatever goes wrong is in the result.
  package func evaluate(_ part: PartFolder) -> PartResult { answer(part).result }

  /// What becomes of a part, and the seconds its stages took.
  package func answer(_ part: PartFolder) -> PartAnswer {
    var answer = PartAnswer(result: PartResult(part))
    answer.result = evaluate(part, &answer.stageSeconds)
    if keeper != nil, part.kind == .partFile {
      answer.result.partFileChecksum = ModelChecksums.ofFile(part.partFilePath)
    }
    return answer
  }

  private func evaluate(_ part: PartFolder, _ seconds: inout [String: Double]) -> PartResult {
    switch part.kind {
    case .bareDeck: return evaluateBareDeck(part, &seconds)
    case .partFile:
      do {
        return evaluate(try part.readPartFile(), in: part, &seconds)
      } catch {
        let count = error.faults.count
        return PartResult(
          part,
          failure: .init(
            .badInput, "the part file has \(count == 1 ? "a fault" : "\(count) faults")",
            details: error.faults.map(\.description)))
      }
    }
  }

  /// A deck without a part file: solved, and sound or not. It states no limit and no reference, so it never passes.
  private func evaluateBareDeck(
    _ part: PartFolder, _ seconds: inout [String: Double]
  ) -> PartResult {
    var result = PartResult(part)
    let model = PartModel(
      name: part.name, deck: String(part.path.split(separator: "/").last ?? ""), isStated: true)
    let solved = solve(model, at: part.path, &seconds)
    result.models = [solved.result]
    var questions = PartQuestions()
    if let answer = solved.answer {
      questions.look(at: model, answer)
      result.figures = answer.deckFigures
      result.take(questions.asked(), confirmed: [])
      result.questions = (result.questions ?? []) + [PartResult.bareDeckQuestion]
    }
    finish(&result)
    return result
  }

  private func evaluate(
    _ file: PartFile, in part: PartFolder, _ seconds: inout [String: Double]
  ) -> PartResult {
    var result = PartResult(part)
    result.title = file.title
    result.family = file.family
    result.context = file.context
    result.provenance = file.provenance
    if keeper != nil { result.units = file.units.names }
    result.warnings = file.warnings.isEmpty ? nil : file.warnings
    if let reason = file.notJudged {
      result.failure = .init(.notJudged, "there is nothing to judge: \(reason)")
      result.verdict = .notEvaluable
      return result
    }
    var quantities = file.quantities.map {
      FigureReadings(reading: $0.reading, models: $0.models, unit: $0.reference.value.unit)
    }
    var limits = file.limits.map {
      FigureReadings(reading: $0.reading, models: $0.models, unit: $0.limit.unit)
    }
    var questions = PartQuestions()
    // One model at a time: its fields are read and let go before the next is solved.
    for model in file.models {
      let path = part.path(ofDeck: model.deck)
      let solved = solve(model, at: path, &seconds)
      result.models.append(solved.result)
      if let answer = solved.answer { questions.look(at: model, answer) }
      let answer = ModelAnswer(solved: solved.answer) { try solver.loadPath(ofDeckAt: path) }
      for index in quantities.indices {
        quantities[index].read(model, answer, units: file.units)
      }
      for index in limits.indices { limits[index].read(model, answer, units: file.units) }
    }
    for (quantity, figures) in zip(file.quantities, quantities) {
      result.quantities.append(QuantityJudge(quantity: quantity, figures: figures).result)
    }
    for (limit, figures) in zip(file.limits, limits) {
      result.limits.append(LimitJudge(limit: limit, figures: figures).result)
    }
    if let question = file.missingLimit { result.questions = [question] }
    result.take(questions.asked(file, result.limits), confirmed: file.confirmed)
    finish(&result)
    return result
  }

  /// Solves one deck and checks that its answer can be trusted.
  private func solve(
    _ model: PartModel, at path: String, _ seconds: inout [String: Double]
  ) -> (result: ModelResult, answer: SolvedModel?) {
    var result = ModelResult(
      name: model.name, deck: model.deck, isStated: model.isStated, elementTypes: "", nodeCount: 0,
      cellCount: 0, steps: [])
    do {
      let answer = try solver.solve(deckAt: path)
      result.elementTypes = answer.elementTypes
      result.nodeCount = answer.mesh.nodes.count
      result.cellCount = answer.mesh.cellCount
      seconds.merge(answer.stageSeconds, uniquingKeysWith: +)
      result.checksums = keeper?.checksums(of: answer, deckAt: path)
      result.steps = answer.steps.map {
        .init(soundness: $0.soundness, energyErrorEstimate: $0.energyErrorEstimate)
      }
      let faults = answer.soundnessFaults
      guard faults.isEmpty else {
        result.steps = []
        result.failure = faults
        return (result, nil)
      }
      if let keeper, let fields = answer.fields {
        let begin = ContinuousClock.now
        result.fields = try keeper.write(fields(), ofModel: model.name)
        seconds["record", default: 0] += begin.duration(to: .now) / .seconds(1)
      }
      return (result, answer)
    } catch let faults as InputFaults {
      result.failure = faults.summary
    } catch {
      result.failure = "\(error)".split(separator: "\n").map(String.init)
    }
    if result.failure?.isEmpty ?? true { result.failure = ["the solver gave no reason"] }
    return (result, nil)
  }

  /// The verdict of the whole part.
  private func finish(_ result: inout PartResult) {
    let failed = result.models.filter { $0.failure != nil }
    // A body that nothing holds cannot be solved: that its loads reach no support is the answer, not that there is none.
    let isUncarried = result.limits.contains {
      $0.read == Observable.unsupportedLoads.text && $0.verdict == .fail
    }
    if isUncarried && !failed.isEmpty {
      result.verdict = .fail
      return
    }
    if !failed.isEmpty {
      let names = failed.prefix(4).map { "'\($0.name)'" }.joined(separator: ", ")
      let more = failed.count > 4 ? " and \(failed.count - 4) more" : ""
      result.failure = .init(
        .notSolved, "could not solve \(names)\(more)", details: failed.flatMap { $0.failure ?? [] })
      result.verdict = .notEvaluable
      return
    }
    result.verdict = .worst(
      of: result.quantities.map(\.verdict) + result.limits.map(\.verdict)
        + (result.questions == nil ? [] : [.undecided]))
    let unread = (result.quantities.flatMap(\.readings) + result.limits.flatMap(\.readings))
      .compactMap { reading in reading.failure.map { "\(reading.model): \($0)" } }
    if let first = unread.first {
      result.failure = .init(.notSolved, "could not read a figure: \(first)", details: unread)
      result.verdict = .notEvaluable
    }
  }
}

extension UnitSystem {
  /// The names of the units by what they measure; stresses in Pa or MPa where they are that.
  fileprivate var names: [String: String] {
    let stress = unit(of: .stress)?.symbol
    let plain = ["N/m^2": "Pa", "N/mm^2": "MPa"]
    let all = [
      "length": length.symbol, "force": force.symbol, "stress": stress.map { plain[$0] ?? $0 },
      "temperature": temperature?.symbol,
    ]
    return all.compactMapValues { $0 }
  }
}

extension SolvedModel {
  /// What makes the answer untrustworthy: figures of soundness, energies or errors that are no numbers.
  var soundnessFaults: [String] {
    var faults: [String] = []
    if steps.isEmpty { faults.append("the deck has no step that was solved") }
    for (number, step) in steps.enumerated() {
      func check(_ value: Double?, _ name: String) {
        if let value, !value.isFinite {
          faults.append("step \(number + 1): the \(name) is NaN or infinite")
        }
      }
      check(step.soundness?.relativeResidual, "relative residual")
      check(step.soundness?.reactionBalance, "reaction balance")
      check(step.soundness?.reciprocalCondition, "condition estimate")
      check(step.energyErrorEstimate, "error estimate")
      check(step.strainEnergy, "strain energy")
    }
    return faults
  }
}
