package import DesignProblem

/// A kind of design: what its tasks are, what a generator is told about them, and what a design of it is held to.
///
/// A family is a value. Data sets, networks, exports and programs ask it for all that differs from family to family, and find it by its name
/// in ``Families``. What follows from a task's problem alone (evaluating, finishing, choosing, exporting a design) is the same for all of them.
package protocol DesignFamily: Sendable {
  /// The name on command lines and in manifests, models and part files: lower-case letters, digits and hyphens, such as `part`.
  var name: String { get }
  /// The grids that the family is tuned for.
  var sizes: [GridSize] { get }
  /// What tasks of a data set may be drawn from; the first unless told otherwise.
  var distributions: [TaskDistribution] { get }
  /// How reference designs are found.
  var search: ReferenceSearch { get }
  /// What a generator is told about a task. The first entry is the volume fraction: a generator draws as much material as it says.
  var conditioning: ConditioningFields { get }
  /// The axes along which designs go on at their other end.
  var periodicAxes: Set<GridAxis> { get }
  /// The text of the family's file, for data sets and the card of its models; `nil` of a family in Swift.
  var text: String? { get }
  /// SHA-256 of the text in hexadecimal digits, which models and data sets are held against; `nil` of a family in Swift.
  var hash: String? { get }

  /// The task with a number: the same for the same seed and number, whatever else is asked for.
  ///
  /// - Parameter distribution: The name of one of ``distributions``; `nil` for what training sees.
  /// - Throws: ``SamplerFault`` where no task with a solution comes of it.
  func task(_ number: Int, seed: UInt64, size: GridSize, from distribution: String?)
    throws(SamplerFault) -> DesignTask
  /// The task that a problem file describes.
  func task(of file: ProblemFile) throws(DesignTask.Mismatch) -> DesignTask
  /// Whether a task is of a kind that training never sees: the split L2.
  func isUnseen(_ task: DesignTask) -> Bool

  /// Which mirrored and turned images of a task are tasks of the family too, the identity first; all that lay the grid onto itself unless told
  /// otherwise.
  func symmetries(of size: GridSize) -> [Symmetry]

  /// What of a task lies outside of what the family's networks are trained on; such a task is drawn all the same.
  func warnings(of task: DesignTask) -> [String]
}

extension DesignFamily {
  /// What the channels of ``conditioning`` are called, in their order.
  package var fieldNames: [String] { conditioning.names }
  /// One plane body of one solid under forces.
  package func task(of file: ProblemFile) throws(DesignTask.Mismatch) -> DesignTask {
    try DesignTask(file)
  }
  /// All that lay the grid onto itself.
  package func symmetries(of size: GridSize) -> [Symmetry] { Symmetry.all(of: size) }
  /// No axis.
  package var periodicAxes: Set<GridAxis> { [] }
  /// There is no file.
  package var text: String? { nil }
  /// That of ``text``.
  package var hash: String? { text.map { Digest.text(of: Array($0.utf8)) } }
  /// Every task is like those that training sees.
  package func isUnseen(_ task: DesignTask) -> Bool { false }
  /// Nothing is known of what training sees.
  package func warnings(of task: DesignTask) -> [String] { [] }

  /// What a task is for: nine in ten are for training, the rest is shared by validation and L1; those of a kind that training never sees are L2.
  ///
  /// A task, its mirrored and turned images, and those with another volume or the opposite force have the same
  /// ``DesignTask/symmetryKey``, and so never stand on two sides.
  package func split(of task: DesignTask) -> DatasetSplit {
    if isUnseen(task) { return .l2 }
    // The first bytes of a SHA-256 are as good as uniform.
    return switch task.symmetryKey[0] {
    case ..<230: .train
    case ..<243: .validation
    default: .l1
    }
  }
}

/// What a data set's tasks are drawn from.
package struct TaskDistribution: Sendable, Equatable {
  /// The name on command lines and in manifests.
  package let name: String
  /// Whether some of its tasks are of a kind that training never sees.
  package let hasUnseen: Bool

  /// A distribution.
  package init(_ name: String, hasUnseen: Bool = false) {
    self.name = name
    self.hasUnseen = hasUnseen
  }
}

/// How many elements an image has.
package struct GridSize: Codable, Sendable, Hashable, CustomStringConvertible {
  /// The width in elements.
  package var columns: Int
  /// The height in elements.
  package var rows: Int

  /// A size.
  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// A size from a text such as `128x64`, width first; `nil` where it is none.
  package init?(_ text: String) {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1] else { return nil }
    self.init(columns: columns, rows: rows)
  }

  /// Elements.
  package var elementCount: Int { columns * rows }
  /// As ``init(_:)`` reads it.
  package var description: String { "\(columns)x\(rows)" }
}

/// Settings of a sampler that leave no problem with a solution.
package struct SamplerFault: Error, Equatable, CustomStringConvertible {
  /// What was asked for.
  package let description: String
}

/// Why there is no reference design.
package enum ReferenceFault: Error, Equatable, CustomStringConvertible {
  /// The solver could not evaluate a design on the way.
  case notEvaluated(String)
  /// The volume is too small to join all loads and supports.
  case tooLittleMaterial
  /// The thresholded design can move as a rigid body or carries its load through void.
  case doesNotCarry(measure: String, value: Double, optimised: Double)

  /// Why, in words.
  package var description: String {
    switch self {
    case .notEvaluated(let reason): "a design could not be evaluated: \(reason)"
    case .tooLittleMaterial: "the volume is too small to join every load to a support"
    case .doesNotCarry(let measure, let value, let optimised):
      "the thresholded design does not carry the load: \(measure) \(value), with grey elements \(optimised)"
    }
  }
}
