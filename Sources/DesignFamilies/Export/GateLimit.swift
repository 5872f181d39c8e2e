internal import DesignProblem

/// A limit of a task on one of its terms, and how a part reads the term: the same number, from the same elements, as the solver of images finds.
struct GateLimit {
  /// Why a part cannot read a term.
  struct NotRead: Error, CustomStringConvertible {
    let description: String
  }
  /// The deck that a figure is read from.
  enum Model: String {
    /// The solid pixels.
    case pixels
    /// Solid and void pixels: the norm of temperatures counts the void's.
    case image
  }

  let model: Model
  /// The region whose nodes are read, where there is one.
  let region: GridRegion?
  /// Elements that a stress does not count, of each step that it is read in; empty where it counts all.
  let uncounted: [[Int]]
  /// Where the limit comes from.
  let source: String
  private let what: String
  private let read: String
  /// How the place is written, of the name of the set.
  private let place: (@Sendable (String) -> String)?
  private let steps: [String]
  private let side: DesignLimit.Side
  private let value: Double
  private let unit: String

  /// The reading of a task's limit.
  ///
  /// - Precondition: The limit names a term of the task.
  init(_ limit: TaskLimit, of problem: DesignTask) throws(NotRead) {
    guard let term = problem.stated.terms.first(where: { $0.name == limit.term }) else {
      preconditionFailure("no term '\(limit.term)'")
    }
    guard let bound = limit.value else {
      throw NotRead(
        description: "its bound is a multiple of a reference design, of which there is none")
    }
    source = limit.reason
    let stated = problem.stated
    /// The places of load cases; all unless names say which.
    func places(_ names: [String]?) -> [Int] {
      stated.loadCases.indices.filter { names?.contains(stated.loadCases[$0].name) ?? true }
    }
    func numbers(_ places: [Int]) -> [Int] {
      places.compactMap { problem.number(of: .loadCase($0)) }
    }
    let isOneStep = problem.deckSteps.count == 1
    /// Nothing where the deck has one step, which is read anyway.
    func keys(_ numbers: [Int]) -> [String] {
      if isOneStep { return [] }
      return numbers.count == 1 ? ["step: \(numbers[0])"] : ["steps: \(numbers)"]
    }
    func temperaturesAlone() throws(NotRead) -> [String] {
      guard let number = problem.number(of: .temperatures) else {
        throw NotRead(description: "nothing warms the structure")
      }
      return keys([number])
    }
    var (model, region, uncounted) = (Model.pixels, GridRegion?.none, [[Int]]())
    // Films of the image cool what is behind them, solid or not; so do its temperatures.
    if let heat = stated.heat, !heat.films.isEmpty, heat.deforms,
      term.measure.row.isOfTemperaturesAlone
        || places(term.measure.cases).contains(where: { stated.loadCases[$0].isWarm })
    {
      model = .image
    }
    var side = DesignLimit.Side.below
    switch term.measure {
    case .compliance(let reference, let names):
      let compliance = reference.map { $0 * (1 + bound) } ?? bound
      let cases = places(names).filter { stated.loadCases[$0].weight > 0 }
      guard !cases.isEmpty else { throw NotRead(description: "its load cases have no weight") }
      // The energy of stresses leaves out what the forces of thermal strain do.
      let isWarm = cases.contains { stated.isWarmed && stated.loadCases[$0].isWarm }
      let share = isWarm ? 1.0 : 2
      let weights = cases.map { stated.loadCases[$0].weight }
      (read, place, unit) = (isWarm ? "load-work" : "strain-energy", nil, "mJ")
      let figure = isWarm ? "work of loads and of thermal strain" : "strain energy"
      if cases.count == 1 {
        (what, steps) = (figure, keys(numbers(cases)))
        value = compliance / (share * weights[0])
      } else {
        what = figure + " of \(cases.count) load cases, weighted"
        steps = keys(numbers(cases)) + ["weights: \(weights)"]
        value = compliance / share
      }
    case .stress(let aggregate, let names):
      let reading = try StressReading(aggregate)
      (what, read, place, unit) = (reading.what, "stress von-mises", reading.place, "MPa")
      steps = keys(numbers(places(names)))
      value = bound * (aggregate.limit ?? 1)
      uncounted = reading.uncounted(problem, places(names))
    case .thermalStress(let aggregate):
      let reading = try StressReading(aggregate)
      what = reading.what + " under the temperatures alone"
      (read, place, unit) = ("stress von-mises", reading.place, "MPa")
      steps = try temperaturesAlone()
      value = bound * (aggregate.limit ?? 1)
      uncounted = reading.uncounted(problem, [nil])
    case .displacement(let of, let direction, let names):
      let axes = GridAxis.allCases.filter { $0.index < direction.count && direction[$0.index] != 0 }
      guard axes.count == 1 else {
        throw NotRead(
          description: "its direction lies along no axis, and parts read displacements along axes")
      }
      what = "mean displacement of a region along \(axes[0].rawValue)"
      (read, place, unit) = ("displacement \(axes[0].rawValue)", { "{set: \($0)}" }, "mm")
      steps = keys(numbers(places(names)))
      let isForward = direction[axes[0].index] > 0
      side = isForward ? .below : .above
      value = isForward ? bound : -bound
      region = of
    case .displacementNorm(let of, let exponent, let names):
      what = "displacements of a region, norm of order \(exponent.short),"
      (read, unit) = ("displacement magnitude", "mm")
      place = { "{norm-over: \($0), exponent: \(exponent)}" }
      steps = keys(numbers(places(names)))
      value = bound
      region = of
    case .thermalDistortion(let of):
      what = "root mean square displacement of a region under the temperatures alone"
      (read, place, unit) = ("displacement magnitude", { "{rms-over: \($0)}" }, "mm")
      steps = try temperaturesAlone()
      value = bound
      region = of
    case .temperature(let exponent):
      what = "temperatures, norm of order \(exponent.short),"
      (read, unit) = ("temperature", "K")
      place = { _ in "{norm-over: NALL, exponent: \(exponent)}" }
      let zero = stated.heat?.stressFreeTemperature ?? 0
      steps = ["step: \(problem.number(of: .heat) ?? 1)"] + (zero == 0 ? [] : ["zero: \(zero) K"])
      value = bound
      model = .image
    // Elsewhere the nodes of void count, which no part has.
    case .warpage(let side) where problem.isBonded:
      let axis = GridAxis.allCases[side.axis].rawValue
      what = "warpage of the side \(side.rawValue), its best-fit line removed, root mean square"
      (read, place, unit) = ("displacement \(axis)", { "{warp-over: \($0)}" }, "mm")
      steps = try temperaturesAlone()
      value = bound
      region = .edge(side: side)
    case .minimumSize(let constants):
      guard let radius = constants.radius else {
        throw NotRead(
          description: "it has no 'radius' of its own, and a part in black and white has no filter")
      }
      what = "what members and gaps lack to a length scale of radius \(radius.short) pixels,"
      (read, unit, steps) = ("minimum-size", "1", [])
      let size = problem.size
      place = { _ in
        "{pixels: [\(size.columns), \(size.rows)], radius: \(radius), erosion: \(constants.erosion), "
          + "dilation: \(constants.dilation), decay: \(constants.decay)}"
      }
      value = bound
      model = .pixels
    case .warpage, .volume, .overhang, .connectivity, .effectiveStiffness,
      .effectiveConductivity, .effectiveExpansion, .effectiveCompliance, .effectivePoissonsRatio,
      .cellStress:
      throw NotRead(description: "no part reads '\(term.measure.name)'")
    }
    // Where a matrix fills the grid, the pixels are the image.
    if problem.isBonded { model = .pixels }
    (self.model, self.region, self.side) = (model, region, side)
    self.uncounted = uncounted.allSatisfy(\.isEmpty) ? [] : uncounted
  }

