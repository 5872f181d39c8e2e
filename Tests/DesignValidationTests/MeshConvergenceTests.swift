import Foundation
import Testing

@testable import DesignValidation

@Suite("Mesh convergence") struct MeshConvergenceTests {
  private func study(_ values: [Double], _ sizes: [Double] = [4, 2, 1], theory: Double)
    -> MeshConvergence
  {
    MeshConvergence(
      elementType: "CPS4", models: ["a", "b", "c"], sizes: sizes, values: values,
      theory: ConvergenceTheory(theory))
  }

  @Test(arguments: [1.0, 1.5, 2, 3, 4])
  func `finds the order of a made-up error`(_ order: Double) throws {
    for sizes in [[4.0, 2, 1], [3, 2, 1], [2.25, 1.5, 1]] {
      let found = study(sizes.map { 10 + 0.3 * pow($0, order) }, sizes, theory: order)
      #expect(found.behaviour == .monotone)
      #expect(found.isAsymptotic)
      #expect(found.basis == .extrapolation)
      #expect(abs(try #require(found.observedOrder) - order) < 1e-9)
      #expect(abs(try #require(found.extrapolated) - 10) < 1e-9)
      // At the order of theory Xing and Stern put 1.6 on Richardson's estimate, which is the error here.
      #expect(abs(found.gridConvergenceIndex - 0.48) < 1e-9)
    }
  }

  @Test(
    "an order outside theory means that nothing is known but the differences",
    arguments: [1.0, 1.45, 2.55, 3])
  func outside(_ order: Double) throws {
    let found = study([4.0, 2, 1].map { 10 + pow($0, order) }, theory: 2)
    #expect(abs(try #require(found.observedOrder) - order) < 1e-9)
    #expect(!found.isAsymptotic)
    #expect(found.extrapolated == nil)
    #expect(found.basis == .largestDifference)
    // From the coarsest mesh to the finest, the largest difference of the three.
    let largest = pow(4, order) - 1
    #expect(abs(found.gridConvergenceIndex - 3 * largest) < 1e-9)
    #expect(found.warning?.contains("no asymptotic range") == true)
  }

  @Test(arguments: [1.55, 2.45])
  func `an order within a half of theory shows the asymptotic range`(_ order: Double) {
    let found = study([4.0, 2, 1].map { 10 + pow($0, order) }, theory: 2)
    #expect(found.isAsymptotic)
    #expect(found.warning == nil)
    // The error is 1; a bound that holds it without being blunt.
    #expect((1...10).contains(found.gridConvergenceIndex))
  }

  @Test func `two meshes that agree by accident do not make the index collapse`() {
    // The hoop stress of A03 on CPS4; the exact answer is 300 MPa.
    let found = study([295.8206, 302.4318, 302.4503], theory: 1)
    #expect(found.gridConvergenceIndex > 2.4503)
    #expect(found.basis == .largestDifference)
  }

  @Test func `a low order on meshes that are close together leaves more than the differences`() {
    // An error of h^0.6 on meshes one tenth apart: 100 %, of which the meshes show 11 %.
    let sizes = [1.21, 1.1, 1]
    let found = study(sizes.map { 10 + pow($0, 0.6) }, sizes, theory: 2)
    #expect(found.gridConvergenceIndex > 1)
  }

  @Test func `oscillation and divergence are told and widen the index`() {
    #expect(study([10, 12, 11], theory: 2).behaviour == .oscillating)
    #expect(study([10, 12, 11], theory: 2).gridConvergenceIndex == 6)
    #expect(study([10, 11, 13], theory: 2).behaviour == .diverging)
    #expect(study([10, 11, 13], theory: 2).observedOrder == nil)
    #expect(study([10, 11, 13], theory: 2).gridConvergenceIndex == 9)
  }

  @Test func `values equal to round-off are exact, and no more is promised than the solver holds`()
  {
    let found = study([1, 1 + 1e-12, 1 - 1e-12], theory: 2)
    #expect(found.behaviour == .exact)
    #expect(found.basis == .roundOff)
    #expect(abs(found.gridConvergenceIndex - 1e-9) < 1e-20)
    #expect(study([0, 0, 0], theory: 2).behaviour == .exact)
  }

  /// Errors a hᵏ + b hᵏ⁺¹ with a and b of either sign: the second term hides or mimics an order.
  @Test(arguments: [1.0, 2, 3, 4])
  func `holds 95 % of made-up errors of two terms`(_ order: Double) {
    var generator = SplitMix64(seed: 20_261_127)
    var held = 0
    var ratios: [Double] = []
    let count = 4000
    for _ in 0..<count {
      let a = generator.normal()
      let b = generator.normal()
      let finest = Double.random(in: 0.05...0.25, using: &generator)
      let ratio = Double.random(in: 1.3...2, using: &generator)
      let sizes = [finest * ratio * ratio, finest * ratio, finest]
      let found = study(
        sizes.map { 10 + a * pow($0, order) + b * pow($0, order + 1) }, sizes, theory: order)
      let error = abs(a * pow(finest, order) + b * pow(finest, order + 1))
      if error <= found.gridConvergenceIndex { held += 1 }
      if found.isAsymptotic { ratios.append(found.gridConvergenceIndex / error) }
    }
    #expect(Double(held) >= 0.95 * Double(count), "\(held) of \(count)")
    #expect(ratios.count > count / 2)
    #expect(ratios.sorted()[ratios.count / 2] <= 10)
  }
}

/// A small generator with a fixed seed.
private struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A sum of twelve uniform numbers less its mean: close to the normal distribution.
  mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
  }
}
