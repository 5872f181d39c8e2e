internal import DesignProblem

extension Term {
  /// The term of a task that is mirrored or turned.
  func imaged(_ symmetry: Symmetry, on size: GridSize) -> Term {
    Term(measure.imaged(symmetry, on: size), weight: weight, name: name)
  }
}

extension Measure {
  /// The measure of the image of a design that has the value of the measure of the design.
  ///
  /// An effective constant of a cell in which one axis appears an odd number of times changes its sign where that axis is mirrored: its target
  /// does so too.
  func imaged(_ symmetry: Symmetry, on size: GridSize) -> Measure {
    func region(_ region: GridRegion) -> GridRegion { region.imaged(symmetry, on: size) }
    /// xx, yy, xy of Voigt's order.
    func component(_ place: Int) -> Int {
      symmetry.swapsAxes && place < 2 ? 1 - place : place
    }
    /// −1 where one of the components is a shear and one axis is mirrored.
    func sign(shears: Int) -> Double {
      shears.isMultiple(of: 2) || symmetry.mirrorsX == symmetry.mirrorsY ? 1 : -1
    }
    func imaged(_ stress: Aggregate) -> Aggregate {
      var image = stress
      image.region = stress.region.map(region)
      return image
    }
    /// A stress mirrored or turned; a shear changes its sign where one axis is mirrored.
    func stress(_ values: [Double]) -> [Double] {
      guard values.count == 3 else { return values }
      let image = [values[component(0)], values[component(1)], sign(shears: 1) * values[2]]
      return image.map { 0 + $0 }
    }
    switch self {
    case .stress(let stress, let cases): return .stress(imaged(stress), cases: cases)
    case .thermalStress(let stress): return .thermalStress(imaged(stress))
    case .displacement(let place, let direction, let cases):
      return .displacement(
        region: region(place), direction: symmetry.vector(direction), cases: cases)
    case .displacementNorm(let place, let exponent, let cases):
      return .displacementNorm(region: region(place), exponent: exponent, cases: cases)
    case .thermalDistortion(let place): return .thermalDistortion(region: region(place))
    case .warpage(let side): return .warpage(side: symmetry.side(side))
    case .overhang(let side): return .overhang(upwards: symmetry.side(side))
    case .effectiveStiffness(let row, let column, let target):
      let sign = sign(shears: [row, column].count { $0 == 2 })
      return .effectiveStiffness(
        row: component(row), column: component(column), target: target.map { sign * $0 })
    case .effectiveConductivity(let row, let column, let target):
      let sign = sign(shears: row == column ? 0 : 1)
      return .effectiveConductivity(
        row: component(row), column: component(column), target: target.map { sign * $0 })
    case .effectiveExpansion(let row, let target):
      let sign = sign(shears: row == 2 ? 1 : 0)
      return .effectiveExpansion(row: component(row), target: target.map { sign * $0 })
    case .effectiveCompliance(let direction):
      return .effectiveCompliance(direction: stress(direction))
    case .effectivePoissonsRatio(let row, let column):
      return .effectivePoissonsRatio(row: component(row), column: component(column))
    case .cellStress(let mean, let aggregate): return .cellStress(mean: stress(mean), aggregate)
    case .compliance, .temperature, .volume, .minimumSize, .connectivity:
      return self
    }
  }
}
