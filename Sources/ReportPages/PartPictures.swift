import ArrayFiles
import DesignValidation
import FieldPictures
import Files

/// A picture with what a page says about it.
struct ReportFigure: Sendable {
  var name: String
  var caption: String
  var alt: String
  var picture: Picture
  /// The same of the run that this one is compared with, where there is one.
  var before: Picture?
  var legend = ""
}

/// The pictures of a part, from the fields of the model that decides.
struct PartPictures: Sendable {
  /// Pixels along a row.
  static let width = 440

  /// From what is shown first.
  private(set) var figures: [ReportFigure] = []
  /// The part for a page that turns it; `nil` for plane parts and parts without fields.
  private(set) var turnData: String?
  /// Why there is no picture, or what a picture lacks; `nil` where all is there.
  private(set) var note: String?

  /// No pictures.
  init() {}

  /// Draws the pictures of a part.
  init(of part: PartResult, from source: ReportSource) {
    if let density = source.density(part) {
      let scale = max(1, Self.width / max(1, density.width))
      figures.append(
        ReportFigure(
          name: "Density as generated.", caption: Self.caption(ofDesign: part),
          alt: "Density of the generated design", picture: density.scaled(by: scale)))
    }
    // The model whose fields changed comes first, then the last of those that decide.
    let changed = Set(source.changes(in: part.name).filter { $0.kind == .field }.map(\.model))
    let deciding = part.models.filter(\.isStated).reversed() + part.models.filter { !$0.isStated }
    let ordered =
      deciding.filter { changed.contains($0.name) } + deciding.filter { !changed.contains($0.name) }
    for model in ordered where model.failure == nil {
      do {
        guard let fields = try source.fields(part, model), !fields.faces.isEmpty else { continue }
        let before = try source.baselineFields(part, model)
        let (shown, old, units) = Self.shown(fields, before, part.units ?? [:])
        draw(shown, before: old, model, units)
        return
      } catch {
        note = "The fields of model \(model.name) cannot be read. \(PageText.ending("\(error)"))"
        return
      }
    }
    if part.failure == nil, !part.models.isEmpty {
      note = "There is no picture: the run kept no fields of this part."
    }
  }

  private static func caption(ofDesign part: PartResult) -> String {
    guard let origin = part.provenance else { return "White is empty, black is solid." }
    let steps = origin.refinementStepCount.map {
      $0 == 0
        ? " Not refined."
        : " Refined by \(PageText.counted($0, "step")) with the solver's gradient."
    }
    return "White is empty, black is solid." + (steps ?? "")
  }

  /// Stresses of a deck in Pa are shown in kPa or MPa where the numbers are long.
  private static func shown(
    _ fields: ModelFields, _ before: ModelFields?, _ units: [String: String]
  )
    -> (ModelFields, ModelFields?, [String: String])
  {
    let largest = (fields.vonMises ?? []).filter(\.isFinite).max() ?? 0
    guard units["stress"] == "Pa", largest >= 1e4 else { return (fields, before, units) }
    let (unit, size) = largest >= 1e7 ? ("MPa", 1e6) : ("kPa", 1e3)
    var (now, old, names) = (fields, before, units)
    now.vonMises = fields.vonMises?.map { $0 / size }
    old?.vonMises = before?.vonMises?.map { $0 / size }
    names["stress"] = unit
    return (now, old, names)
  }

  private mutating func draw(
    _ fields: ModelFields, before: ModelFields?, _ model: ModelResult, _ units: [String: String]
  ) {
    let views = FieldView.views(of: fields)
    let factor = fields.deformationFactor
    let name = "Model \(PageText.shortened(model.name, to: 60))"
    let place = views.count > 1 ? ", from \(views[0].name)" : ""
    figures.append(
      ReportFigure(
        name: "Geometry, supports and loads.",
        caption: "\(name)\(place). \(Self.boundaryText(fields))",
        alt: "Geometry of the part with supports and loads",
        picture: picture(fields, .geometry, views[0], 0, [fields]).picture))
    if let values = fields.vonMises,
      let scale = ColorScale(.magnitude, over: values + (before?.vonMises ?? []))
    {
      let same = before.flatMap { $0.vonMises == nil ? nil : $0 }
      for view in views {
        let drawn = picture(fields, .field(values, scale), view, factor, [fields, same ?? fields])
        add(
          "Von Mises stress\(factor == 0 ? "" : " on the deformed shape").", drawn, view,
          views.count,
          deformation: factor, unit: units["stress", default: ""],
          lengths: units["length", default: ""],
          legend: "von Mises stress",
          before: same.flatMap { old in
            old.vonMises.map {
              picture(old, .field($0, scale), view, factor, [fields, old]).picture
            }
          })
      }
    }
    addChanges(fields, before, views, units)
    if let values = fields.temperature,
      let scale = ColorScale(.heat, over: values + (before?.temperature ?? [])),
      scale.high > scale.low || fields.vonMises == nil
    {
      let same = before.flatMap { $0.temperature == nil ? nil : $0 }
      let drawn = picture(fields, .field(values, scale), views[0], 0, [fields, same ?? fields])
      add(
        "Temperature.", drawn, views[0], views.count, deformation: 0,
        unit: units["temperature", default: ""],
        lengths: units["length", default: ""], legend: "temperature",
        before: same.flatMap { old in
          old.temperature.map {
            picture(old, .field($0, scale), views[0], 0, [fields, old]).picture
          }
        })
    }
    if let values = fields.errorEstimate, let scale = ColorScale(.error, over: values) {
      let drawn = picture(fields, .field(values, scale), views[0], 0, [fields])
      add(
        "Estimated error.", drawn, views[0], views.count, deformation: 0, unit: "",
        lengths: units["length", default: ""], legend: "error in energy, estimated")
    }
    if !fields.isPlane {
      turnData = TurnData.json(of: fields, factor: factor) { kind in
        kind == "stress" ? units["stress", default: ""] : units["temperature", default: ""]
      }
    }
  }

