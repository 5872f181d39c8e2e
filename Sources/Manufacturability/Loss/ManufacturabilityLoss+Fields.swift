import DesignProblem

/// What an optimisation asks about densities; nothing is solved.
extension ManufacturabilityLoss {
  /// The physical density ρ̃ of a design.
  ///
  /// - Complexity: O(elements · pixels under the filter), as all of these
  package func physicalDensity(of design: [Double]) -> [Double] {
    prepared.pipeline.fields(of: design).density
  }

  /// The physical density of a design and, with two solids, the physical share of the second behind it.
  package func physicalDesign(of design: [Double]) -> [Double] {
    let fields = prepared.pipeline.fields(of: design)
    return fields.density + fields.share
  }

  /// The mean physical density of a design.
  package func meanDensity(of design: [Double]) -> Double {
    prepared.pipeline.meanDensity(of: design)
  }

  /// The mean physical density of a design, with its gradient with respect to the design.
  package func meanDensityWithGradient(of design: [Double]) -> (value: Double, gradient: [Double]) {
    prepared.pipeline.volume(of: design)
  }

  /// The elements that are not designed, with their density.
  package var passiveElements: [(element: Int, density: Double)] {
    prepared.pipeline.passiveElements
  }

  /// Why a design cannot be evaluated, before anything is solved.
  package func fault(of design: [Double]) -> DesignFault? { prepared.fault(of: design) }
}
