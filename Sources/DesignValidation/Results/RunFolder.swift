package import Files
import FoundationEssentials
import Glibc
internal import ProgramSupport

/// The folder of a run: `run.json`, `times.json` and `fields/`.
///
/// It is made beside its place, under a hidden name, and takes the place as a whole: whoever is killed leaves the old run or the new one.
package struct RunFolder {
  /// The record.
  static let recordName = "run.json"
  /// Seconds; the only file that differs between equal runs.
  static let timesName = "times.json"
  /// The folder of the fields.
  static let fieldsName = "fields"

  /// Where the run is to be.
  package let path: String
  private let hidden: String

  /// Where the fields of models go while the run is made.
  package var fieldsPath: String { hidden + "/" + Self.fieldsName }

  /// Begins a run.
  ///
  /// - Parameter path: A folder that is not there, is empty, or holds a run.
  /// - Throws: ``FileFault`` where something else is there, or nothing can be written.
  package init(beginningAt path: String) throws(FileFault) {
    let path = path.withoutTrailingSlashes
    self.path = path
    try Self.check(path)
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    do { try OutputFolder(path: parent).make() } catch {
      throw (error as? FileFault) ?? FileFault(path: path, action: "write", reason: "\(error)")
    }
    var place = ""
    for attempt in 0..<1000 {
      place = "\(parent)/.\(String(name.unicodeScalars.prefix(48))).\(getpid()).\(attempt)"
      if mkdir(place, 0o777) == 0 { break }
      guard errno == EEXIST, attempt < 999 else {
        throw FileFault(path: path, action: "write", code: errno)
      }
    }
    hidden = place
    guard mkdir(fieldsPath, 0o777) == 0 else {
      let code = errno
      rmdir(hidden)
      throw FileFault(path: path, action: "write", code: code)
    }
  }

  /// Writes the record and the times, and gives the run its place; what was there is deleted.
  package func finish(_ record: RunRecord, _ timings: RunTimings) throws {
    do {
      try AtomicFile.write(try record.json(), to: hidden + "/" + Self.recordName)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let times = Array(try encoder.encode(timings)) + [UInt8(ascii: "\n")]
      try AtomicFile.write(times, to: hidden + "/" + Self.timesName)
      try Self.check(path)
      let aside = hidden + ".old"
      let isReplacing = FilePlace.exists(path)
      if isReplacing, rename(path, aside) != 0 { throw fault(errno) }
      if rename(hidden, path) != 0 {
        let code = errno
        if isReplacing { rename(aside, path) }
        throw fault(code)
      }
      if isReplacing { Self.remove(aside) }
    } catch {
      abandon()
      throw error
    }
  }

  /// Takes the fields of all models of a record from another run.
  ///
  /// - Parameter run: Where they are.
  package func takeFields(of record: RunRecord, from run: SavedRunFolder) throws {
    for name in record.parts.flatMap({ $0.models.compactMap(\.fields) }) {
      try AtomicFile.write(try AtomicFile.read(run.fieldsFile(name)), to: hidden + "/" + name)
    }
  }

  /// Deletes what was made.
  package func abandon() { Self.remove(hidden) }

  private func fault(_ code: Int32) -> FileFault {
    FileFault(path: path, action: "write", code: code)
  }

  /// Whether a run may have the place.
  private static func check(_ path: String) throws(FileFault) {
    func fault(_ reason: String) -> FileFault {
      FileFault(path: path, action: "write", reason: reason)
    }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw FileFault(path: path, action: "write", code: errno)
    }
    guard status.st_mode & S_IFMT == S_IFDIR, let names = FilePlace.names(in: path) else {
      throw fault("a file or a link with this name is there; choose another name")
    }
    let others = names.filter { ![recordName, timesName, fieldsName].contains($0) }.sorted()
    if let other = others.first {
      throw fault("the folder holds something else than a run ('\(other)'); choose another folder")
    }
    let fields = FilePlace.names(in: path + "/" + fieldsName) ?? []
    if let other = fields.filter({ !$0.hasSuffix(".safetensors") }).min() {
      throw fault(
        "the folder holds something else than a run ('\(fieldsName)/\(other)'); choose another folder"
      )
    }
    guard names.isEmpty || names.contains(recordName) else {
      throw fault("the folder has no \(recordName) and is not empty; choose another folder")
    }
    guard names.isEmpty || (try? SavedRunFolder(path).record) != nil else {
      throw fault(
        "its \(recordName) is no record of a run of this version; choose another folder, or delete it"
      )
    }
  }

  /// Deletes the files of a run, and the folders if nothing else is in them.
  private static func remove(_ path: String) {
    let fields = path + "/" + fieldsName
    for name in FilePlace.names(in: fields) ?? [] where name.contains(".safetensors") {
      unlink(fields + "/" + name)
    }
    rmdir(fields)
    for name in FilePlace.names(in: path) ?? [] { unlink(path + "/" + name) }
    rmdir(path)
  }
}

/// The folder of a run that was made before, or its `run.json` alone.
package struct SavedRunFolder: Sendable {
  /// The record.
  package let record: RunRecord
  /// The folder that the paths in the record begin from.
  package let path: String
  /// Whether the record was given as a file with nothing beside it, as the history exports it.
  private let isRecordAlone: Bool

  /// Reads the record of a folder, or of a file.
  ///
  /// - Throws: ``InputFault`` with the file and what is wrong.
  package init(_ path: String) throws(InputFault) {
    let path = path.withoutTrailingSlashes
    let isFolder = FilePlace.isDirectory(path)
    let file = isFolder ? path + "/" + RunFolder.recordName : path
    let bytes: [UInt8]
    do {
      bytes = try AtomicFile.read(file, upTo: RunRecord.largestByteCount)
    } catch {
      throw InputFault(
        at: .init(file: file), "the record of a run cannot be read: \(error.reason)",
        remedy: "name the folder that 'gcgan-validate DIR --run FOLDER' wrote")
    }
    record = try RunRecord(parsing: bytes, file: file)
    self.path =
      isFolder ? path : file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    isRecordAlone = !isFolder && !FilePlace.isDirectory(self.path + "/" + RunFolder.fieldsName)
  }

  /// The fields of a model; `nil` where the record says that it has none, and where the record is a file without the folder of fields beside it.
  ///
  /// - Throws: ``InputFault`` for a file that is not there or not as it should be, and for one outside of the folder.
  package func fields(of model: ModelResult) throws(InputFault) -> ModelFields? {
    guard let name = model.fields else { return nil }
    let file = try fieldsFile(name)
    if isRecordAlone { return nil }
    return try ModelFields(contentsOf: file)
  }

  /// The path of a file of fields.
  ///
  /// - Throws: ``InputFault`` for one outside of the folder.
  func fieldsFile(_ name: String) throws(InputFault) -> String {
    let prefix = RunFolder.fieldsName + "/"
    guard name.hasPrefix(prefix), !name.dropFirst(prefix.count).contains("/") else {
      throw InputFault(
        at: .init(file: path + "/" + RunFolder.recordName),
        "the fields of a model are at '\(name.prefix(80))', and they must be in '\(prefix)'")
    }
    return path + "/" + name
  }

  /// The times beside the record; `nil` where there are none.
  package var timings: RunTimings? {
    guard let bytes = try? AtomicFile.read(path + "/" + RunFolder.timesName) else { return nil }
    return try? JSONDecoder().decode(RunTimings.self, from: Data(bytes))
  }
}
