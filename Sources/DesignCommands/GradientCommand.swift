internal import ArrayFiles
internal import DeckAnalysis
internal import Manufacturability
internal import Meshing
internal import Parallelism

/// `gcgan-solve gradient`: every term of a problem at a design, and the gradient of their weighted sum.
public struct GradientCommand: Sendable {
  /// The `problem.yml`.
  public var problem: String
  /// The design, a `.npy` of the problem's shape.
  public var density: String
  /// Where to write; the design's folder where there is none.
  public var outputFolder: String?
  /// Threads; all processors where there is none.
  public var threadCount: Int?
  /// Whether only errors are said.
  public var isQuiet: Bool

  /// A command.
  public init(
    problem: String, density: String, outputFolder: String? = nil, threadCount: Int? = nil,
    isQuiet: Bool = false
  ) {
    self.problem = problem
    self.density = density
    self.outputFolder = outputFolder
    self.threadCount = threadCount
    self.isQuiet = isQuiet
  }

  /// Evaluates the design and writes `gradient.npy`, then `term.json`.
  public func run() -> CommandOutcome {
    .of(density) {
      if let threadCount { WorkerPool.threadCount = threadCount }
      let file = try ProblemFile(contentsOf: problem)
      let loss = try ManufacturabilityLoss(of: file.problem)
      let design = try design(at: density, of: file.problem)
      let folder = OutputFolder(path: outputFolder ?? Self.folder(of: density))
      try folder.check()
      let evaluation = try loss.evaluate([design])[0].get()
      try folder.make()
      try NumericArray(shape: file.problem.designShape, values: evaluation.gradient)
        .write(to: folder.path + "/gradient.npy", syncsFolder: false)
      try AtomicFile.write(json(evaluation).text, to: folder.path + "/term.json")
      if !isQuiet { print(summary(evaluation)) }
      return .success
    }
  }

  private func json(_ evaluation: DesignEvaluation) -> JSONText {
    var members: [(String, JSONText)] = [
      ("total", .number(evaluation.total)),
      (
        "terms",
        .array(
          evaluation.terms.map {
            .object([
              ("name", .string($0.name)), ("value", .number($0.value)),
              ("weight", .number($0.weight)),
            ])
          })
      ),
    ]
    if let constants = evaluation.homogenized {
      func matrix(_ rows: [[Double]]) -> JSONText {
        .array(rows.map { .array($0.map { .number($0) }) })
      }
      members.append(
        (
          "homogenised",
          .object([
            ("stiffness", matrix(constants.stiffness)),
            ("expansion", .array(constants.expansion.map { .number($0) })),
            ("conductivity", matrix(constants.conductivity)),
          ])
        ))
    }
    let volume =
      evaluation.physicalDensity.reduce(0, +) / Double(evaluation.physicalDensity.count)
    members += [
      ("volume", .number(volume)),
      ("relativeResidual", .number(evaluation.largestResidual)),
      ("solves", .integer(evaluation.solveCount)),
      ("versions", .object(Versions.all.map { ($0.name, .string($0.version)) })),
    ]
    return .object(members)
  }

  private func summary(_ evaluation: DesignEvaluation) -> String {
    let width = evaluation.terms.map(\.name.count).max() ?? 0
    let lines = evaluation.terms.map {
      $0.name + String(repeating: " ", count: width - $0.name.count)
        + "  \($0.value)  × \($0.weight)"
    }
    return (lines + ["total  \(evaluation.total)"]).joined(separator: "\n")
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// Reads a design; its shape must be the problem's.
func design(at path: String, of problem: ManufacturabilityProblem) throws -> [Double] {
  let array = try NumericArray(contentsOf: path)
  guard array.shape == problem.designShape else {
    throw InputFault(
      at: .init(file: path),
      "the array's shape is \(array.shapeText), and the problem's designs are "
        + NumericArray.text(ofShape: problem.designShape),
      remedy: "images are stored [rows, columns] with row 0 at the top")
  }
  return array.values
}
