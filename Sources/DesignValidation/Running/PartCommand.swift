package import ProgramSupport

/// The child's side of a run: evaluates one part under limits and answers in JSON.
///
/// A directory of parts calls it once for each, so its arguments are read here: to describe a command to itself the argument parser instantiates
/// a few hundred types, half of what a part of one cell costs.
package struct PartCommand {
  private static let name = "evaluate-part"

  let limits: ProcessLimits
  let endsWithParent: Bool
  /// What the names of the files of fields begin with; `nil` where none are asked for.
  let fields: String?
  let path: String

  /// The command that evaluates a part under limits; the part's path is to be appended.
  ///
  /// - Parameter program: The program, and arguments that stand before those of this command.
  package static func command(
    _ limits: ProcessLimits, by program: [String] = ["/proc/self/exe"]
  ) -> [String] {
    program + [
      name, "--memory", "\(limits.memory)", "--processor-seconds",
      "\(limits.processorSeconds)", "--end-with-parent",
    ]
  }

  /// What arguments in the order of ``command(_:by:)`` ask for; `nil` where they are others.
  package init?(_ arguments: [String]) {
    guard (6...9).contains(arguments.count), arguments[0] == Self.name,
      arguments[1] == "--memory", let memory = Int(arguments[2]), memory > 0,
      arguments[3] == "--processor-seconds", let seconds = Int(arguments[4]), seconds > 0
    else { return nil }
    limits = ProcessLimits(memory: memory, processorSeconds: seconds, wallSeconds: .infinity)
    var options = arguments[5...].dropLast()
    endsWithParent = options.first == "--end-with-parent"
    if endsWithParent { options.removeFirst() }
    fields = options.count == 2 && options.first == "--fields" ? options.last : nil
    guard options.isEmpty || fields != nil else { return nil }
    path = arguments[arguments.count - 1]
  }

  /// Evaluates the part and answers on standard output.
  package func run() throws {
    if endsWithParent { PartWorker.endWithParent() }
    try PartWorker(solver: DeckModelSolver(), fieldsPath: fields).answer(
      partAt: path, limits: limits)
  }
}
