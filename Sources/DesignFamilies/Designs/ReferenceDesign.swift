/// A good answer to a problem, found by topology optimisation and cut to black and white.
public struct ReferenceDesign: Sendable, Equatable {
  /// What would be made.
  public let design: SolidDesign
  /// The physical densities of the optimisation, grey at the surface, `[row][column]`.
  public let density: [Double]
  /// The task's objective of the black and white design with the strict void; of parts f·u, in N mm.
  public let objective: Double
  /// The same of the grey one.
  public let optimisedObjective: Double
  /// The value of every term of the task, in their order, of the black and white design.
  public let values: [Double]
  /// Linear systems that were solved for it.
  public let solveCount: Int
}
