public import LinearAlgebra

/// Why a structure could not be solved. Elements and nodes by the numbers of their file.
public enum SolveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A block of cells has a shape and no element type.
  case noElementType(element: Int)
  /// A cell belongs to no section.
  case noSection(element: Int)
  /// A cell's volume is zero or negative somewhere.
  case invertedCell(element: Int, type: String)
  /// Bodies that are free to move.
  case rigidMotions([RigidMotion])
  /// A body without any temperature: nothing fixes how warm it is.
  case floatingTemperature(body: String)
  /// Constraints that contradict one another.
  case constraint(String)
  /// The factorization failed.
  case factorization(FactorizationError, node: Int, degree: Int)
  /// The solver would take more memory than it may.
  case memory(LinearSystemSize, availableBytes: Int)
  /// A number is not finite.
  case notFinite(String)
  /// The residual stays too large.
  case residual(Double)
  /// Reactions and loads do not balance.
  case unbalanced(Double)
  /// The matrix is numerically singular.
  case illConditioned(reciprocalCondition: Double)
  /// Temperature-dependent conduction did not settle.
  case notConverged(iterations: Int, change: Double)
  /// The law of a material asks for strains that an element finds from linear elasticity.
  case lawNeedsAllStrains(material: String, type: String)

  /// What is wrong and what can be done.
  public var description: String {
    switch self {
    case .noElementType(let element):
      "the block of element \(element) names a shape and no element type"
    case .noSection(let element):
      "element \(element) has no section; name it in a *SOLID SECTION"
    case .invertedCell(let element, let type):
      "element \(element) (\(type)) is inverted or has no volume; check the order of its nodes"
    case .rigidMotions(let motions): motions.map(\.description).joined(separator: "\n")
    case .floatingTemperature(let body):
      "\(body) has neither a prescribed temperature nor a film: its temperature is not determined"
    case .constraint(let text): text
    case .factorization(let error, let node, let degree):
      node > 0 ? "\(error) (node \(node), direction \(degree))" : "\(error)"
    case .memory(let size, let available):
      "\(size), and \(available >> 20) MiB are available; "
        + (size.solver == .direct ? "use gcgan-solve --solver iterative, " : "")
        + "make the mesh coarser, or raise the limit on memory if there is one"
    case .notFinite(let what): "\(what) is not finite"
    case .residual(let value): "the equations are solved only to a relative residual of \(value)"
    case .unbalanced(let value):
      "loads and reactions do not balance: they differ by \(value) of their size, and \(Balance.largest) is allowed; "
        + "look for stiffnesses or conductivities that differ by many orders of magnitude"
    case .illConditioned(let value):
      "the stiffness is numerically singular (reciprocal condition \(value)): look for parts that can move, "
        + "for reduced-integration cells without support, and for stiffnesses that differ by many orders of magnitude"
    case .notConverged(let iterations, let change):
      "the temperature still changes by \(change) of its range after \(iterations) iterations"
    case .lawNeedsAllStrains(let material, let type):
      "material \(material) is not linear, and elements of type \(type) find a part of their strain from linear elasticity; "
        + "use solid elements other than C3D8I, and for plane stress CalculiX's sheets"
    }
  }
}
