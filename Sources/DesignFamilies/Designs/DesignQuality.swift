internal import DesignProblem
internal import Manufacturability

/// How good a black and white design of a part is, the strict way and the published way of Docs/Design.md §5.
public struct DesignQuality: Codable, Sendable, Equatable {
  /// C / C_ref − 1 with the void of 1e-9, C the task's objective; infinite where a load is not joined to a support.
  public var objectiveError: Double
  /// The same with the void of 1e-3, as published, for every design.
  public var publishedObjectiveError: Double
  /// Solid that does not hang together with a support through sides, as a share of all solid.
  public var floatingShare: Double
  /// Whether there is more than one body when corners join too, as published.
  public var isFloatingAsPublished: Bool
  /// Whether every loaded node touches solid that is joined to a support.
  public var areLoadsJoined: Bool
  /// (V − V*) / V*.
  public var volumeError: Double

  /// Whether any solid floats.
  public var isFloating: Bool { floatingShare > 0 }
  /// Whether the design fails: an objective twice the reference's or more, as OpenTO counts it, or a load that nothing carries.
  public var isFailure: Bool { !(objectiveError < 1) }

  /// Whether the solver signs the design off within limits.
  public func isSignedOff(_ limits: SignOffLimits) -> Bool {
    isWellFormed(limits) && objectiveError <= limits.objectiveError
  }

  /// Whether the design keeps the limits that no solver is needed for.
  public func isWellFormed(_ limits: SignOffLimits) -> Bool {
    areLoadsJoined && floatingShare <= limits.floatingShare
      && abs(volumeError) <= limits.volumeError
  }

  /// The same of designs that were not judged.
  ///
  /// - Complexity: O(elements)
  public static func isWellFormed(
    _ design: SolidDesign, for problem: DesignTask, _ limits: SignOffLimits
  ) -> Bool {
    quality(design, problem, strict: .nan, published: .nan).isWellFormed(limits)
  }

  /// Judges designs, two solves each.
  ///
  /// - Parameter references: The objective of a good design for each problem, with the strict void.
  /// - Throws: `FactorizationError` where the grid cannot be analysed.
  public static func of(
    _ designs: [SolidDesign], for problems: [DesignTask], references: [Double]
  ) throws -> [DesignQuality] {
    let strict = try objectives(designs, problems, void: VoidPhase())
    let published = try objectives(
      designs, problems, void: VoidPhase(stiffnessRatio: 1e-3, conductivityRatio: 1e-3))
    return designs.indices.map { place in
      quality(
        designs[place], problems[place], strict: strict[place] / references[place] - 1,
        published: published[place] / references[place] - 1)
    }
  }

  /// Judges designs without the published figures: one solve each.
  public static func strictly(
    _ designs: [SolidDesign], for problems: [DesignTask], references: [Double]
  ) throws -> [DesignQuality] {
    let strict = try objectives(designs, problems, void: VoidPhase())
    return designs.indices.map { place in
      quality(
        designs[place], problems[place], strict: strict[place] / references[place] - 1,
        published: .nan)
    }
  }

  private static func quality(
    _ design: SolidDesign, _ problem: DesignTask, strict: Double, published: Double
  ) -> DesignQuality {
    let labels = SolidLabels(of: design.solid, design.size)
    let held = labels.bodies(with: problem.supportElements)
    let floating = labels.labels.lazy.filter { $0 >= 0 && !held.contains($0) }.count
    let joined = problem.loadElements.allSatisfy { elements in
      !labels.bodies(with: elements).isDisjoint(with: held)
    }
    let solidCount = design.solidCount
    return DesignQuality(
      objectiveError: joined ? strict : .infinity, publishedObjectiveError: published,
      floatingShare: solidCount == 0 ? 1 : Double(floating) / Double(solidCount),
      isFloatingAsPublished: SolidLabels(of: design.solid, design.size, connectivity: .eight)
        .count != 1, areLoadsJoined: joined,
      volumeError: Double(solidCount) / Double(max(1, problem.solidCount)) - 1)
  }

  /// f·u of every design with the strict void, to round-off; infinite where a load is not joined to a support or the solver finds none.
  static func objectives(of designs: [SolidDesign], for problems: [DesignTask]) throws
    -> [Double]
  {
    let values = try objectives(designs, problems, void: VoidPhase(), accuracy: .full)
    return designs.indices.map { place in
      quality(designs[place], problems[place], strict: values[place], published: .nan)
        .objectiveError
    }
  }

  /// f·u of every design; infinite where the solver finds none.
  private static func objectives(
    _ designs: [SolidDesign], _ problems: [DesignTask], void: VoidPhase,
    accuracy: EvaluationOptions.Accuracy = .training
  ) throws -> [Double] {
    try ManufacturabilityLoss.evaluate(
      zip(designs, problems).map { design, problem in
        (try ManufacturabilityLoss(of: problem.manufacturability(void: void)), design.density)
      }, EvaluationOptions(gradient: .none, accuracy: accuracy)
    ).map { result in
      if case .success(let evaluation) = result { evaluation.total } else { .infinity }
    }
  }
}

/// What a part has to keep to be signed off.
public struct SignOffLimits: Codable, Sendable, Equatable {
  /// The largest C / C_ref − 1.
  public var objectiveError: Double
  /// The largest |V − V*| / V*.
  public var volumeError: Double
  /// The largest share of floating solid.
  public var floatingShare: Double

  /// Limits; by default a tenth more of the objective, two per cent of volume, nothing floating.
  public init(
    objectiveError: Double = 0.1, volumeError: Double = 0.02, floatingShare: Double = 0
  ) {
    self.objectiveError = objectiveError
    self.volumeError = volumeError
    self.floatingShare = floatingShare
  }
}
