package import Files
import StrictYAML

extension YAMLFileKind {
  fileprivate static let partFile = Self(
    name: "a part file", firstLine: "gcgan: \(PartFile.format)")
}

extension PartFile {
  /// Reads the text of a `part.yml`; everything wrong in it is told at once.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, at most 1 MiB.
  ///   - file: The name for error texts.
  ///   - folder: Where the decks are; `nil` leaves them unchecked.
  package init(parsing bytes: [UInt8], file: String, folder: PartFolder? = nil) throws(InputFaults)
  {
    let tree = try YAMLTree.parse(bytes, file: file, kind: .partFile)
    let faults = YAMLFaults(file: file)
    let part = PartFileReader(faults: faults, folder: folder).part(tree)
    try faults.throwIfAny()
    guard let part else {
      throw InputFaults([InputFault(at: .init(file: file), "the file cannot be read")])
    }
    self = part
  }
}
