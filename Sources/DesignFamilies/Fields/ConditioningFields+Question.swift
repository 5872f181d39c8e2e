internal import DesignProblem

/// What is asked of the solver for the fields.
extension ConditioningFields {
  /// What the entries need.
  var needs: Set<FieldRow.Need> { Set(entries.map(\.kind.row.need)) }

  /// The problem with those terms alone that the entries need; `nil` where nothing is to be evaluated.
  ///
  /// Terms that no entry names come in only where nothing else makes the solver look for displacements or temperatures.
  func question(of task: DesignTask) -> ManufacturabilityProblem? {
    var problem = task.manufacturability()
    let named = Set(
      entries.filter { [.value, .derivative].contains($0.kind.row.need) }.compactMap(\.subject))
    problem.terms.removeAll { !named.contains($0.name) }
    func solves(_ fields: MeasureRow.Solve...) -> Bool {
      problem.terms.contains { fields.contains($0.measure.row.solve) }
    }
    if needs.contains(.displacements), !solves(.structure) {
      problem.terms.append(Term(.compliance(), name: "displacements of the uniform design"))
    }
    if needs.contains(.temperatures), problem.heat != nil, !solves(.structure, .conduction) {
      problem.terms.append(Term(.temperature(), name: "temperatures of the uniform design"))
    }
    return problem.terms.isEmpty ? nil : problem
  }

  /// Density 1, or the volume fraction where heat alone acts; of two solids equal shares.
  func uniformDesign(of problem: ManufacturabilityProblem, for task: DesignTask) -> [Double] {
    let isHeatAlone = problem.heat != nil && !problem.needsStructure
    let count = problem.grid.elementCount
    return [Double](repeating: isHeatAlone ? task.volumeFraction : 1, count: count)
      + [Double](repeating: Self.uniformShare, count: problem.designCount - count)
  }
}

extension FieldEntry {
  /// What a task lacks for the entry.
  func fault(in task: DesignTask) -> FieldFault? {
    switch kind.row.subject {
    case .nothing: return nil
    case .loadCase:
      let names = task.stated.loadCases.map(\.name)
      if let subject, !names.contains(subject) {
        return .unknown("load case", of: self, in: names)
      }
      return names.isEmpty && kind.row.need == .displacements
        ? FieldFault("the field \(self): the problem has no load case") : nil
    case .term:
      let names = task.stated.terms.map(\.name)
      guard let subject, names.contains(subject) else {
        return .unknown("term", of: self, in: names)
      }
      guard kind == .limit, let limit = task.limits.first(where: { $0.term == subject }) else {
        return nil
      }
      return limit.value == nil
        ? FieldFault(
          "the field \(self): the bound is a multiple of the value of a reference design, which the task does not have: give the bound a value"
        ) : nil
    }
  }
}
