import DesignValidation
import Files
import Foundation
import Meshing
import NumericalMethods

/// A folder that goes away with the test.
final class PartsFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "gcgan-parts-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders it needs.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  @discardableResult
  func write(_ data: Data, to name: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: file))
    return file
  }
}

/// Texts of part files.
enum PartText {
  /// A part with three models, a verification, a validation and a limit.
  static let good = """
    gcgan: part/1
    title: A bar
    family: part
    context: >
      Verifies * nothing & all.
    units: {length: mm, force: N, temperature: degC, power: W}
    models:
      - {name: coarse, deck: coarse.inp}
      - {name: fine, deck: fine.inp, stated: true}
    quantities:
      - name: tip displacement
        read: displacement x
        at: {set: TIP}
        reference:
          value: 0.5 mm
          uncertainty: 0.1 %
          kind: analytic
          source: "a book"
        tolerance: {relative: 1 %, reason: "linear elements"}
      - name: measured stress
        read: stress xx
        at: {node: 2}
        step: 1
        models: [fine]
        reference: {value: 100 MPa, uncertainty: 1 MPa, kind: physical, source: a test, role: validation}
    limits:
      - name: below yield
        read: stress von-mises
        at: max
        below: 355 MPa
        source: EN 10025
    provenance:
      program: gcgan-generate 1
      model-sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      seed: 18446744073709551615
      number: 0
      solves: 2
      refinement-steps: 5
    warnings:
      - outside the range
      - 7
    """

  /// The good text with one passage exchanged.
  static func good(_ passage: String, _ replacement: String) -> String {
    precondition(good.contains(passage), "the sample has no '\(passage)'")
    return good.replacingOccurrences(of: passage, with: replacement)
  }
}

/// A bar of two CPS4 cells along x with made-up fields: node labels 1…6, sets ROOT and TIP.
func bar(
  displacement: [Double] = [0, 0.25, 0.5, 0, 0.25, 0.5],
  stress: [Double] = [100, 100, 100, 100, 100, 100],
  cells: Int = 2, type: ElementType = .cps4
) -> SolvedModel {
  let nodes: [SIMD3<Double>] = [
    [0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 1, 0], [1, 1, 0], [2, 1, 0],
  ]
  // More cells on the same nodes: only their number matters for the size of a mesh.
  let connectivity = (0..<cells).flatMap { cell -> [Int32] in
    cell % 2 == 0 ? [0, 1, 4, 3] : [1, 2, 5, 4]
  }
  let mesh = Mesh(
    nodes: nodes,
    blocks: [CellBlock(shape: type.shape, elementType: type, connectivity: connectivity)],
    nodeSets: ["ROOT": [0, 3], "TIP": [2, 5], "ALL": [0, 1, 2, 3, 4, 5], "NONE": []],
    cellSets: ["BODY": [0, 1]])
  var step = SolvedModel.Step()
  step.displacement = displacement.map { [$0, -$0, 0] }
  step.stress = stress.map { SymmetricTensor(xx: $0) }
  step.strain = stress.map { SymmetricTensor(xx: $0 / 200_000) }
  step.reaction = [[-5, 0, 0], [0, 0, 0], [0, 0, 0], [-5, 1, 0], [0, 0, 0], [0, 0, 0]]
  step.temperature = [20, 30, 40, 20, 30, 40]
  step.heatFlow = [-1, 0, 1, -2, 0, 2]
  step.strainEnergy = 12.5
  step.volume = 2
  return SolvedModel(mesh: mesh, steps: [step])
}

/// Answers by deck name; anything else is a fault of the deck.
struct SampleSolver: ModelSolver {
  var answers: [String: SolvedModel]

  func solve(deckAt path: String) throws -> SolvedModel {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard let answer = answers[name] else {
      throw InputFaults([InputFault(at: .init(file: path, line: 7), "unknown keyword '*FREQUENZY'")]
      )
    }
    return answer
  }
}
