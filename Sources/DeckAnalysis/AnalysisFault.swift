/// A step that could not be carried to its end.
public struct AnalysisFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The step, from 1.
  public var step: Int
  /// The increment, from 1.
  public var increment: Int
  /// What went wrong, as a sentence without a full stop.
  public var problem: String

  /// `step 2, increment 3: …`
  public var description: String { "step \(step), increment \(increment): \(problem)" }
}
