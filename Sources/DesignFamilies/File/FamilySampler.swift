internal import DesignProblem
internal import Files
internal import Manufacturability
internal import Quantities
internal import StrictYAML

/// Draws the problem of one number.
struct FamilySampler {
  /// How often a problem is drawn anew before the distribution is called empty.
  static let attemptLimit = 1000

  /// What came of one attempt.
  enum Draw {
    case task(DesignTask)
    /// Its numbers have no solution: why.
    case rejected(String)
  }

  private let family: FamilyFile
  private let sample: FamilySample
  private let number: Int
  private var drawing: TemplateDrawing
  private let start: [String: TemplateDrawing.Value]

  init(
    _ family: FamilyFile, _ sample: FamilySample, size: GridSize, isUnseen: Bool, seed: UInt64,
    number: Int
  ) {
    (self.family, self.sample, self.number) = (family, sample, number)
    drawing = TemplateDrawing(
      SeededGenerator(seed: seed, stream: UInt64(bitPattern: Int64(number))), size: size,
      definitions: family.definitions)
    for (name, held) in family.heldOut {
      drawing.isAllowed[name] = { $0.isAmong(held) == isUnseen }
    }
    start = drawing.values
  }

  /// The first draw that has a solution.
  mutating func task() throws(SamplerFault) -> DesignTask {
    var reasons: [String: Int] = [:]
    for _ in 0..<Self.attemptLimit {
      let faults = YAMLFaults(file: family.file)
      let draw = draw(faults)
      do throws(InputFaults) { try faults.throwIfAny() } catch {
        throw SamplerFault(description: "problem \(number) of '\(sample.name)': \(error)")
      }
      switch draw {
      case .task(let task)?: return task
      case .rejected(let reason)?: reasons[reason, default: 0] += 1
      case nil: break
      }
    }
    let most = reasons.max { ($0.value, $1.key) < ($1.value, $0.key) }
    throw SamplerFault(
      description:
        "\(Self.attemptLimit) draws from '\(sample.name)' at \(drawing.size) gave no problem with a solution"
        + (most.map { "; \($0.value) times: \($0.key)" } ?? ""))
  }

  /// One attempt; `nil` where the text that was drawn is wrong.
  mutating func draw(_ faults: YAMLFaults) -> Draw? {
    drawing.values = start
    do {
      try drawing.draw(sample.names)
      let tree = try drawing.tree(family.problem)
      let fraction = try drawing.tree(family.volumeFraction)
      let limits = try family.limits.map { try drawing.tree($0) }
      return task(of: tree, fraction, limits, faults)
    } catch let fault as TemplateFault {
      faults.add(fault.line, fault.problem, remedy: fault.remedy)
    } catch {
      faults.add(family.problem.line, "\(error)")
    }
    return nil
  }

  private func task(
    of tree: YAMLTree, _ fraction: YAMLTree, _ limits: YAMLTree?, _ faults: YAMLFaults
  ) -> Draw? {
    let problemFaults = YAMLFaults(file: family.file)
    guard let file = ProblemFile(tree, faults: faults, problemFaults: problemFaults)
    else { return nil }
    var problem = file.problem
    for place in problem.terms.indices { problem.terms[place].weight = place == 0 ? 1 : 0 }
    guard case .text(let text) = fraction.content, let volume = Scalar(text), volume.unit.isEmpty,
      volume.value > 0, volume.value <= 1
    else {
      faults.add(
        fraction.line, "\(fraction.kind) is no volume fraction", remedy: "above 0, up to 1")
      return nil
    }
    let reader = FamilyLimitReader(
      terms: problem.terms, hasUnits: file.hasUnits, faults: faults)
    let bounds = limits.flatMap { reader.limits($0) } ?? []
    guard faults.faults.isEmpty else { return nil }
    if let fault = problemFaults.faults.first { return .rejected(fault.description) }
    if let fault = problem.targetFaults(
      volumeFraction: volume.value,
      limits: bounds.compactMap { limit in
        limit.value.map {
          TermLimit(limit.term, atMost: file.hasUnits ? si($0, limit.term, problem) : $0)
        }
      }
    ).first {
      return .rejected(fault.description)
    }
    if problem.isPeriodic, family.periodicAxes != [.x, .y] {
      faults.add(
        family.problem.line, "designs are cells of a periodic material",
        remedy: "write 'periodic: [x, y]'")
      return nil
    }
    if file.hasUnits { problem = problem.inMillimetres }
    var task = DesignTask(
      problem, volumeFraction: volume.value, caseName: caseName, limits: bounds)
    if let largest = family.largestForce, !task.scaleLoads(toLargest: largest) {
      return .rejected("all forces are 0")
    }
    return task.keepsClear(sample.clearance)
      ? .task(task)
      : .rejected(
        "a load or a source of heat is nearer to a support or a sink than the clearance of \(Scalar(sample.clearance).text) allows"
      )
  }

  /// A bound in the units of tasks as SI has it.
  private func si(_ bound: Double, _ name: String, _ problem: ManufacturabilityProblem) -> Double {
    let dimension = problem.terms.first { $0.name == name }?.measure.dimension ?? .dimensionless
    return bound / dimension.inMillimetres(1)
  }

  /// What the drawn values are called, in the order they were drawn; the distribution where none has a name.
  private var caseName: String {
    let names = sample.names.compactMap { drawing.values[$0.key]?.name }
    return names.isEmpty ? sample.name : names.joined(separator: " ")
  }
}

extension DesignTask {
  /// Scales all forces, so that the largest has a length; says no where there are only forces of 0.
  fileprivate mutating func scaleLoads(toLargest length: Double) -> Bool {
    let all = stated.loadCases.flatMap(\.loads)
    guard !all.isEmpty else { return true }
    let largest = all.map { $0.force.reduce(0) { $0 + $1 * $1 }.squareRoot() }.max() ?? 0
    guard largest > 0 else { return false }
    for place in stated.loadCases.indices {
      for load in stated.loadCases[place].loads.indices {
        stated.loadCases[place].loads[load].force = stated.loadCases[place].loads[load].force.map {
          // Digits beyond a micronewton would only make files longer.
          ($0 / largest * length * 1e6).rounded() / 1e6
        }
      }
    }
    return true
  }

  /// Whether every node of a load is a share of the longer side away from all that is held, and every node of a source from all sinks.
  fileprivate func keepsClear(_ clearance: Double) -> Bool {
    let grid = grid
    func points(_ regions: [GridRegion]) -> [SIMD2<Double>] {
      regions.flatMap { grid.nodes(in: $0) }.map {
        let at = grid.position(ofNode: $0)
        return SIMD2(Double(at[0]), Double(at[1]))
      }
    }
    let distance = clearance * Double(max(size.columns, size.rows))
    func areClear(_ a: [SIMD2<Double>], of b: [SIMD2<Double>]) -> Bool {
      a.allSatisfy { point in
        b.allSatisfy { other in
          let between = point - other
          return (between * between).sum() > distance * distance
        }
      }
    }
    let loads = stated.loadCases.flatMap(\.loads).map(\.region)
    let heat = stated.heat
    return areClear(points(loads), of: points(supports.map(\.region)))
      && areClear(
        points(heat?.sources.map(\.region) ?? []), of: points(heat?.sinks.map(\.region) ?? []))
  }
}