  /// How a part file writes it.
  ///
  /// - Parameters:
  ///   - regions: The sets of nodes of regions.
  ///   - cells: The sets of elements that leave some out, each with those.
  func reading(
    regions: [(name: String, region: GridRegion)], cells: [(name: String, uncounted: [Int])]
  ) -> LimitReading {
    let stressed = uncounted.map { uncounted in
      cells.first { $0.uncounted == uncounted }?.name ?? "DESIGN"
    }
    let ofCells =
      stressed.isEmpty
      ? "DESIGN" : stressed.count == 1 ? stressed[0] : "[\(stressed.joined(separator: ", "))]"
    let set = region.map { region in regions.first { $0.region == region }?.name ?? "" } ?? ofCells
    return LimitReading(
      title: title, read: [read] + (place.map { ["at: " + $0(set)] } ?? []) + steps,
      model: model.rawValue, side: side, value: value, unit: unit, source: source)
  }

  /// Whether it is read from displacements or stresses.
  var isOfStructure: Bool { read != "temperature" && read != "minimum-size" }

  /// The same for pictures, in few words.
  var caption: String { "limit: \(what) \(side.rawValue) \(value.short) \(unit)" }

  /// What is limited, with the limit.
  var title: String {
    "\(what) \(side == .below ? "at most" : "at least") \(DesignExport.short(value)) \(unit)"
  }
}

/// How the stresses of elements become one number.
private struct StressReading {
  let what: String
  let place: @Sendable (String) -> String

  private let aggregate: Aggregate

  /// The elements that do not count in each load case, `nil` for the temperatures alone.
  func uncounted(_ problem: DesignTask, _ cases: [Int?]) -> [[Int]] {
    cases.map { place in
      problem.stated.elementsNotCounted(aggregate, inCase: place)
    }
  }

  init(_ aggregate: Aggregate) throws(GateLimit.NotRead) {
    guard aggregate.relaxation > 0 else {
      throw GateLimit.NotRead(
        description: "without relaxation it counts the void's stress, which no part has")
    }
    let exponent = aggregate.exponent
    self.aggregate = aggregate
    guard aggregate.function == .pNorm else {
      throw GateLimit.NotRead(
        description: "its function 'ks' counts void too, which no part has; take 'p-norm'")
    }
    what = "von Mises stress, norm of order \(exponent.short),"
    place = { "{norm-over: \($0), exponent: \(exponent)}" }
  }
}
