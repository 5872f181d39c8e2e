import FiniteElements
import Foundation
import LinearAlgebra
import Meshing

@testable import ThermoElasticity

/// Two crooked C3D8 cells clamped at one end, pulled and bent at the other, solved by Newton's method in one increment.
struct NewtonLoop {
  private let structure: Structure
  private let map: UnknownMap
  private let tip: [Int]

  init(_ law: any MaterialLaw) throws {
    let mesh = Mesh.distortedPair(.c3d8)
    structure = try Structure(model(mesh), law: { _, _ in law }, table: { .stiffness($0) })
    let reference = Mesh.box(size: [2, 1, 1], divisions: [2, 1, 1], elementType: .c3d8)
    tip = reference.nodes.indices.filter { reference.nodes[$0].x == 2 }
    let clamped = reference.nodes.indices.filter { reference.nodes[$0].x == 0 }
    map = try structure.freeMap(held: clamped.flatMap { [3 * $0, 3 * $0 + 1, 3 * $0 + 2] })
  }

  /// The largest force out of balance before every iteration and after the last.
  ///
  /// - Parameters:
  ///   - pull: The force along the bar; its section is about 1.
  ///   - bend: The force across it.
  func residuals(pull: Double, bend: Double) throws -> [Double] {
    var applied = structure.nodes.map { _ in SIMD3<Double>.zero }
    for node in tip { applied[node] = [pull / 4, 0, bend / 4] }
    let states = try structure.initialStates()
    var unknowns = [Double](repeating: 0, count: map.unknownCount)
    var residuals: [Double] = []
    let held = [Double](repeating: 0, count: map.slotCount)
    for _ in 0..<20 {
      let displacement = structure.vectors(of: map.values(unknowns: unknowns, held: held))
      let force = structure.respond(to: displacement, nil, from: states).force
      let residual = map.gathered(structure.components(of: subtract(applied, force)))
      residuals.append(residual.map(abs).max() ?? 0)
      if residuals[residuals.count - 1] < 1e-12 * residuals[0] { break }
      let stiffness = try structure.tangentStiffness(map, at: displacement, nil, from: states)
      let step = try CholeskyFactor(of: stiffness).solve(residual)
      for index in unknowns.indices { unknowns[index] += step[index] }
    }
    return residuals
  }
}

extension Structure {
  /// Unknowns of all displacements but the held ones.
  func freeMap(held: [Int] = []) throws -> UnknownMap {
    try UnknownMap(
      nodeCount: nodes.count, width: 3, heldSlots: held, equations: [],
      cells: { forEachCellSlots(width: 3, $0) })
  }
}

extension Double {
  var logarithm: Double { log(self) }
  var sine: Double { sin(self) }
}