  /// What fields gained or lost since the run that this one is compared with, with the largest change marked.
  private mutating func addChanges(
    _ fields: ModelFields, _ before: ModelFields?, _ views: [FieldView], _ units: [String: String]
  ) {
    guard let before else { return }
    let change = fields.change(since: before)
    let missing = fields.positions.count - change.comparedCount
    for (name, values, family, unit) in [
      ("von Mises stress", change.vonMises, ColorScale.Family.difference, "stress"),
      ("temperature", change.temperature, .difference, "temperature"),
      ("displacement", change.displacement, .magnitude, "length"),
    ] {
      guard let values, let scale = ColorScale(family, over: values), scale.high > 0 else {
        continue
      }
      // From where the mark is seen, if it is seen at all.
      let all = views.map { ($0, picture(fields, .field(values, scale), $0, 0, [fields])) }
      guard let (view, drawn) = all.first(where: { $0.1.extreme?.isVisible == true }) ?? all.first
      else { continue }
      add(
        "Change of the \(name).", drawn, view, views.count, deformation: 0,
        unit: units[unit, default: ""], lengths: units["length", default: ""],
        legend: "change of \(name)",
        note: missing == 0
          ? "" : " Grey: \(PageText.counted(missing, "node")) that the other run has not there.")
    }
  }

  private func picture(
    _ fields: ModelFields, _ content: FieldPicture.Content, _ view: FieldView, _ factor: Double,
    _ framed: [ModelFields]
  ) -> FieldPicture {
    let points = framed.flatMap { $0.positions + (factor == 0 ? [] : $0.positions(moved: factor)) }
    return FieldPicture(
      of: fields, content, from: view, deformation: factor,
      in: PictureFrame(around: points, from: view, width: Self.width))
  }

  private mutating func add(
    _ name: String, _ drawn: FieldPicture, _ view: FieldView, _ viewCount: Int, deformation: Double,
    unit: String, lengths: String, legend: String, before: Picture? = nil, note: String = ""
  ) {
    var caption = viewCount > 1 ? "From \(view.name). " : ""
    if deformation != 0 { caption += "Displacements ×\(deformation.significant(3)). " }
    if let extreme = drawn.extreme {
      let place = [extreme.position.x, extreme.position.y, extreme.position.z]
        .prefix(viewCount > 1 ? 3 : 2).map { $0.significant(4) }.joined(separator: ", ")
      caption +=
        extreme.isVisible ? "The ring marks the largest: " : "The largest is on the far side: "
      caption +=
        "\(PageText.value(extreme.value, unit, digits: 4)) at node \(extreme.node) (\(place))"
      caption += lengths.isEmpty ? "." : " \(lengths)."
    }
    caption += note
    figures.append(
      ReportFigure(
        name: name, caption: caption, alt: "\(name) \(caption)", picture: drawn.picture,
        before: before,
        legend: drawn.scale.map { Legend.svg(of: $0, name: legend, unit: unit) } ?? ""))
  }

  private static func boundaryText(_ fields: ModelFields) -> String {
    let held =
      fields.supports.isEmpty
      ? "Nothing is held."
      : "Green triangles: \(PageText.counted(fields.supports.count, "node")) held."
    let pulled =
      fields.loads.isEmpty
      ? "No forces on nodes."
      : "Red arrows: forces on \(PageText.counted(fields.loads.count, "node"))."
    return held + " " + pulled
  }
}
