import DesignValidation
import Foundation
import ReportPages
import TestSupport

/// Results of runs that no solver made.
enum SampleRun {
  /// A part with one model; its quantity is 100 MPa ± 1 %.
  static func part(
    _ name: String, value: Double = 100.2, verdict: Verdict = .pass, isPhysical: Bool = false,
    limit: (value: Double, verdict: Verdict)? = nil, fields: String? = "fields/x.safetensors"
  ) throws -> PartResult {
    func quoted(_ text: String) throws -> String {
      String(decoding: try JSONEncoder().encode([text]).dropFirst().dropLast(), as: UTF8.self)
    }
    let json = """
      {"name": \(try quoted(name)), "path": \(try quoted("parts/" + name)), "title": \(try quoted("Title of " + name)),
       "verdict": "\(verdict.rawValue)", "units": {"length": "mm", "stress": "MPa", "temperature": "degC"},
       "limits": [\(limit.map { """
         {"name": "stress in service", "read": "von Mises stress", "bound": "below", "limit": 350, "unit": "MPa",
          "source": "a standard", "verdict": "\($0.verdict.rawValue)", "readings": [{"model": "fine", "isStated": true,
          "value": \($0.value), "verdict": "\($0.verdict.rawValue)", "location": "node 17 (2, 0, 0)"}]}
         """ } ?? "")],
       "models": [
         {"name": "coarse", "deck": "a.inp", "isStated": false, "elementTypes": "CPS8", "nodeCount": 40, "cellCount": 8, "steps": []},
         {"name": "fine", "deck": "b.inp", "isStated": true, "elementTypes": "CPS8", "nodeCount": 93, "cellCount": 24,
         \(try fields.map { "\"fields\": \(try quoted($0))," } ?? "")
         "steps": [{"energyErrorEstimate": 0.013, "soundness": {"unknownCount": 168, "storedEntryCount": 1,
         "factorEntryCount": 1, "relativeResidual": 1e-15, "reactionBalance": 2e-14, "reciprocalCondition": 1,
         "refinementCount": 0}}]}],
       "quantities": [{"name": "stress at D", "question": "\(isPhysical ? "validation" : "verification")",
         "read": "stress yy", "unit": "MPa", "verdict": "\(verdict.rawValue)", "convergence": [],
         \(isPhysical ? "\"passProbability\": 0.873, \"uncertainty\": {\"numerical\": 0.2, \"numericalSource\": \"three meshes\", \"input\": 0.5, \"data\": 0.6}," : "")
         "reference": {"value": 100, "uncertainty": 0.1, "kind": "\(isPhysical ? "physical" : "benchmark")", "source": "NAFEMS"},
         "tolerance": {"absolute": 1, "relative": 0.01, "reason": "three digits"},
         "readings": [
          {"model": "coarse", "isStated": false, "value": 98.7, "difference": -1.3, "relativeDifference": -0.013, "verdict": "fail"},
          {"model": "fine", "isStated": true, "value": \(value), "numericalUncertainty": 0.2,
           "location": "node 17 (2, 0, 0)", "node": 17, "position": [2, 0, 0],
           "difference": \(value - 100), "relativeDifference": \((value - 100) / 100),
           "verdict": "\(verdict.rawValue)"}]}]}
      """
    return try JSONDecoder().decode(PartResult.self, from: Data(json.utf8))
  }

  /// A part that could not be evaluated.
  static func broken(_ name: String) -> PartResult {
    PartResult(
      PartFolder(name: name, path: "parts/" + name, kind: .partFile),
      failure: .init(
        .notSolved, "could not solve 'fine'",
        details: ["b.inp:12: there is no material 'M1'"]))
  }

  static func result(_ parts: [PartResult]) -> RunResult {
    RunResult(
      program: ProgramVersion(version: "1.2.3", commit: "abc", libraries: ["gsl": "2.7"]),
      directory: "parts", parts: parts)
  }

  /// One of each verdict: a plane part fails, a body passes.
  static func mixed() throws -> ReportSource {
    var source = ReportSource(
      result([
        try part("bracket", value: 104.5, verdict: .fail, limit: (380, .fail)),
        try part("console", limit: (300, .pass)),
        try part("rig", value: 100.9, verdict: .undecided, isPhysical: true),
        try part("blunt", value: 100.9, verdict: .notCapable, isPhysical: true, fields: nil),
        broken("torn"),
      ]), command: "gcgan-validate parts")
    source.fields = { part, model in
      guard model.fields != nil else { return nil }
      return part.name == "console" ? .box() : .plate()
    }
    source.baselineFields = { part, _ in
      guard part.name == "bracket" else { return nil }
      var fields = ModelFields.plate()
      fields.vonMises = fields.vonMises?.map { 0.9 * $0 }
      return fields
    }
    source.baseline = "run a"
    source.changes = [
      .init(
        part: "bracket", what: "stress at D", before: "100.2 MPa", now: "104.5 MPa",
        difference: "+4.29 %", place: "node 17 (2, 0, 0)", matters: true)
    ]
    source.histories = [
      .init(
        part: "bracket", name: "stress at D", values: [100.1, 100.2, nil, 100.2, 104.5],
        first: "1 Nov", last: "today")
    ]
    return source
  }
}
