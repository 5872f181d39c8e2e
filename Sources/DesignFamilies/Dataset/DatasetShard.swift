internal import ArrayFiles
internal import DesignProblem
internal import FoundationEssentials
internal import Manufacturability

/// Problems with their reference designs: one file of a data set.
///
/// Tensors of the file, *n* designs of *rows* × *columns* elements: `design` U8 `[n, rows, columns]`, 1 where solid, 2 where it is the second of two solids, row 0 at the top;
/// `compliance` and `optimised-compliance` F64 `[n]`, the objectives (of parts compliances in N mm); `number` I64 `[n]`; `split` U8 `[n]`, the place in train, validation, L1, L2;
/// `problems` U8, a line of JSON per design.
package struct DatasetShard: Sendable, Equatable {
  /// The numbers that problems were drawn for, ascending.
  package var numbers: [Int] = []
  /// The problems.
  package var problems: [DesignTask] = []
  /// Their designs.
  package var designs: [SolidDesign] = []
  /// The objective of the designs with the strict void; of parts f·u.
  package var objectives: [Double] = []
  /// The same of the grey designs that they were cut from.
  package var optimisedObjectives: [Double] = []
  /// What each is for.
  package var splits: [DatasetSplit] = []
  /// Whether each keeps the limits of its problem; empty in a shard that was read.
  private(set) var keepsLimits: [Bool] = []

  /// An empty shard.
  package init() {}

  /// Adds a design.
  package mutating func append(
    _ number: Int, _ problem: DesignTask, _ reference: ReferenceDesign, for split: DatasetSplit
  ) {
    numbers.append(number)
    problems.append(problem)
    designs.append(reference.design)
    objectives.append(reference.objective)
    optimisedObjectives.append(reference.optimisedObjective)
    splits.append(split)
    keepsLimits.append(
      problem.limits.allSatisfy { limit in
        guard let bound = limit.value,
          let term = problem.stated.terms.firstIndex(where: { $0.name == limit.term })
        else { return false }
        return reference.values[term] <= bound
      })
  }

  /// Designs that are sound: nothing floats, every load is carried, the volume is met to one element.
  var soundCount: Int {
    zip(designs, problems).count { design, problem in
      let limits = SignOffLimits(volumeError: 1 / Double(max(1, problem.solidCount)))
      return DesignQuality.isWellFormed(design, for: problem, limits)
    }
  }

  /// Drops all but the first designs.
  mutating func truncate(to count: Int) {
    let excess = max(0, numbers.count - count)
    numbers.removeLast(excess)
    problems.removeLast(excess)
    designs.removeLast(excess)
    objectives.removeLast(excess)
    optimisedObjectives.removeLast(excess)
    splits.removeLast(excess)
    keepsLimits.removeLast(min(excess, keepsLimits.count))
  }

  /// The bytes of the file: the same for the same designs.
  func encoded(_ size: GridSize) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines: [UInt8] = []
    for problem in problems {
      lines += try encoder.encode(problem)
      lines.append(10)
    }
    let count = numbers.count
    var file = SafetensorsWriter(metadata: ["format": DatasetManifest.currentFormat])
    file.add("compliance", shape: [count], values: objectives)
    file.add(
      "design", shape: [count, size.rows, size.columns],
      values: designs.flatMap { design in
        design.second.isEmpty
          ? design.solid.map { UInt8($0 ? 1 : 0) }
          : zip(design.solid, design.second).map { UInt8($0 ? ($1 ? 2 : 1) : 0) }
      })
    file.add("number", shape: [count], values: numbers.map(Int64.init))
    file.add("optimised-compliance", shape: [count], values: optimisedObjectives)
    file.add("problems", shape: [lines.count], values: lines)
    file.add("split", shape: [count], values: splits.map(\.code))
    return file.bytes
  }

  /// Reads a shard of designs of a size.
  init(contentsOf path: String, _ size: GridSize) throws(DatasetFault) {
    func fault(_ reason: String) -> DatasetFault { .notAShard(path: path, reason: reason) }
    do {
      let file = try SafetensorsFile(contentsOf: path)
      let count = try file.entry("number").shape.first ?? 0
      let pixels: [UInt8] = try file.values(
        of: "design", shape: [count, size.rows, size.columns])
      numbers = try file.values(of: "number", as: Int64.self, shape: [count]).map(Int.init)
      objectives = try file.values(of: "compliance", shape: [count])
      optimisedObjectives = try file.values(of: "optimised-compliance", shape: [count])
      let codes: [UInt8] = try file.values(of: "split", shape: [count])
      splits = codes.compactMap(DatasetSplit.init(code:))
      let lines = try file.values(of: "problems", as: UInt8.self).split(separator: 10)
      let decoder = JSONDecoder()
      problems = try lines.map { try decoder.decode(DesignTask.self, from: Data($0)) }
      guard splits.count == count, problems.count == count else {
        throw fault(
          "it has \(count) designs, \(problems.count) problems and \(splits.count) known splits")
      }
      guard problems.allSatisfy({ $0.size == size }) else {
        throw fault("a problem is of another size than \(size)")
      }
      let elements = size.elementCount
      designs = try (0..<count).map { place in
        let own = pixels[(place * elements)..<((place + 1) * elements)]
        let solidCount = problems[place].stated.solids.count
        guard own.allSatisfy({ $0 <= solidCount }) else {
          throw fault("a pixel is neither 0 nor one of \(solidCount) solids")
        }
        return SolidDesign(
          size: size, solid: own.map { $0 > 0 },
          second: solidCount == 2 ? own.map { $0 == 2 } : [])
      }
    } catch let error as DatasetFault {
      throw error
    } catch {
      throw fault("\(error)")
    }
  }
}
