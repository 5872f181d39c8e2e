internal import DesignProblem
package import Manufacturability

extension TopologyOptimisation {
  /// What was found at one design.
  package struct Iteration: Codable, Sendable, Equatable {
    /// Its number, from 1.
    package var number: Int
    /// Σ weight · term.
    package var objective: Double
    /// The terms by their names, not weighted.
    package var terms: [String: Double]
    /// Mean physical density.
    package var volume: Double
    /// By how much the worst constraint is exceeded, as a part of its limit; 0 where all hold.
    package var violation: Double
    /// The largest move of a density since the iteration before; none in the first.
    package var change: Double?
    /// The penalty *p* or *q* of the stiffness.
    package var penalty: Double
    /// The projection's steepness β; none without projection.
    package var steepness: Double?
    /// 4/n Σ ρ̃ (1 − ρ̃): 0 where every element is solid or void, 1 where all are half (Sigmund 2007).
    package var greyness: Double
  }

  /// Where a run stands.
  package enum State: Sendable, Equatable {
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
