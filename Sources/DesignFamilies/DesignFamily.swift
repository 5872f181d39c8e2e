public import Manufacturability

/// A kind of design: what its problems are, what a good answer looks like, and when one may be signed off.
///
/// A new family is a new conformance; neither the solver nor the networks know which families there are.
public protocol DesignFamily: Sendable {
  /// What one design is asked to do: a value, cheap, compared, saved.
  associatedtype Problem: Sendable, Equatable

  /// The name on command lines and in manifests, such as `part`.
  static var name: String { get }
  /// The grids that the family is tuned for.
  static var sizes: [GridSize] { get }
  /// What the channels of ``fields(of:)`` are called, in their order.
  static var fieldNames: [String] { get }

  /// The problem with a number: the same for the same seed and number, whatever else is asked for.
  ///
  /// - Throws: ``SamplerFault`` where the settings leave no problem with a solution.
  func problem(_ number: Int, seed: UInt64) throws(SamplerFault) -> Problem
  /// What the solver is given for a problem, with the strict void of Docs/Design.md §5 and compliance as its one term.
  func judged(_ problem: Problem) -> ManufacturabilityProblem
  /// Reference designs, one per problem, or why there is none.
  func references(for problems: [Problem]) throws -> [Result<ReferenceDesign, ReferenceFault>]
  /// The physical fields that a generator is conditioned on, `[field][row][column]` per problem.
  func fields(of problems: [Problem]) throws -> [Result<[Float], DesignFault>]
}

/// How many elements an image has.
public struct GridSize: Codable, Sendable, Hashable, CustomStringConvertible {
  /// The width in elements.
  public var columns: Int
  /// The height in elements.
  public var rows: Int

  /// A size.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// A size from a text such as `128x64`, width first; `nil` where it is none.
  public init?(_ text: String) {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1] else { return nil }
    self.init(columns: columns, rows: rows)
  }

  /// Elements.
  public var elementCount: Int { columns * rows }
  /// As ``init(_:)`` reads it.
  public var description: String { "\(columns)x\(rows)" }
}

/// Settings of a sampler that leave no problem with a solution.
public struct SamplerFault: Error, Equatable, CustomStringConvertible {
  /// What was asked for.
  public let description: String
}

/// Why there is no reference design.
public enum ReferenceFault: Error, Equatable, CustomStringConvertible {
  /// The solver could not evaluate a design on the way.
  case notEvaluated(String)
  /// The volume is too small to join all loads and supports.
  case tooLittleMaterial
  /// The thresholded design can move as a rigid body or carries its load through void.
  case doesNotCarry(compliance: Double, optimised: Double)

  /// Why, in words.
  public var description: String {
    switch self {
    case .notEvaluated(let reason): "a design could not be evaluated: \(reason)"
    case .tooLittleMaterial: "the volume is too small to join every load to a support"
    case .doesNotCarry(let compliance, let optimised):
      "the thresholded design does not carry the load: compliance \(compliance), with grey elements \(optimised)"
    }
  }
}
