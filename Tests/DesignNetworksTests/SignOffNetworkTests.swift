import DesignFamilies
import Manufacturability
import Tensors
import Testing

@testable import DesignNetworks

@Suite("Sign-off network") struct SignOffNetworkTests {
  @Test(
    arguments: [
      (-0.01, [1, 1, 1, 1, 1]), (0.03, [0, 1, 1, 1, 1]), (0.1, [0, 0, 1, 1, 1]),
      (0.11, [0, 0, 0, 1, 1]), (3, [0, 0, 0, 0, 0]), (.infinity, [0, 0, 0, 0, 0]),
    ] as [(Double, [Float])])
  func `an error answers every limit`(_ error: Double, _ answers: [Float]) {
    #expect(SignOffNetwork.answers(objectiveError: error) == answers)
  }

  @Test func `the chance is that of the sign-off's limit`() throws {
    var parameters = Parameters()
    var random = SeededGenerator(seed: 3)
    let network = SignOffNetwork(fieldCount: 2, width: 4, in: &parameters, random: &random)
    let weight = try #require(parameters.names.firstIndex(of: "sign-off.verdict.weight"))
    let bias = try #require(parameters.names.firstIndex(of: "sign-off.verdict.bias"))
    parameters.tensors[weight] = parameters.tensors[weight] * 0
    // Only what answers the sign-off's question says no.
    let answers = SignOffNetwork.objectiveErrors.map { limit -> Float in
      limit == SignOffLimits().objectiveError ? -2 : 2
    }
    parameters.tensors[bias] = Tensor(answers, shape: [answers.count])
    let chances = network.chances(
      .ones([3, 1, 16, 16]), fields: .ones([3, 2, 16, 16]), parameters)
    // 1 / (1 + e²)
    #expect(chances.count == 3 && chances.allSatisfy { abs($0 - 0.119_202_922) < 1e-7 })
  }
}
