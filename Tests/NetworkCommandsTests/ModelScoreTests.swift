import DeckAnalysis
import Files
import Foundation
import Testing

@testable import DesignFamilies
@testable import NetworkCommands

@Suite("The score of a model") struct ModelScoreTests {
  /// Good; afloat; not joined and short of volume; joined and soft.
  private static let qualities = [
    quality(0.05), quality(0.2, floating: 0.1, volume: 0.01),
    quality(.infinity, joined: false, volume: -0.03), quality(1.5),
  ]

  private static func quality(
    _ error: Double, floating: Double = 0, joined: Bool = true, volume: Double = 0
  ) -> DesignQuality {
    DesignQuality(
      objectiveError: error, publishedObjectiveError: 2 * min(error, 4), floatingShare: floating,
      isFloatingAsPublished: floating > 0, areLoadsJoined: joined, volumeError: volume)
  }

  private static func score(chances: [Double]) -> ModelScore {
    ModelScore(
      objectiveName: "compliance", split: .l1, refinement: 0, solvesPerDesign: 1,
      finished: qualities, raw: qualities,
      signOffChances: chances)
  }

  /// Worked out by hand; nothing is dropped, and what nothing carries is worse than all else.
  @Test func `has figures over all designs, failures among them`() throws {
    let text = Self.score(chances: [0.9, 0.9, 0.2, 0.6]).json.text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let figures = try #require(object["finished"] as? [String: Any])
    let expected: [String: Double] = [
      "medianComplianceError": 0.2, "quantile75": 1.5, "meanComplianceErrorOfPassing": 0.125,
      "failureShare": 0.5, "floatingShare": 0.25, "loadsNotJoinedShare": 0.25,
      "meanVolumeError": 0.01, "publishedMedianComplianceError": 0.4,
      "publishedMeanComplianceError": 2.875, "publishedFloatingShare": 0.25,
    ]
    for (name, value) in expected {
      #expect(abs((figures[name] as? Double ?? .nan) - value) < 1e-15, "\(name)")
    }
    // The worst tenth has no compliance, and JSON no word for infinity.
    #expect(figures["quantile90"] is NSNull)
    #expect(object["problems"] as? Int == 4)
    #expect(object["signedOffShare"] as? Double == 0.25)
  }

  @Test func `tells how right the word without a solve is`() {
    // Said of three, right of one, and one is: 2 · 1 / (3 + 1). The checks alone let two pass: 2 · 1 / (2 + 1).
    let score = Self.score(chances: [0.9, 0.9, 0.2, 0.6])
    #expect(score.signOffF1 == 0.5)
    #expect(abs((score.checksF1 ?? 0) - 2.0 / 3) < 1e-15)
    #expect(Self.score(chances: [0.5, 0.4, 0, 0.1]).signOffF1 == 1)
    #expect(Self.score(chances: []).signOffF1 == nil)
  }
}
