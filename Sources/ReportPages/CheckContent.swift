import DesignValidation

/// A quantity or limit as a page shows it.
enum CheckContent {
  /// A quantity against its reference.
  static func content(
    of quantity: QuantityResult, in part: PartResult, _ history: ReportSource.History?
  ) -> Content {
    let unit = quantity.unit
    var facts: [(String, String, String?)] = [
      ("Question", question(quantity.question), nil),
      ("Read", quantity.read, nil),
    ]
    if let reading = quantity.decisive, let value = reading.value {
      facts.append(("Result", PageText.value(value, unit), note(of: reading)))
      facts.append(("Deviation", deviation(of: reading, unit), nil))
    }
    facts += [
      (
        "Expected", PageText.value(quantity.reference.value, unit),
        "\(quantity.reference.kind.rawValue): \(quantity.reference.source)"
      ),
      ("Allowed", "±\(PageText.tolerance(of: quantity))", quantity.tolerance.reason),
    ]
    facts += uncertainties(of: quantity)
    var content = content(
      quantity.name, quantity.verdict, PageText.sentence(for: quantity), facts,
      BandPlot(quantity).svg, advice: quantity.advice)
    if let probability = quantity.passProbability {
      content["probability"] =
        [
          "plot": ProbabilityPlot(probability: probability).svg,
          "sentence":
            "The error lies within the tolerance with a probability of \(PageText.percent(probability)).",
        ] as Content
    }
    add(quantity.readings, unit, part, to: &content)
    content["convergence"] = ConvergencePlot.svg(of: quantity, models: part.models)
    content["convergenceNotes"] = quantity.convergence.map(note)
    add(
      history, quantity.reference.value - abs(quantity.tolerance.absolute),
      quantity.reference.value + abs(quantity.tolerance.absolute), to: &content)
    return content
  }

  /// A figure against a limit of the design.
  static func content(
    of limit: LimitResult, in part: PartResult, _ history: ReportSource.History?
  ) -> Content {
    var facts: [(String, String, String?)] = [
      ("Question", "design check: is the part inside its limits?", nil), ("Read", limit.read, nil),
    ]
    if let reading = limit.decisive, let value = reading.value {
      facts.append(("Result", PageText.value(value, limit.unit), note(of: reading)))
      if let margin = limit.margin(of: value) {
        facts.append(
          (margin >= 0 ? "Margin" : "Exceeded by", PageText.percent(abs(margin)), "of the limit"))
      }
      if let out = reading.leftOut {
        let lost =
          out.largest.map { "; the largest there is \(PageText.value($0, limit.unit))" } ?? ""
        facts.append(
          (
            "Left out", PageText.counted(out.nodeCount, "node"),
            "within \(out.distance.significant(3)) of singular places\(lost)"
          ))
      }
    }
    let side = limit.bound == .below ? "at most" : "at least"
    facts.append(("Limit", "\(side) \(PageText.value(limit.limit, limit.unit))", limit.source))
    var content = content(
      limit.name, limit.verdict, PageText.sentence(for: limit), facts, BandPlot(limit).svg)
    add(limit.readings, limit.unit, part, to: &content)
    add(history, nil, nil, to: &content)
    return content
  }

  private static func content(
    _ name: String, _ verdict: Verdict, _ sentence: String, _ facts: [(String, String, String?)],
    _ plot: String, advice: String? = nil
  ) -> Content {
    var content: Content = [
      "name": PageText.shortened(name), "style": verdict.rawValue,
      "mark": VerdictMark.mark(verdict), "word": PageText.word(verdict), "sentence": sentence,
      "plot": plot,
      "facts": facts.map { name, value, note -> Content in
        var row: Content = ["name": name, "value": PageText.shortened(value)]
        if let note, !note.isEmpty { row["note"] = PageText.shortened(note) }
        return row
      },
    ]
    if let advice { content["advice"] = PageText.ending(advice) }
    return content
  }

