public import Meshing
internal import StrictYAML

extension YAMLFileKind {
  fileprivate static let problemFile = Self(
    name: "a problem file", firstLine: "gcgan: \(ProblemFile.format)")
}

extension ProblemFile {
  /// Reads a `problem.yml` from the disk.
  ///
  /// - Throws: `FileFault` where it cannot be read, `InputFaults` with everything that is wrong in it.
  public init(contentsOf path: String) throws {
    let bytes = try AtomicFile.read(path, upTo: YAMLTree.largestByteCount)
    try self.init(parsing: bytes, file: path)
  }

  /// Reads the text of a `problem.yml`; everything wrong in it is told at once, what makes no sense on the grid included.
  ///
  /// - Parameter file: The name for error texts.
  public init(parsing bytes: [UInt8], file: String) throws(InputFaults) {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .problemFile)
    let faults = YAMLFaults(file: file)
    let reader = ProblemFileReader(faults)
    let found = reader.file(tree)
    reader.checkUnits()
    try faults.throwIfAny()
    guard let found else {
      throw InputFaults([InputFault(at: .init(file: file), "the file cannot be read")])
    }
    // What the reader lets through is well-formed; now whether it makes sense.
    var wrong = found.problem.faults()
    if wrong.isEmpty, let options = found.optimisation {
      do throws(ProblemFaults) {
        _ = try TopologyOptimisation(of: found.problem, options)
      } catch {
        wrong = error.faults
      }
    }
    for fault in wrong {
      let place = reader.fileWords(fault.place)
      faults.add(
        reader.line(of: fault.place) ?? tree.line, "\(place): \(fault.problem)",
        remedy: fault.remedy)
    }
    try faults.throwIfAny()
    self = found
  }
}
