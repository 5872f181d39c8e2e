import DeckLanguage
import Meshing
import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// Which of several axes of rotation acts; the oracle deck `rotation-axes` has the same in CalculiX.
@Suite("Axes of rotation") struct RotationAxisTests {
  /// A history after a step per list of rotations: name of the set, squared speed; each about an axis of its own place.
  static func acting(
    _ steps: [[(set: String, speed: Double, at: Double)]], cleared: Set<Int> = []
  ) -> [Double] {
    var history = LoadHistory(initialTemperature: [0])
    for (number, lines) in steps.enumerated() {
      history.beginStep()
      var card = LoadCard<DistributedLoadEntry>()
      card.operation = cleared.contains(number) ? .new : .modify
      card.entries = lines.map {
        .centrifugal(
          set: $0.set, cells: [0], speedSquared: $0.speed, point: [$0.at, 0, 0], axis: [0, 0, 1])
      }
      history.apply(.distributedLoad(card))
      let clock = StepClock(
        stepTime: 1, period: 1, startTime: Double(number), amplitudes: [:])
      history.advance(to: clock)
      if number < steps.count - 1 {
        history.endStep(clock, procedure: .staticStress, isIncremental: false)
      }
    }
    return history.mechanicalLoads(isThermal: false).rotations.map(\.speedSquared)
  }

  @Test(
    "of several axes one acts",
    arguments: [
      // The first of one set,
      ([[("A", 1.0, 0.0), ("A", 2.0, 5.0)]], [1.0]),
      // and of several sets the last in the alphabet,
      ([[("B", 1, 0), ("A", 2, 5)]], [1]),
      ([[("A", 1, 0), ("B", 2, 5)]], [2]),
      // also from step to step;
      ([[("A", 1, 0)], [("A", 2, 5)]], [1]),
      // the same axis again is the same load, another point on it too;
      ([[("A", 1, 0)], [("A", 2, 0)]], [2]),
      // a negative square is none, and does not hand over.
      ([[("B", -1, 0), ("A", 2, 5)]], []),
      ([[("A", -1, 0)]], []),
    ] as [([[(String, Double, Double)]], [Double])])
  func one(_ steps: [[(String, Double, Double)]], _ expected: [Double]) {
    let steps = steps.map { $0.map { (set: $0.0, speed: $0.1, at: $0.2) } }
    #expect(Self.acting(steps) == expected)
  }

  @Test func `an axis that OP=NEW takes back gives way`() {
    #expect(Self.acting([[("A", 1, 0)], [("A", 2, 5)]], cleared: [1]) == [2])
    #expect(Self.acting([[("B", 1, 0)], [], [("A", 2, 5)]], cleared: [1]) == [2])
  }
}
