import Manufacturability
import Tensors
import Testing

@testable import DesignFamilies
@testable import DesignNetworks

@Suite("Sign-off network") struct SignOffNetworkTests {
  @Test(
    arguments: [
      (-0.01, [1, 1, 1, 1, 1]), (0.03, [0, 1, 1, 1, 1]), (0.1, [0, 0, 1, 1, 1]),
      (0.11, [0, 0, 0, 1, 1]), (3, [0, 0, 0, 0, 0]), (.infinity, [0, 0, 0, 0, 0]),
    ] as [(Double, [Float])])
  func `an error answers every limit`(_ error: Double, _ answers: [Float]) {
    let (plain, asking) = (network(asksLimits: false), network(asksLimits: true))
    #expect(plain.answers(objectiveError: error, keepsLimits: false) == answers)
    #expect(asking.answers(objectiveError: error, keepsLimits: false) == answers + [0])
    #expect(asking.answers(objectiveError: error, keepsLimits: true) == answers + [1])
  }

  private func network(asksLimits: Bool) -> SignOffNetwork {
    var parameters = Parameters()
    var random = SeededGenerator(seed: 3)
    return SignOffNetwork(
      fieldCount: 2, width: 4, asksLimits: asksLimits, in: &parameters, random: &random)
  }

  /// The sign-off's own limit on the objective, 0.1, holds unless the task has one.
  @Test(
    arguments: [
      (0.05, [-0.1, 0], false, 1), (0.05, [-0.1, 0.01], false, 0), (0.2, [-0.1], false, 0),
      (0.2, [-0.1], true, 1), (0.2, [], false, 0),
    ] as [(Double, [Double], Bool, Float)])
  func `the last question is whether all limits are kept`(
    _ error: Double, _ excesses: [Double], _ isObjectiveLimited: Bool, _ answer: Float
  ) {
    var quality = DesignQuality(
      objectiveError: error, publishedObjectiveError: error, floatingShare: 0,
      isFloatingAsPublished: false, areLoadsJoined: true, volumeError: 0)
    (quality.limitExcesses, quality.isObjectiveLimited) = (excesses, isObjectiveLimited)
    #expect(network(asksLimits: true).answers(to: quality).last == answer)
  }

  @Test(arguments: [false, true])
  func `the chance is that of the sign-off's question`(_ asksLimits: Bool) throws {
    var parameters = Parameters()
    var random = SeededGenerator(seed: 3)
    let network = SignOffNetwork(
      fieldCount: 2, width: 4, asksLimits: asksLimits, in: &parameters, random: &random)
    let weight = try #require(parameters.names.firstIndex(of: "sign-off.verdict.weight"))
    let bias = try #require(parameters.names.firstIndex(of: "sign-off.verdict.bias"))
    parameters.tensors[weight] = parameters.tensors[weight] * 0
    // Only what answers the sign-off's question says no.
    var answers = SignOffNetwork.objectiveErrors.map { limit -> Float in
      limit == SignOffLimits().objectiveError && !asksLimits ? -2 : 2
    }
    if asksLimits { answers.append(-2) }
    parameters.tensors[bias] = Tensor(answers, shape: [answers.count])
    let chances = network.chances(
      .ones([3, 1, 16, 16]), fields: .ones([3, 2, 16, 16]), parameters)
    // 1 / (1 + e²)
    #expect(chances.count == 3 && chances.allSatisfy { abs($0 - 0.119_202_922) < 1e-7 })
  }
}
