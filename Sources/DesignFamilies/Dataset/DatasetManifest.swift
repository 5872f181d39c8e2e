internal import Files
internal import FoundationEssentials
internal import Meshing

/// What is in the folder of a data set, and how it came to be: `manifest.json`.
public struct DatasetManifest: Codable, Sendable, Equatable {
  /// One file of the set.
  public struct Shard: Codable, Sendable, Equatable {
    /// The file's name in the folder.
    public var file: String
    /// The file's SHA-256 in hexadecimal digits.
    public var sha256: String
    /// The first number drawn for it.
    public var firstNumber: Int
    /// The first number after those drawn for it.
    public var nextNumber: Int
    /// The designs in it.
    public var designCount: Int
    /// The numbers whose problem led to no reference design, with why.
    public var withoutDesign: [String]
    /// Problems drawn for it and kept, where a problem may have several designs.
    public var problemCount: Int?
    /// Designs that are sound: all solid hangs together with supports, every load is carried, the volume is met to one element.
    public var soundCount: Int?
    /// Designs that keep every limit of their problem.
    public var limitKeepingCount: Int?
    /// Designs by split.
    public var splits: [String: Int]
  }

  /// The format and its version.
  public var format = Self.currentFormat
  /// The family's name.
  public var family: String
  /// The family's file, whole, and its SHA-256; nothing for a family written in Swift.
  public var familyFile: String?
  /// See ``familyFile``.
  public var familyHash: String?
  /// Elements of the images.
  public var size: GridSize
  /// What all problems are drawn from.
  public var seed: UInt64
  /// What problems are drawn from: the name of one of the family's distributions.
  public var distribution: String
  /// The only split that is wanted; `nil` for all of them.
  public var split: DatasetSplit?
  /// How reference designs were found.
  public var search: ReferenceSearch
  /// Designs asked for.
  public var count: Int
  /// Files, in the order of their numbers.
  public var shards: [Shard]
  /// Versions of gcgan and of the libraries behind it.
  public var versions: [String: String]

  /// The format written.
  public static let currentFormat = "gcgan-dataset/1"
  /// The manifest's file in a data set's folder.
  public static let fileName = "manifest.json"

  /// Designs that are sound, and those that keep their limits; `nil` for a set of an earlier version, which did not count.
  public var soundCount: Int? { sum(\.soundCount) }
  /// See ``soundCount``.
  public var limitKeepingCount: Int? { sum(\.limitKeepingCount) }

  private func sum(_ count: (Shard) -> Int?) -> Int? {
    let counts = shards.compactMap(count)
    return counts.count == shards.count ? counts.reduce(0, +) : nil
  }

  /// Designs in the shards.
  public var designCount: Int { shards.reduce(0) { $0 + $1.designCount } }

  /// A manifest; references are found as the family says unless told otherwise.
  public init(
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
  public init(inFolder folder: String) throws(DatasetFault) {
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
  public func write(inFolder folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try AtomicFile.write(
      Array(encoder.encode(self)) + Array("\n".utf8), to: folder + "/" + Self.fileName)
  }

  /// Whether another run would write the same set, or a longer or shorter one of which this is the beginning.
  public func isContinued(by other: Self) -> Bool {
    family == other.family && familyHash == other.familyHash && size == other.size
      && seed == other.seed
      && distribution == other.distribution && split == other.split && search == other.search
      && versions == other.versions
  }

  /// The family that the set is of: the one whose file it keeps, or the one of its name.
  ///
  /// - Parameter families: Where a family without a file is looked for.
  /// - Throws: ``DatasetFault/unknownFamily(folder:fault:)``; ``DatasetFault/notAManifest(path:reason:)`` where the file it keeps is damaged.
  public func family(in families: Families, folder: String) throws(DatasetFault)
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
