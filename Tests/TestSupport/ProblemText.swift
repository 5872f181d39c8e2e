import DesignProblem
import Foundation

/// Texts of problem files.
package enum ProblemText {
  /// The example of `Docs/ProblemFile.md`.
  package static func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "Docs/ProblemFile.md"), encoding: .utf8)
    return page.components(separatedBy: "```").first { $0.hasPrefix("yaml\n") }
      .map { String($0.dropFirst(5)) } ?? ""
  }

  /// A problem with units and most sections; the line of each is its place here.
  package static let good = """
    gcgan: problem/1
    title: A bar
    grid: {columns: 8, rows: 4, pixel-size: 1 mm, thickness: 2 mm}
    solids:
      - {index: 1, youngs-modulus: 70 GPa, poissons-ratio: 0.33, conductivity: 160 W/(m*K), expansion: 2.3e-5 1/K}
    void: {stiffness-ratio: 1e-6}
    supports:
      - {region: {edge: left}, axes: [x, y]}
    load-cases:
      - name: tip
        loads:
          - {region: {point: [8, 2]}, force: [0 N, -100 N]}
    heat:
      sinks:
        - {region: {edge: left}, temperature: 20 degC}
      sources:
        - {region: {disc: {center: [4, 2], radius: 1}}, power: 2 W}
      stress-free-temperature: 20 degC
    temperature-change: 15 degC
    passive:
      - {region: {box: [[7, 1], [8, 3]]}, filling: solid}
    filter: {radius: 1.5}
    projection: {steepness: 2}
    interpolation: {scheme: simp, penalty: 3}
    terms:
      - {measure: compliance, weight: 2}
      - {measure: stress, limit: 250 MPa, name: share}
      - {measure: volume, target: 0.5}
    optimisation:
      method: mma
      volume-fraction: 0.5
      limits:
        - {term: share, at-most: 1}

    """

  /// The good text with one passage replaced.
  package static func good(_ passage: String, _ replacement: String) -> String {
    precondition(good.contains(passage), "no '\(passage)' in the text")
    return good.replacingOccurrences(of: passage, with: replacement)
  }

  /// The same in plain numbers.
  package static let plain = ["mm", "GPa", "N", "W/(m*K)", "1/K", "degC", "W", "MPa"].reduce(good) {
    $0.replacingOccurrences(of: " \($1),", with: ",")
      .replacingOccurrences(of: " \($1)}", with: "}")
      .replacingOccurrences(of: " \($1)]", with: "]")
      .replacingOccurrences(of: " \($1)\n", with: "\n")
  }
}
