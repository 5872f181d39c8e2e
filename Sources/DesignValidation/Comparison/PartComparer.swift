import Files
import ThermoElasticity

/// Compares what became of one part in two runs.
struct PartComparer {
  /// A change beyond this share of what a figure is read from is no round-off.
  static let roundOff = 1e-8

  let before: PartResult
  let after: PartResult
  private let earlier: SavedRunFolder
  private let later: SavedRunFolder

  init(
    _ before: PartResult, _ after: PartResult, _ earlier: SavedRunFolder, _ later: SavedRunFolder
  ) {
    (self.before, self.after, self.earlier, self.later) = (before, after, earlier, later)
  }

  /// What is different; `nil` where nothing is.
  func difference() throws -> RunComparison.Part? {
    var part = RunComparison.Part(
      name: after.name, change: .changed, level: .same, before: before.verdict,
      after: after.verdict)
    if after.verdict != before.verdict {
      part.change = after.verdict.weight > before.verdict.weight ? .broken : .mended
      part.level = .matters
    }
    part.inputs = inputs
    let meshes = try self.meshes()
    part.fields = meshes.values.flatMap(\.fields).map(withUnit)
      .sorted { ($1.relative, $0.model, $0.field) < ($0.relative, $1.model, $1.field) }
    part.figures = figures(meshes)
    for level in part.figures.map(\.level) + part.fields.map(\.level) {
      part.level = max(part.level, level)
    }
    let isSame =
      part.level == .same && part.inputs.isEmpty && part.figures.isEmpty && part.fields.isEmpty
    return isSame ? nil : part
  }

  private func withUnit(_ field: RunComparison.Field) -> RunComparison.Field {
    let kinds = [
      ModelFields.vonMisesName: "stress", ModelFields.temperatureName: "temperature",
      "displacement": "length", "position": "length",
    ]
    var field = field
    field.unit = kinds[field.field].flatMap { after.units?[$0] }
    return field
  }

  // MARK: Figures

  private func figures(_ meshes: [String: ModelComparison]) -> [RunComparison.Figure] {
    let (old, new) = (before.allFigures, after.allFigures)
    let judgements = judgements
    var result: [RunComparison.Figure] = []
    for figure in new {
      guard let previous = old.first(where: { $0.name == figure.name && $0.model == figure.model })
      else {
        result.append(difference(nil, figure, .moved, "it is new"))
        continue
      }
      if previous.unit != figure.unit {
        result.append(
          difference(
            previous, figure, .matters, "the unit was '\(previous.unit)'", isComparable: false))
        continue
      }
      guard let was = previous.value, let now = figure.value else {
        if (previous.value == nil) != (figure.value == nil) {
          let reason = figure.value == nil ? "it cannot be read any more" : "it can be read now"
          result.append(difference(previous, figure, .matters, reason))
        }
        continue
      }
      let change = abs(now - was)
      let (limit, reason) = smallestChange(
        previous, figure, meshes[figure.model ?? after.models.first?.name ?? ""])
      let level: RunComparison.Level = change > limit ? .moved : .same
      if figure.isStated, let judgement = judgements[figure.name],
        change > 0 || isRequirementChanged(figure.name)
      {
        result.append(difference(previous, figure, .matters, judgement))
      } else if figure.isStated, let tolerance = figure.tolerance, change > tolerance {
        result.append(
          difference(
            previous, figure, .matters,
            "the change is more than the tolerance of "
              + "\(tolerance.significant(3))"))
      } else if level == .moved || change > Self.roundOff * max(previous.size, figure.size) {
        result.append(difference(previous, figure, level, reason))
      }
    }
    for figure in old
    where !new.contains(where: { $0.name == figure.name && $0.model == figure.model }) {
      result.append(difference(figure, nil, .matters, "it is lost"))
    }
    func weight(_ figure: RunComparison.Figure) -> Double { abs(figure.relative ?? .infinity) }
    return result.enumerated().sorted {
      ($1.element.level, weight($1.element), $0.offset)
        < ($0.element.level, weight($0.element), $1.offset)
    }.map(\.element)
  }

  /// The change from which on a figure has moved, and where that comes from.
  private func smallestChange(
    _ old: PartFigure, _ new: PartFigure, _ mesh: ModelComparison?
  ) -> (Double, String) {
    let roundOff = Self.roundOff * max(old.size, new.size)
    guard let mesh, !mesh.isOneDiscretisation else {
      return (roundOff, "round-off is 1e-8 of \(max(old.size, new.size).significant(3))")
    }
    // Where nothing is known of a figure's error, what the energy norm says of the model stands for it.
    let estimate = mesh.energyError * max(old.size, new.size)
    let u = max(old.numericalUncertainty ?? estimate, new.numericalUncertainty ?? estimate)
    return (max(u, roundOff), "the meshes differ, u_num \(u.significant(3))")
  }

