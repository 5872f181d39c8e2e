public import CGcgan
internal import DesignProblem
internal import Manufacturability

/// Designs of a batch that could not be evaluated.
struct UnevaluatedDesigns: Error, CustomStringConvertible {
  let faults: [(design: Int, fault: DesignFault)]

  /// A line for each of the first ten.
  var description: String {
    let lines = faults.prefix(10).map { "design \($0.design): \($0.fault)" }
    let others = faults.count - lines.count
    return (lines + (others > 0 ? ["and \(others) more"] : [])).joined(separator: "\n")
  }
}

/// Values and gradients of a batch of designs. As `gcgan.h` says.
@c @implementation public func gcgan_evaluate(
  _ evaluation: UnsafePointer<gcgan_evaluation>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    guard let evaluation else { throw ArgumentFault(description: "'evaluation' is NULL") }
    try EvaluationCall(evaluation.pointee).run()
  }
}

/// A call of `gcgan_evaluate`, its arguments checked.
private struct EvaluationCall {
  private let request: gcgan_evaluation
  private let problems: [HeldProblem]
  private let batch: Int
  private let termCount: Int
  private let designs: CallersArray
  private let gradient: CallersArray?
  private let termGradients: CallersArray?

  init(_ request: gcgan_evaluation) throws {
    self.request = request
    guard let handles = request.problems, request.problem_count > 0 else {
      throw ArgumentFault(description: "there is no problem")
    }
    let held = try (0..<Int(request.problem_count)).map { try HeldProblems.problem(handles[$0]) }
    guard request.designs.data != nil, request.designs.rank > 0 else {
      throw ArgumentFault(description: "'designs' has no data")
    }
    batch = Int(request.designs.shape[0])
    guard held.count == 1 || held.count == batch else {
      throw ArgumentFault(
        description:
          "there are \(held.count) problems and \(batch) designs: give one, or one for each")
    }
    problems = held.count == batch ? held : Array(repeating: held[0], count: batch)
    let (designShape, terms) = (held[0].problem.designShape, held[0].problem.terms.count)
    termCount = terms
    guard
      held.allSatisfy({
        $0.problem.designShape == designShape && $0.problem.terms.count == terms
      })
    else {
      throw ArgumentFault(
        description:
          "the problems differ in the shape of their designs or in the number of their terms: evaluate them apart"
      )
    }
    guard let designs = try CallersArray(request.designs, shape: [batch] + designShape, "designs")
    else { throw ArgumentFault(description: "'designs' has no data") }
    self.designs = designs
    gradient = try CallersArray(request.gradient, shape: [batch] + designShape, "gradient")
    termGradients = try CallersArray(
      request.term_gradients, shape: [batch, terms] + designShape, "term_gradients")
    guard termGradients == nil || request.slopes == nil else {
      throw ArgumentFault(description: "'slopes' and 'term_gradients' exclude each other")
    }
    guard request.accuracy >= 0, request.accuracy < 1 else {
      throw ArgumentFault(description: "the accuracy \(request.accuracy) is not within 0…1")
    }
  }

  private var options: EvaluationOptions {
    var options = EvaluationOptions(
      gradient: termGradients != nil
        ? .everyTerm
        : gradient != nil || request.parameter_gradients != nil ? .total : .none,
      wantsParameterGradient: request.parameter_gradients != nil)
    if request.accuracy > 0 {
      options.accuracy = .accuracy(state: request.accuracy, adjoint: request.accuracy)
    }
    return options
  }

  func run() throws {
    let pairs = (0..<batch).map { (loss: problems[$0].loss, design: designs.values(of: $0)) }
    var slopes: (@Sendable (Int, [Double]) -> [Double])?
    if let given = request.slopes {
      let rows = (0..<batch).map {
        [Double](UnsafeBufferPointer(start: given + $0 * termCount, count: termCount))
      }
      slopes = { pair, _ in rows[pair] }
    }
    let results = try ManufacturabilityLoss.evaluate(pairs, options, slopes: slopes)
    var faults: [(design: Int, fault: DesignFault)] = []
    for (design, result) in results.enumerated() {
      switch result {
      case .success(let evaluation): write(evaluation, design)
      case .failure(let fault):
        writeNaN(design)
        faults.append((design, fault))
      }
    }
    if !faults.isEmpty { throw UnevaluatedDesigns(faults: faults) }
  }

  private func write(_ evaluation: DesignEvaluation, _ design: Int) {
    request.statuses?[design] = Int32(GCGAN_SUCCESS.rawValue)
    request.totals?[design] = evaluation.total
    for (place, term) in evaluation.terms.enumerated() {
      request.values?[design * termCount + place] = term.value
      termGradients?.set(term.gradient, of: design, from: place * term.gradient.count)
    }
    gradient?.set(evaluation.gradient, of: design)
    guard let target = request.parameter_gradients, let source = evaluation.parameterGradient else {
      return
    }
    let parameters = problems[design].problem.parameters
    for (place, parameter) in parameters.enumerated() {
      target[design * parameters.count + place] = parameter.derivative(source)
    }
  }

  /// What cannot be evaluated must not look like a result.
  private func writeNaN(_ design: Int) {
    request.statuses?[design] = Int32(GCGAN_NOT_EVALUATED.rawValue)
    request.totals?[design] = .nan
    for place in 0..<termCount { request.values?[design * termCount + place] = .nan }
    let problem = problems[design].problem
    let blank = [Double](repeating: .nan, count: problem.designCount)
    gradient?.set(blank, of: design)
    for place in 0..<termCount {
      termGradients?.set(blank, of: design, from: place * problem.designCount)
    }
    guard let target = request.parameter_gradients else { return }
    let count = problem.parameters.count
    for place in 0..<count { target[design * count + place] = .nan }
  }
}