  /// The standard deviations of a comparison, each with what it means.
  private static func uncertainties(of quantity: QuantityResult) -> [(String, String, String?)] {
    let unit = quantity.unit
    func value(_ number: Double?) -> String {
      number.map { PageText.value($0, unit, digits: 3) } ?? "not known"
    }
    let numerical = quantity.uncertainty?.numerical ?? quantity.decisive?.numericalUncertainty
    let source = quantity.uncertainty?.numericalSource
    var facts: [(String, String, String?)] = [
      (
        "u_num", value(numerical),
        "what the mesh may be off, one standard deviation" + (source.map { ": \($0)" } ?? "")
      )
    ]
    if let uncertainty = quantity.uncertainty {
      facts.append(
        ("u_input", value(uncertainty.input), "what the scatter of loads and materials makes of it")
      )
    }
    facts.append(
      (
        "u_D", value(quantity.uncertainty?.data ?? quantity.reference.uncertainty),
        "how well the expected value itself is known"
      ))
    if let total = quantity.uncertainty?.total {
      facts.append(("u", value(total), "all of these together"))
    }
    return facts
  }

  private static func question(_ question: QuantityResult.Question) -> String {
    switch question {
    case .verification: "verification: are the equations solved right?"
    case .validation: "validation: does the simulation agree with a physical test?"
    case .calibration: "calibration: does it agree with the test that its inputs were fitted to?"
    }
  }

  private static func note(of reading: ReadingResult) -> String {
    "model \(reading.model)" + (reading.location.map { ", \($0)" } ?? "")
      + (reading.basis.map { " (\($0))" } ?? "")
  }

  private static func deviation(of reading: ReadingResult, _ unit: String) -> String {
    guard let difference = reading.difference else { return "–" }
    let share =
      reading.relativeDifference.map { " (\(PageText.percent(abs($0))) of the expected value)" }
      ?? ""
    return PageText.signed(difference) + PageText.unit(unit) + share
  }

  private static func note(of study: MeshConvergence) -> String {
    let order =
      study.observedOrder.map { "observed order \($0.significant(3)), theory \(study.theory.text)" }
      ?? "no order: \(study.behaviour.rawValue)"
    return "\(study.elementType): \(order); 95 % of mesh errors are expected below "
      + "\(study.gridConvergenceIndex.significant(3)) on the finest mesh."
  }

  private static func add(
    _ readings: [ReadingResult], _ unit: String, _ part: PartResult, to content: inout Content
  ) {
    content["hasReadings"] = !readings.isEmpty
    content["readingsTitle"] =
      readings.count == 1
      ? "The model that was read" : "All \(readings.count) models that were read"
    content["deviationTitle"] = readings.contains { $0.difference != nil } ? "deviation" : ""
    content["readings"] = readings.prefix(200).map { reading -> Content in
      let model = part.models.first { $0.name == reading.model }
      return [
        "model": PageText.shortened(reading.model), "elements": model?.elementTypes ?? "",
        "cells": model.map { PageText.grouped($0.cellCount) } ?? "",
        "value": reading.value.map { PageText.value($0, unit, digits: 6) }
          ?? PageText.shortened(reading.failure ?? "no value"),
        "deviation": reading.difference.map { difference in
          reading.relativeDifference.map { PageText.percent(difference < 0 ? -abs($0) : abs($0)) }
            ?? PageText.signed(difference)
        } ?? "",
        "scatter": reading.numericalUncertainty.map { $0.significant(2) } ?? "",
        "place": PageText.shortened(reading.location ?? ""),
        "verdict": reading.isStated ? PageText.word(reading.verdict) : "does not decide",
      ]
    }
  }

  private static func add(
    _ history: ReportSource.History?, _ low: Double?, _ high: Double?, to content: inout Content
  ) {
    guard let history else { return }
    let band = low.flatMap { low in high.flatMap { low <= $0 ? low...$0 : nil } }
    let plot = history.svg(band: band)
    guard !plot.isEmpty else { return }
    content["history"] = ["count": history.values.count, "plot": plot] as Content
  }
}

extension ReportSource.History {
  /// The drawing; empty with fewer than two runs.
  func svg(band: ClosedRange<Double>?) -> String {
    HistoryPlot.svg(of: name, values: values, band: band, first: first, last: last)
  }
}