  /// What is said of quantities and limits whose verdict or requirement is another one, by name.
  private var judgements: [String: String] {
    var lines: [String: String] = [:]
    func compare(_ name: String, _ old: Verdict, _ new: Verdict, _ requirement: String?) {
      if let requirement {
        lines[name] = requirement
      } else if old != new {
        lines[name] = "the verdict was \(old.rawValue) and is \(new.rawValue)"
      }
    }
    for quantity in after.quantities {
      guard let old = before.quantities.first(where: { $0.name == quantity.name }) else { continue }
      var requirement: String?
      if old.reference != quantity.reference {
        requirement =
          "the reference was \(old.reference.value.significant(9)) and is \(quantity.reference.value.significant(9))"
        if old.reference.value == quantity.reference.value {
          requirement = "the reference has another source, kind or uncertainty"
        }
      } else if old.tolerance != quantity.tolerance {
        requirement =
          "the tolerance was \(old.tolerance.absolute.significant(6)) and is \(quantity.tolerance.absolute.significant(6))"
        if old.tolerance.absolute == quantity.tolerance.absolute { requirement = nil }
      }
      compare(quantity.name, old.verdict, quantity.verdict, requirement)
    }
    for limit in after.limits {
      guard let old = before.limits.first(where: { $0.name == limit.name }) else { continue }
      let isSame = old.limit == limit.limit && old.bound == limit.bound
      compare(
        limit.name, old.verdict, limit.verdict,
        isSame
          ? nil
          : "the limit was \(old.bound.rawValue) \(old.limit.significant(9)) and is \(limit.bound.rawValue) \(limit.limit.significant(9))"
      )
    }
    return lines
  }

  /// Whether a reference, tolerance or limit is another one, so that figures matter that are what they were.
  private func isRequirementChanged(_ name: String) -> Bool {
    let (old, new) = (before.quantities, after.quantities)
    if let was = old.first(where: { $0.name == name }),
      let now = new.first(where: { $0.name == name })
    {
      return was.reference != now.reference || was.tolerance != now.tolerance
    }
    guard let was = before.limits.first(where: { $0.name == name }),
      let now = after.limits.first(where: { $0.name == name })
    else { return false }
    return was.limit != now.limit || was.bound != now.bound
  }

  private func difference(
    _ old: PartFigure?, _ new: PartFigure?, _ level: RunComparison.Level, _ reason: String,
    isComparable: Bool = true
  ) -> RunComparison.Figure {
    let figure = new ?? old
    var result = RunComparison.Figure(
      quantity: figure?.name ?? "", model: figure?.model, unit: figure?.unit ?? "",
      before: old?.value, after: new?.value, level: level, reason: reason,
      location: figure?.location, node: figure?.node, position: figure?.position)
    if isComparable, let was = old?.value, let now = new?.value {
      result.absolute = now - was
      result.relative = was == 0 ? nil : (now - was) / abs(was)
    }
    return result
  }

  // MARK: Meshes and inputs

  /// The models of both runs, by name.
  private func meshes() throws -> [String: ModelComparison] {
    var result: [String: ModelComparison] = [:]
    for model in after.models {
      guard let old = before.models.first(where: { $0.name == model.name }) else { continue }
      result[model.name] = try ModelComparison(old, model, earlier, later)
    }
    return result
  }

  /// What the part is made from, as far as it is another than it was.
  private var inputs: [String] {
    var lines: [String] = []
    if before.partFileChecksum != after.partFileChecksum { lines.append("the part file") }
    for model in after.models {
      guard let old = before.models.first(where: { $0.name == model.name }) else {
        lines.append("the model '\(model.name)' is new")
        continue
      }
      guard (old.failure == nil) == (model.failure == nil) else {
        lines.append(
          "the model '\(model.name)' \(model.failure == nil ? "can be solved now" : "cannot be solved any more")"
        )
        continue
      }
      if old.elementTypes != model.elementTypes {
        lines.append(
          "element types of '\(model.name)': \(old.elementTypes) before, \(model.elementTypes) now")
      }
      if let was = old.checksums, let now = model.checksums {
        var differing: [String] = []
        if was.mesh != now.mesh { differing.append("mesh") }
        if was.materials != now.materials { differing.append("materials") }
        if !differing.isEmpty {
          lines.append("\(differing.joined(separator: " and ")) of '\(model.name)'")
        } else if was.deck != now.deck {
          lines.append("the deck of '\(model.name)', its mesh and materials being the same")
        }
      }
      let (was, now) = (old.steps.last?.soundness, model.steps.last?.soundness)
      if let was, let now, was.unknownCount != now.unknownCount {
        lines.append(
          "unknowns of '\(model.name)': \(was.unknownCount) before, \(now.unknownCount) now")
      }
      if let was, let now, (was.iterationCount == nil) != (now.iterationCount == nil) {
        lines.append("the solver of '\(model.name)': direct and iterative")
      }
    }
    for model in before.models where !after.models.contains(where: { $0.name == model.name }) {
      lines.append("the model '\(model.name)' is lost")
    }
    return lines
  }
}
