internal import DesignProblem
internal import Manufacturability

/// What a problem of a data set is for.
package enum DatasetSplit: String, Codable, Sendable, CaseIterable {
  /// Networks learn from it.
  case train
  /// Settings are chosen by it.
  case validation
  /// Held out, held as training problems are.
  case l1 = "L1"
  /// Held out, held as no training problem is.
  case l2 = "L2"

  /// The number that stands for the split in shards.
  var code: UInt8 { UInt8(Self.allCases.firstIndex(of: self) ?? 0) }

  init?(code: UInt8) {
    guard code < Self.allCases.count else { return nil }
    self = Self.allCases[Int(code)]
  }
}

extension DesignTask {
  /// The SHA-256 of what is held, pulled, cooled and heated, of a cell of what is measured, the same for all images of a problem under the grid's symmetries and for opposite forces.
  package var symmetryKey: [UInt8] {
    let texts = Symmetry.all(of: size).flatMap { symmetry -> [String] in
      let image = imaged(symmetry)
      return [image.text(sign: 1), image.text(sign: -1)]
    }
    return Digest.bytes(of: Array((texts.min() ?? "").utf8))
  }

  /// Held unknowns and nodal forces in the order of the nodes.
  private func text(sign: Double) -> String {
    let grid = grid
    var held = Set<Int>()
    for support in supports {
      for node in grid.nodes(in: support.region) {
        for axis in support.axes { held.insert(2 * node + axis.index) }
      }
    }
    var forces: [Int: [Double]] = [:]
    for load in loads {
      let nodes = grid.nodes(in: load.region)
      for node in nodes {
        for axis in 0..<2 {
          forces[node, default: [0, 0]][axis] += sign * load.force[axis] / Double(nodes.count)
        }
      }
    }
    // Rounded to a micronewton, and no −0, so that images agree to the letter.
    func rounded(_ value: Double) -> Int { Int((value * 1e6).rounded()) }
    return "\(size) \(held.sorted()) "
      + forces.sorted { $0.key < $1.key }
      .map { "\($0.key):\(rounded($0.value[0])),\(rounded($0.value[1]))" }.joined(separator: " ")
      + heatText + cellText
  }

  /// Of the cell of a periodic material, which nothing holds or pulls: what is measured, what of it limits say, the solids, and what is not designed.
  private var cellText: String {
    guard isCell else { return "" }
    let solids = stated.solids.map {
      "\($0.youngsModulus) \($0.poissonsRatio) \($0.conductivity) \($0.expansion)"
    }
    let bounds = limits.compactMap { limit in limit.value.map { "\(limit.term) \($0)" } }
    return " cell "
      + (stated.terms.map { "\($0.measure)" } + solids + bounds).joined(separator: " ")
      + " \(fillings.map { $0.map { $0 == .solid ? 1 : 0 } ?? 2 })"
  }

  /// Kept temperatures and nodal powers in the order of the nodes; empty where nothing is heated.
  private var heatText: String {
    guard let heat = stated.heat else { return "" }
    var kept: [Int: Double] = [:]
    for sink in heat.sinks {
      for node in grid.nodes(in: sink.region) { kept[node] = sink.temperature }
    }
    func rounded(_ value: Double) -> Int { Int((value * 1e6).rounded()) }
    return " heat "
      + kept.sorted { $0.key < $1.key }.map { "\($0.key):\(rounded($0.value))" }
      .joined(separator: " ") + " "
      + nodalPowers.map { "\($0.node):\(rounded($0.power))" }.joined(separator: " ")
      + filmText(heat.films)
  }

  /// Films in the order of the sides they cool, each side by its nodes; empty where there is none.
  private func filmText(_ films: [HeatConduction.Film]) -> String {
    guard !films.isEmpty else { return "" }
    let sides = grid.borderSides
    func rounded(_ value: Double) -> Int { Int((value * 1e6).rounded()) }
    let cooled = films.flatMap { film in
      grid.borderSides(in: film.region, of: sides).map { side in
        (
          nodes: sides[side].prefix(grid.sideCornerCount).sorted(),
          text: "\(rounded(film.coefficient)),\(rounded(film.ambient))"
        )
      }
    }
    return " film "
      + cooled.sorted { $0.nodes.lexicographicallyPrecedes($1.nodes) }
      .map { "\($0.nodes):\($0.text)" }.joined(separator: " ")
  }
}
