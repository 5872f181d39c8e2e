public import CGcgan
internal import DesignProblem
internal import Files
internal import Manufacturability
internal import Synchronization
internal import TopologyOptimisation

/// A problem made ready, and what its file says beside it.
struct HeldProblem: Sendable {
  let file: ProblemFile
  let loss: ManufacturabilityLoss
  var problem: ManufacturabilityProblem { file.problem }

  /// - Throws: ``InputFaults`` with what the problem itself finds wrong.
  init(_ file: ProblemFile, name: String) throws {
    self.file = file
    do throws(ProblemFaults) {
      loss = try ManufacturabilityLoss(of: file.problem)
    } catch {
      throw InputFaults(
        error.faults.map {
          InputFault(at: .init(file: name), "\($0.place): \($0.problem)", remedy: $0.remedy)
        })
    }
  }
}

/// The problems that callers hold, by handles that are never used twice.
enum HeldProblems {
  private static let all = Mutex<(last: UInt64, problems: [UInt64: HeldProblem])>((0, [:]))

  static func add(_ problem: HeldProblem) -> gcgan_problem {
    all.withLock {
      $0.last += 1
      $0.problems[$0.last] = problem
      return $0.last
    }
  }

  /// - Throws: ``ArgumentFault`` for a handle that is none or released.
  static func problem(_ handle: gcgan_problem) throws(ArgumentFault) -> HeldProblem {
    guard let problem = all.withLock({ $0.problems[handle] }) else { throw unknown(handle) }
    return problem
  }

  static func release(_ handle: gcgan_problem) throws(ArgumentFault) {
    guard all.withLock({ $0.problems.removeValue(forKey: handle) }) != nil else {
      throw unknown(handle)
    }
  }

  private static func unknown(_ handle: gcgan_problem) -> ArgumentFault {
    ArgumentFault(description: "problem \(handle) is not held: it was released, or never read")
  }
}

/// Reads a problem file. As `gcgan.h` says.
@c @implementation public func gcgan_problem_read(
  _ path: UnsafePointer<CChar>!, _ problem: UnsafeMutablePointer<gcgan_problem>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    let path = try String(callers: path, "path")
    let file = try ProblemFile(contentsOf: path, checking: TopologyOptimisation.faults)
    problem.pointee = HeldProblems.add(try HeldProblem(file, name: path))
  }
}

/// Reads the text of a problem file. As `gcgan.h` says.
@c @implementation public func gcgan_problem_parse(
  _ text: UnsafePointer<CChar>!, _ length: Int, _ name: UnsafePointer<CChar>!,
  _ problem: UnsafeMutablePointer<gcgan_problem>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    let name = try String(callers: name, "name")
    guard let text, length <= ProblemFile.largestSize else {
      throw ArgumentFault(
        description:
          "the text of '\(name)' is \(text == nil ? "NULL" : "\(length) bytes long: at most \(ProblemFile.largestSize) are read")"
      )
    }
    let bytes = UnsafeRawBufferPointer(start: text, count: length)
    let file = try ProblemFile(
      parsing: Array(bytes), file: name, checking: TopologyOptimisation.faults)
    problem.pointee = HeldProblems.add(try HeldProblem(file, name: name))
  }
}

/// Lets go of a problem. As `gcgan.h` says.
@c @implementation public func gcgan_problem_release(
  _ problem: gcgan_problem, _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) { try HeldProblems.release(problem) }
}

/// Describes a problem in JSON. As `gcgan.h` says.
@c @implementation public func gcgan_problem_describe(
  _ problem: gcgan_problem, _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    json.pointee = try HeldProblems.problem(problem).description.text.callersText
  }
}

/// A problem with other values of its parameters. As `gcgan.h` says.
@c @implementation public func gcgan_problem_with_parameters(
  _ problem: gcgan_problem, _ values: UnsafePointer<Double>!, _ count: Int64,
  _ other: UnsafeMutablePointer<gcgan_problem>!,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>!
) -> Int32 {
  call(message) {
    let held = try HeldProblems.problem(problem)
    let parameters = held.problem.parameters
    guard let values, count == Int64(parameters.count) else {
      throw ArgumentFault(
        description: "there are \(count) values, and the problem has \(parameters.count) parameters"
      )
    }
    var file = held.file
    for (place, parameter) in parameters.enumerated() {
      file.problem[keyPath: parameter.path] = values[place]
    }
    let name = file.title ?? "the problem with other parameters"
    other.pointee = HeldProblems.add(try HeldProblem(file, name: name))
  }
}

extension HeldProblem {
  fileprivate var description: JSONText {
    .object([
      ("title", file.title.map { .string($0) } ?? .null),
      ("hasUnits", .boolean(file.hasUnits)),
      ("designShape", .array(problem.designShape.map { .integer($0) })),
      ("imageShape", .array(problem.grid.imageShape.map { .integer($0) })),
      (
        "terms",
        .array(
          problem.terms.map {
            .object([
              ("name", .string($0.name)), ("measure", .string($0.measure.name)),
              ("weight", .number($0.weight)),
            ])
          })
      ),
      (
        "parameters",
        .array(
          problem.parameters.map {
            .object([("name", .string($0.name)), ("value", .number(problem[keyPath: $0.path]))])
          })
      ),
      ("optimises", .boolean(file.optimisation != nil)),
    ])
  }
}
