/// A good answer to a problem, found by topology optimisation and cut to black and white.
package struct ReferenceDesign: Sendable, Equatable {
  /// What would be made.
  package let design: SolidDesign
  /// The physical densities of the optimisation, grey at the surface, `[row][column]`.
  package let density: [Double]
  /// The task's objective of the black and white design with the strict void; of parts f·u, in N mm.
  package let objective: Double
  /// The same of the grey one.
  package let optimisedObjective: Double
  /// The value of every term of the task, in their order, of the black and white design.
  package let values: [Double]
  /// Linear systems that were solved for it.
  package let solveCount: Int
}
