package import Files
package import StrictYAML

extension YAMLFileKind {
  fileprivate static let problemFile = Self(
    name: "a problem file", firstLine: "gcgan: \(ProblemFile.format)")
}

extension ProblemFile {
  /// What else may be wrong in a file whose problem has no faults of its own; places are those of ``ProblemFault``.
  package typealias Check = (ManufacturabilityProblem, OptimisationOptions) -> [ProblemFault]

  /// Reads a `problem.yml`; everything wrong in it is told at once.
  ///
  /// - Parameter check: Asked about a file that states an optimisation: `TopologyOptimisation.faults`, where that is to be run.
  /// - Throws: ``InputFaults`` with lines, what is wrong, and what to do about it. Nothing has been assembled or factored then.
  package init(contentsOf path: String, checking check: Check? = nil) throws(InputFaults) {
    let bytes: [UInt8]
    do {
      bytes = try AtomicFile.read(path, upTo: Self.largestSize)
    } catch {
      throw InputFaults([
        InputFault(at: .init(file: path), "the file cannot be read: \(error.reason)")
      ])
    }
    try self.init(parsing: bytes, file: path, checking: check)
  }

  /// Reads the text of a `problem.yml`.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, at most 1 MiB.
  ///   - file: The name for error texts.
  ///   - check: As for ``init(contentsOf:checking:)``.
  package init(
    parsing bytes: [UInt8], file: String, checking check: Check? = nil
  ) throws(InputFaults) {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .problemFile)
    let faults = YAMLFaults(file: file)
    let reader = ProblemFileReader(faults: faults)
    let problemFile = reader.file(tree)
    if let problemFile { Self.report(problemFile, check, reader, faults) }
    try faults.throwIfAny()
    guard let problemFile else {
      throw InputFaults([InputFault(at: .init(file: file), "the file cannot be read")])
    }
    self = problemFile
  }

  /// Reads a problem that stands in another file, as the value of a key: without a format, a title and an optimisation.
  ///
  /// - Parameters:
  ///   - faults: Takes what is wrong in the text; such a file is never right.
  ///   - problemFaults: Takes what the problem itself finds wrong, where its text is right: with other numbers it may have none.
  /// - Returns: `nil` where the text cannot be read.
  package init?(_ tree: YAMLTree, faults: YAMLFaults, problemFaults: YAMLFaults) {
    let reader = ProblemFileReader(faults: faults, isWholeFile: false)
    let count = faults.faults.count
    guard let found = reader.file(tree), faults.faults.count == count else { return nil }
    Self.report(found, nil, reader, problemFaults)
    self = found
  }

  /// The keys of a problem that stands in another file.
  package static var problemKeys: [String] { ProblemFileReader.problemKeys }

  /// Adds what the problem itself finds wrong, at its lines: of sections that could be read, on a grid that could be read.
  private static func report(
    _ file: Self, _ check: Check?, _ reader: ProblemFileReader, _ faults: YAMLFaults
  ) {
    let unread = reader.unreadSections
    guard !unread.contains("grid") else { return }
    var problemFaults = file.problem.faults()
    let options = file.optimisation ?? .init(method: .movingAsymptotes)
    if let check, problemFaults.isEmpty && unread.isEmpty && file.optimisation != nil {
      problemFaults = check(file.problem, options)
    } else {
      problemFaults += options.faults(in: file.problem, volumes: 0...1).filter {
        file.optimisation != nil || !$0.place.hasPrefix("optimisation")
      }
    }
    for fault in problemFaults {
      var place = fault.place
      // The objective is made of terms, which stand in a section of their own.
      if place == "optimisation.terms" { place = "terms" }
      let section = String(place.prefix { $0 != "." && $0 != "[" })
      // What is measured, what is free to move and what loads the structure depend on all the rest.
      let isDerived = ["terms", "optimisation"].contains(section) || place == "supports"
      if unread.contains(section) || (isDerived && !unread.isEmpty) { continue }
      faults.add(
        reader.places.line(of: place), "\(reader.places.words(for: place)): \(fault.problem)",
        remedy: fault.remedy)
    }
  }
}
