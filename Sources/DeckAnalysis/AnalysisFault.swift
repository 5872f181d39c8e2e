/// A step that could not be carried to its end.
package struct AnalysisFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The step, from 1.
  package var step: Int
  /// The increment, from 1.
  package var increment: Int
  /// What went wrong, as a sentence without a full stop.
  package var problem: String

  /// `step 2, increment 3: …`
  package var description: String { "step \(step), increment \(increment): \(problem)" }
}
