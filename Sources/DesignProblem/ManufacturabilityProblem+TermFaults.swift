extension ManufacturabilityProblem {
  /// What is wrong with the terms.
  func termFaults() -> [ProblemFault] {
    var faults: [ProblemFault] = []
    if terms.isEmpty { faults.append(.init("terms", "nothing is measured")) }
    var names = Set<String>()
    let isMixed = isPeriodic && needsStructure
    for (place, term) in terms.enumerated() {
      let name = "terms[\(place)]"
      if !(term.weight >= 0) || !term.weight.isFinite {
        faults.append(.init(name + ".weight", "the weight \(term.weight) is negative"))
      }
      if !names.insert(term.name).inserted {
        faults.append(
          .init(name + ".name", "two terms are called '\(term.name)'", remedy: "name one of them"))
      }
      if isMixed, term.measure.row.isOfCell {
        faults.append(
          .init(
            name, "'\(term.measure.name)' is of a periodic cell, other terms are of a structure",
            remedy: "make two problems of them"))
      }
      faults += term.measure.row.faults(of: term.measure, in: self).map {
        ProblemFault($0.place.isEmpty ? name : "\(name).\($0.place)", $0.problem, remedy: $0.remedy)
      }
    }
    return faults
  }

  /// The least and the most mean density that passive elements leave.
  package var volumeRange: ClosedRange<Double> {
    var fixed = [Double?](repeating: nil, count: grid.elementCount)
    for region in passive {
      for element in grid.elements(in: region.region) {
        fixed[element] = region.filling == .solid ? 1 : 0
      }
    }
    let count = Double(grid.elementCount)
    let least = fixed.reduce(0) { $0 + ($1 ?? 0) } / count
    return least...fixed.reduce(0) { $0 + ($1 ?? 1) } / count
  }
}
