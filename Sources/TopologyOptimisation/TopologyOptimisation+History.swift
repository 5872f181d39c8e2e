internal import DesignProblem
public import Manufacturability

extension TopologyOptimisation {
  /// What was found at one design.
  public struct Iteration: Codable, Sendable, Equatable {
    /// Its number, from 1.
    public var number: Int
    /// Σ weight · term.
    public var objective: Double
    /// The terms by their names, not weighted.
    public var terms: [String: Double]
    /// Mean physical density.
    public var volume: Double
    /// By how much the worst constraint is exceeded, as a part of its limit; 0 where all hold.
    public var violation: Double
    /// The largest move of a density since the iteration before; none in the first.
    public var change: Double?
    /// The penalty *p* or *q* of the stiffness.
    public var penalty: Double
    /// The projection's steepness β; none without projection.
    public var steepness: Double?
    /// 4/n Σ ρ̃ (1 − ρ̃): 0 where every element is solid or void, 1 where all are half (Sigmund 2007).
    public var greyness: Double
  }

  /// Where a run stands.
  public enum State: Sendable, Equatable {
    /// There is a design to be evaluated.
    case running
    /// Densities have come to rest.
    case converged
    /// As many designs as allowed have been evaluated.
    case limitReached
    /// Someone asked for an end.
    case stopped
    /// The next design could not be evaluated; ``TopologyOptimisation/design`` is the last one that could.
    case failed(DesignFault)
  }
}
