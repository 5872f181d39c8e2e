/// Why a data set cannot be read or continued.
package enum DatasetFault: Error, Equatable, CustomStringConvertible {
  /// There is no manifest.
  case noDataset(folder: String, reason: String)
  /// The manifest is not one.
  case notAManifest(path: String, reason: String)
  /// A shard is not what the manifest says it is.
  case damagedShard(path: String, expected: String, found: String)
  /// A shard has its hash, but not what a shard holds.
  case notAShard(path: String, reason: String)
  /// The set has not a single design.
  case empty(folder: String)
  /// The folder holds another data set.
  case anotherSet(folder: String)
  /// The folder holds a data set of a family of the same name with another file.
  case changedFamily(folder: String, name: String, expected: String, found: String)
  /// No family has the name that the manifest says.
  case unknownFamily(folder: String, fault: UnknownFamily)
  /// The set is of another family or size than what it is to be used for.
  case mismatch(folder: String, expected: String, found: String)

  /// What is wrong, and what to do about it.
  package var description: String {
    switch self {
    case .noDataset(let folder, let reason):
      "\(folder) is no data set (\(reason)); make one with 'gcgan-dataset part --count 1000 --size 64x64 -o \(folder)'"
    case .notAManifest(let path, let reason): "\(path) is no manifest of a data set: \(reason)"
    case .damagedShard(let path, let expected, let found):
      "\(path) is damaged: its SHA-256 is \(found), and the manifest says \(expected); remove the file and run gcgan-dataset again"
    case .notAShard(let path, let reason): "\(path) is no shard of a data set: \(reason)"
    case .empty(let folder): "\(folder) holds no design"
    case .anotherSet(let folder):
      "\(folder) holds a data set made with other settings or another version; choose another folder, or remove it"
    case .changedFamily(let folder, let name, let expected, let found):
      "\(folder) holds a data set of another file of the family '\(name)': its SHA-256 is \(found), and this one's is \(expected); "
        + "choose another folder, or take the file that the set was begun with: its manifest has it as 'familyFile'"
    case .unknownFamily(let folder, let fault): "\(folder): \(fault)"
    case .mismatch(let folder, let expected, let found):
      "\(folder) holds designs of \(found), and \(expected) is needed"
    }
  }
}
