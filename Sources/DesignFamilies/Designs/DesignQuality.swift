internal import DesignProblem
internal import Manufacturability

/// How good a black and white design of a part is, the strict way and the published way of Docs/Design.md §5.
package struct DesignQuality: Codable, Sendable, Equatable {
  /// C / C_ref − 1 with the void of 1e-9, C the task's objective; infinite where a load is not joined to a support.
  package var objectiveError: Double
  /// The same with the void of 1e-3, as published, for every design.
  package var publishedObjectiveError: Double
  /// Solid that does not hang together with a support through sides, as a share of all solid; of a cell what is not of its largest body.
  package var floatingShare: Double
  /// Whether there is more than one body when corners join too, as published.
  package var isFloatingAsPublished: Bool
  /// Whether every loaded node touches solid that is joined to a support; of a cell whether its largest body goes on in the next cells along both axes.
  package var areLoadsJoined: Bool
  /// (V − V*) / V*.
  package var volumeError: Double
  /// Value / bound − 1 of every limit of the task, in their order, with the void of 1e-9: above 0 where the limit is broken, infinite where a load is not
  /// joined to a support.
  package var limitExcesses: [Double] = []
  /// Whether one of the task's limits is on its objective: then it stands in the place of ``SignOffLimits/objectiveError``.
  package var isObjectiveLimited = false

  /// Whether the design breaks a limit of its task.
  package var breaksLimit: Bool { limitExcesses.contains { !($0 <= 0) } }
  /// Whether any solid floats.
  package var isFloating: Bool { floatingShare > 0 }
  /// Whether the design fails: an objective twice the reference's or more, as OpenTO counts it, or a load that nothing carries.
  package var isFailure: Bool { !(objectiveError < 1) }

  /// Whether the solver signs the design off: it keeps the limits of its task, and these.
  package func isSignedOff(_ limits: SignOffLimits) -> Bool {
    isWellFormed(limits) && !breaksLimit
      && (isObjectiveLimited || objectiveError <= limits.objectiveError)
  }

  /// Whether the design keeps the limits that no solver is needed for.
  package func isWellFormed(_ limits: SignOffLimits) -> Bool {
    areLoadsJoined && floatingShare <= limits.floatingShare
      && abs(volumeError) <= limits.volumeError
  }

  /// The same of designs that were not judged.
  ///
  /// - Complexity: O(elements)
  package static func isWellFormed(
    _ design: SolidDesign, for problem: DesignTask, _ limits: SignOffLimits
  ) -> Bool {
    quality(design, problem, reference: 1, strict: nil, published: .nan).isWellFormed(limits)
  }

  /// Judges designs, two solves each.
  ///
  /// - Parameter references: The objective of a good design for each problem, with the strict void.
  /// - Throws: `FactorizationError` where the grid cannot be analysed.
  package static func of(
    _ designs: [SolidDesign], for problems: [DesignTask], references: [Double]
  ) throws -> [DesignQuality] {
    let strict = try values(of: designs, for: problems)
    let published = try values(
      of: designs, for: problems, void: VoidPhase(stiffnessRatio: 1e-3, conductivityRatio: 1e-3),
      isObjectiveAlone: true)
    return designs.indices.map { place in
      quality(
        designs[place], problems[place], reference: references[place], strict: strict[place],
        published: published[place]?[0] ?? .infinity)
    }
  }

  /// Judges designs without the published figures: one solve each.
  package static func strictly(
    _ designs: [SolidDesign], for problems: [DesignTask], references: [Double]
  ) throws -> [DesignQuality] {
    let strict = try values(of: designs, for: problems)
    return designs.indices.map { place in
      quality(
        designs[place], problems[place], reference: references[place], strict: strict[place],
        published: .nan)
    }
  }

  /// - Parameters:
  ///   - strict: The value of every term of the task with the strict void; `nil` where the solver finds none.
  ///   - published: The objective with the published void.
  private static func quality(
    _ design: SolidDesign, _ problem: DesignTask, reference: Double, strict: [Double]?,
    published: Double
  ) -> DesignQuality {
    let solidCount = design.solidCount
    // A matrix joins everything.
    let solid = problem.isBonded ? design.solid.map { _ in true } : design.solid
    let (floating, joined) = joints(of: solid, problem)
    let values = joined ? strict : nil
    return DesignQuality(
      objectiveError: values.map { $0[0] / reference - 1 } ?? .infinity,
      publishedObjectiveError: published / reference - 1,
      floatingShare: solidCount == 0 ? 1 : Double(floating) / Double(solidCount),
      isFloatingAsPublished: SolidLabels(
        of: solid, design.size, connectivity: .eight, isPeriodic: problem.isCell
      ).count != 1, areLoadsJoined: joined,
      volumeError: Double(solidCount) / Double(max(1, problem.solidCount)) - 1,
      limitExcesses: problem.limitExcesses(of: values, reference: reference),
      isObjectiveLimited: problem.isObjectiveLimited)
  }

  /// How many solid elements do not hang together with a support, and whether every load does; of a cell how many do not belong to its largest body, and
  /// whether that goes on in the next cells along both axes.
  private static func joints(of solid: [Bool], _ problem: DesignTask) -> (
    floating: Int, areJoined: Bool
  ) {
    if problem.isCell {
      let body = CellBody(of: solid, problem.size)
      return (solid.count { $0 } - body.count, body.spans)
    }
    let labels = SolidLabels(of: solid, problem.size)
    let held = labels.bodies(with: problem.supportElements)
    let floating = labels.labels.lazy.filter { $0 >= 0 && !held.contains($0) }.count
    let joined = problem.loadElements.allSatisfy { elements in
      !labels.bodies(with: elements).isDisjoint(with: held)
    }
    return (floating, joined)
  }

  /// The value of every term of each task, to round-off with the strict void; `nil` where a load is not joined to a support or the solver finds none.
  static func valuesOfJoined(_ designs: [SolidDesign], for problems: [DesignTask]) throws
    -> [[Double]?]
  {
    let values = try values(of: designs, for: problems, accuracy: .full)
    return designs.indices.map { place in
      let quality = quality(
        designs[place], problems[place], reference: 1, strict: nil, published: .nan)
      return quality.areLoadsJoined ? values[place] : nil
    }
  }

  /// The value of every term of each task, the objective first; `nil` where the solver finds none.
  private static func values(
    of designs: [SolidDesign], for problems: [DesignTask], void: VoidPhase = .init(),
    isObjectiveAlone: Bool = false, accuracy: EvaluationOptions.Accuracy = .training
  ) throws -> [[Double]?] {
    try ManufacturabilityLoss.evaluate(
      zip(designs, problems).map { design, problem in
        (
          try ManufacturabilityLoss(
            of: problem.manufacturability(void: void, isObjectiveAlone: isObjectiveAlone)),
          design.density
        )
      }, EvaluationOptions(gradient: .none, accuracy: accuracy)
    ).map { result in
      if case .success(let evaluation) = result { evaluation.terms.map(\.value) } else { nil }
    }
  }
}

/// What a part has to keep to be signed off, beside the limits of its task.
package struct SignOffLimits: Codable, Sendable, Equatable {
  /// The largest C / C_ref − 1 where the task does not limit its objective.
  package var objectiveError: Double
  /// The largest |V − V*| / V*.
  package var volumeError: Double
  /// The largest share of floating solid.
  package var floatingShare: Double

  /// Limits; by default a tenth more of the objective, two per cent of volume, nothing floating.
  package init(
    objectiveError: Double = 0.1, volumeError: Double = 0.02, floatingShare: Double = 0
  ) {
    self.objectiveError = objectiveError
    self.volumeError = volumeError
    self.floatingShare = floatingShare
  }
}
