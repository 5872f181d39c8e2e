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
      entries.filter { [.value, .derivative].contains($0.kind.row.need) }
        .compactMap { $0.subject.flatMap(task.term) })
    problem.terms.removeAll { !named.contains($0.name) }
    func solves(_ fields: MeasureRow.Solve...) -> Bool {
      problem.terms.contains { fields.contains($0.measure.row.solve) }
    }
    if needs.contains(.displacements), !problem.loadCases.isEmpty, !solves(.structure) {
      problem.terms.append(Term(.compliance(), name: "displacements of the uniform design"))
    }
    let conducts = solves(.conduction) || (solves(.structure) && problem.heat?.deforms == true)
    if needs.contains(.temperatures), problem.heat != nil, !conducts {
      problem.terms.append(Term(.temperature(), name: "temperatures of the uniform design"))
    }
    return problem.terms.isEmpty ? nil : problem
  }

  /// Density 1, or the volume fraction where heat alone acts or a matrix fills the rest; of two solids equal shares. Of the cell of a periodic material, of
  /// whose uniform design all elements answer alike, the design that the search for references begins with.
  func uniformDesign(of problem: ManufacturabilityProblem, for task: DesignTask) -> [Double] {
    if problem.isPeriodic, let start = task.searchStart(0) { return start }
    let isGrey = task.isBonded || (problem.heat != nil && !problem.needsStructure)
    let count = problem.grid.elementCount
    return [Double](repeating: isGrey ? task.volumeFraction : 1, count: count)
      + [Double](repeating: Self.uniformShare, count: problem.designCount - count)
  }
}

extension FieldEntry {
  /// What a task lacks for the entry. A load case or a term of a name that the task does not have is no fault: the family has it in other tasks.
  func fault(in task: DesignTask) -> FieldFault? {
    switch kind.row.subject {
    case .nothing: return nil
    case .loadCase:
      return task.stated.loadCases.isEmpty && subject == nil && kind.row.need == .displacements
        ? FieldFault("the field \(self): the problem has no load case") : nil
    case .term:
      guard kind == .limit, let term = subject.flatMap(task.term),
        let limit = task.limits.first(where: { $0.term == term })
      else { return nil }
      return limit.value == nil
        ? FieldFault(
          "the field \(self): the bound is a multiple of the value of a reference design, which the task does not have: give the bound a value"
        ) : nil
    }
  }
}

extension DesignTask {
  /// The name of the term that a field is about: the term so called or, in a problem with names of its own, the only one of the measure so called;
  /// `nil` where there is none.
  func term(_ subject: String) -> String? {
    if stated.terms.contains(where: { $0.name == subject }) { return subject }
    let measuring = stated.terms.filter { $0.measure.label == subject }
    return measuring.count == 1 ? measuring[0].name : nil
  }
}
