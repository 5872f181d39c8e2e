internal import BatchLinearAlgebra
internal import LinearAlgebra
internal import Synchronization

/// The factors that one thread works with, made as they are asked for and kept for the next group.
final class GridFactors {
  private let displacementAnalysis, temperatureAnalysis: GridAnalysis?
  private var displacementFactor, temperatureFactor: (any GroupFactor)?

  private let kernel: CholeskyFactor.Kernel

  init(
    displacement: GridAnalysis?, temperature: GridAnalysis?, _ kernel: CholeskyFactor.Kernel
  ) {
    self.kernel = kernel
    displacementAnalysis = displacement
    temperatureAnalysis = temperature
  }

  func displacement(_ system: GridOperator) -> any GroupFactor {
    factor(&displacementFactor, system, displacementAnalysis)
  }

  func temperature(_ system: GridOperator) -> any GroupFactor {
    factor(&temperatureFactor, system, temperatureAnalysis)
  }

  private func factor(
    _ kept: inout (any GroupFactor)?, _ system: GridOperator, _ analysis: GridAnalysis?
  ) -> any GroupFactor {
    if let kept { return kept }
    guard let analysis else { preconditionFailure("a field that nobody said would be solved for") }
    let factor: any GroupFactor =
      switch analysis {
      case .batch(let analysis): BatchFactor(system, analysis)
      case .oneAtATime(let analysis): OneAtATimeFactor(system, analysis, kernel)
      }
    kept = factor
    return factor
  }
}
