internal import Files
internal import FoundationEssentials
internal import Meshing

/// What is in the folder of a data set, and how it came to be: `manifest.json`.
package struct DatasetManifest: Codable, Sendable, Equatable {
  /// One file of the set.
  package struct Shard: Codable, Sendable, Equatable {
    /// The file's name in the folder.
    package var file: String
    /// The file's SHA-256 in hexadecimal digits.
    package var sha256: String
    /// The first number drawn for it.
    package var firstNumber: Int
    /// The first number after those drawn for it.
    package var nextNumber: Int
    /// The designs in it.
    package var designCount: Int
    /// The numbers whose problem led to no reference design, with why.
    package var withoutDesign: [String]
    /// Problems drawn for it and kept, where a problem may have several designs.
    package var problemCount: Int?
    /// Designs that are sound: all solid hangs together with supports, every load is carried, the volume is met to one element.
    package var soundCount: Int?
    /// Designs that keep every limit of their problem.
    package var limitKeepingCount: Int?
    /// Designs by split.
    package var splits: [String: Int]
  }

  /// The format and its version.
  package var format = Self.currentFormat
  /// The family's name.
  package var family: String
  /// The family's file, whole, and its SHA-256; nothing for a family written in Swift.
  package var familyFile: String?
  /// See ``familyFile``.
  package var familyHash: String?
  /// Elements of the images.
  package var size: GridSize
  /// What all problems are drawn from.
  package var seed: UInt64
  /// What problems are drawn from: the name of one of the family's distributions.
  package var distribution: String
  /// The only split that is wanted; `nil` for all of them.
  package var split: DatasetSplit?
  /// How reference designs were found.
  package var search: ReferenceSearch
  /// Designs asked for.
  package var count: Int
  /// Files, in the order of their numbers.
  package var shards: [Shard]
  /// Versions of gcgan and of the libraries behind it.
  package var versions: [String: String]

  /// The format written.
  package static let currentFormat = "gcgan-dataset/1"
  /// The manifest's file in a data set's folder.
  package static let fileName = "manifest.json"

  /// Designs that are sound, and those that keep their limits; `nil` for a set of an earlier version, which did not count.
  package var soundCount: Int? { sum(\.soundCount) }
  /// See ``soundCount``.
  package var limitKeepingCount: Int? { sum(\.limitKeepingCount) }

  private func sum(_ count: (Shard) -> Int?) -> Int? {
    let counts = shards.compactMap(count)
    return counts.count == shards.count ? counts.reduce(0, +) : nil
  }

  /// Designs in the shards.
  package var designCount: Int { shards.reduce(0) { $0 + $1.designCount } }

  /// A manifest; references are found as the family says unless told otherwise.
  package init(
    family: any DesignFamily, size: GridSize, seed: UInt64, distribution: String,
    split: DatasetSplit? = nil, search: ReferenceSearch? = nil, count: Int, shards: [Shard] = [],
    versions: [String: String]
  ) {
    self.family = family.name
    familyFile = family.text
    familyHash = family.hash
    self.size = size
    self.seed = seed
    self.distribution = distribution
    self.split = split
    self.search = search ?? family.search
    self.count = count
    self.shards = shards
    self.versions = versions
  }

  /// Reads the manifest of a folder.
  ///
  /// - Throws: ``DatasetFault`` where there is none, or it is no manifest of this format.
  package init(inFolder folder: String) throws(DatasetFault) {
    let path = folder + "/" + Self.fileName
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try AtomicFile.read(path, upTo: 64 << 20)
    } catch {
      throw .noDataset(folder: folder, reason: error.description)
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch {
      throw .notAManifest(path: path, reason: "\(error)")
    }
    guard format == Self.currentFormat else {
      throw .notAManifest(
        path: path, reason: "its format is '\(format)', and '\(Self.currentFormat)' is read")
    }
    for shard in shards where shard.file.contains("/") || shard.file.hasPrefix(".") {
      throw .notAManifest(path: path, reason: "'\(shard.file)' is no file of the folder")
    }
  }

  /// Writes the manifest into a folder, whole or not at all.
  package func write(inFolder folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(
      Array(encoder.encode(self)) + Array("\n".utf8), to: folder + "/" + Self.fileName)
  }

  /// Whether another run would write the same set, or a longer or shorter one of which this is the beginning.
  package func isContinued(by other: Self) -> Bool {
    family == other.family && familyHash == other.familyHash && size == other.size
      && seed == other.seed
      && distribution == other.distribution && split == other.split && search == other.search
      && versions == other.versions
  }

  /// The family that the set is of: the one whose file it keeps, or the one of its name.
  ///
  /// - Parameter families: Where a family without a file is looked for.
  /// - Throws: ``DatasetFault/unknownFamily(folder:fault:)``; ``DatasetFault/notAManifest(path:reason:)`` where the file it keeps is damaged.
  package func family(in families: Families, folder: String) throws(DatasetFault)
    -> any DesignFamily
  {
    if let familyFile {
      let path = folder + "/" + Self.fileName
      let text = Array(familyFile.utf8)
      guard Digest.text(of: text) == familyHash else {
        throw .notAManifest(
          path: path, reason: "the family's file in it is damaged: its SHA-256 is another one")
      }
      if let family = families.all.first(where: { $0.hash == familyHash }) { return family }
      do throws(InputFaults) {
        return try FamilyFile(parsing: text, file: "\(path), the family's file")
      } catch {
        throw .notAManifest(path: path, reason: error.description)
      }
    }
    do throws(UnknownFamily) {
      return try families.named(family)
    } catch {
      throw .unknownFamily(folder: folder, fault: error)
    }
  }
}
