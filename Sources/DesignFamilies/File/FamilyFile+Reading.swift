internal import DesignProblem
package import Files
internal import Manufacturability
internal import StrictYAML

extension YAMLFileKind {
  fileprivate static let familyFile = Self(
    name: "a family file", firstLine: "gcgan: \(FamilyFile.format)")
}

extension FamilyFile {
  /// Reads a `family.yml`; everything wrong in it is told at once.
  ///
  /// - Throws: ``InputFaults`` with lines, what is wrong, and what to do about it.
  package init(contentsOf path: String) throws(InputFaults) {
    let bytes: [UInt8]
    do {
      bytes = try AtomicFile.read(path, upTo: Self.largestSize)
    } catch {
      throw InputFaults([
        InputFault(at: .init(file: path), "the file cannot be read: \(error.reason)")
      ])
    }
    try self.init(parsing: bytes, file: path)
  }

  /// Reads the text of a `family.yml`.
  ///
  /// - Parameter file: The name for error texts.
  /// - Complexity: A few problems of every distribution are drawn, and none is solved.
  package init(parsing bytes: [UInt8], file: String) throws(InputFaults) {
    try self.init(untried: bytes, file: file)
    try throwIfDrawnTextIsWrong()
  }

  /// Reads a text without drawing from it: of a family that is known to be right.
  init(untried bytes: [UInt8], file: String) throws(InputFaults) {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .familyFile)
    let faults = YAMLFaults(file: file)
    let reader = FamilyFileReader(faults: faults)
    let family = reader.family(tree, text: String(decoding: bytes, as: UTF8.self))
    try faults.throwIfAny()
    guard let family else {
      throw InputFaults([InputFault(at: .init(file: file), "the file cannot be read")])
    }
    self = family
  }

  /// Draws a few problems, so that a key or a unit that is wrong is told now, with its line, and not while a data set is made.
  private func throwIfDrawnTextIsWrong() throws(InputFaults) {
    var all: [InputFault] = []
    for sample in samples {
      for number in 0..<Self.trialCount {
        let faults = YAMLFaults(file: file)
        var sampler = FamilySampler(
          self, sample, size: sizes[0], isUnseen: sample.hasUnseen && number % 4 == 3, seed: 1,
          number: number)
        _ = sampler.draw(faults)
        for fault in faults.faults where !all.contains(where: { $0.isOf(fault) }) {
          all.append(fault)
        }
      }
    }
    guard all.isEmpty else {
      throw InputFaults(all.sorted { ($0.location.line ?? 0) < ($1.location.line ?? 0) })
    }
  }

  /// Problems drawn of each distribution to see that their text is right.
  private static let trialCount = 16
}

extension InputFault {
  /// Whether it is the same fault in the same line, drawn numbers aside.
  fileprivate func isOf(_ other: Self) -> Bool {
    location.line == other.location.line && problem.prefix(24) == other.problem.prefix(24)
  }
}
