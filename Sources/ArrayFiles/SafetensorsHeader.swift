internal import Files

/// The header of a `.safetensors` file: what arrays there are, where, and what else is said.
struct SafetensorsHeader {
  /// In the order of their bytes; those of no bytes in the order of the header.
  var entries: [SafetensorsEntry]
  /// What `__metadata__` says.
  var metadata: [String: String]

  /// The longest header that is read, in bytes.
  static let largestSize = 100 << 20
  /// The most axes of an array; as for NumPy.
  static let mostAxes = 64
  /// The key of the metadata, which no array may have.
  static let metadataKey = "__metadata__"

  /// Reads the length that a file begins with.
  ///
  /// - Parameters:
  ///   - start: The first eight bytes, or as many as there are.
  ///   - fileSize: All bytes of the file.
  /// - Source: *Safetensors*, format, of the project's README.
  static func length(_ start: [UInt8], fileSize: Int, file: String) throws(InputFault) -> Int {
    func fault(_ problem: String, _ remedy: String) -> InputFault {
      InputFault(at: .init(file: file, byte: 0), problem, remedy: remedy)
    }
    guard start.count == 8 else {
      throw fault(
        "the file ends before the length of its header", "a .safetensors file is expected")
    }
    var length: UInt64 = 0
    for byte in start.reversed() { length = length << 8 | UInt64(byte) }
    guard length <= UInt64(largestSize) else {
      throw fault(
        "the file states \(length) bytes for its header",
        "headers of at most \(largestSize) bytes are read")
    }
    guard Int(length) <= fileSize - 8 else {
      throw fault(
        "the file states \(length) bytes for its header, and \(fileSize - 8) follow",
        "the file is cut short or damaged")
    }
    return Int(length)
  }

  /// Reads the header, and checks that its arrays take exactly the bytes that follow it, each once.
  ///
  /// - Parameters:
  ///   - bytes: The header without its length.
  ///   - dataSize: How many bytes follow it.
  init(_ bytes: [UInt8], dataSize: Int, file: String) throws(InputFault) {
    var text = SafetensorsText(bytes, file: file)
    (entries, metadata) = try text.header()
    // Arrays of no bytes first, so that one that begins where another does is none that overlaps it.
    let order = entries.indices.sorted { left, right in
      let (a, b) = (entries[left].range, entries[right].range)
      return (a.lowerBound, a.upperBound, left) < (b.lowerBound, b.upperBound, right)
    }
    entries = order.map { entries[$0] }
    func fault(_ byte: Int, _ problem: String) -> InputFault {
      // Eight bytes and the header come before the first byte of an array.
      InputFault(
        at: .init(file: file, byte: 8 + bytes.count + byte), problem,
        remedy: "the file is cut short or damaged")
    }
    var end = 0
    var before = ""
    for entry in entries {
      let (name, range) = (SafetensorsText.quoted(entry.name), entry.range)
      guard range.upperBound <= dataSize else {
        throw fault(
          min(range.lowerBound, dataSize),
          "the array \(name) ends at byte \(range.upperBound), and there are \(dataSize) bytes of data"
        )
      }
      guard range.lowerBound >= end else {
        throw fault(
          range.lowerBound,
          "the arrays \(before) and \(name) overlap: one ends at byte \(end), the other begins at \(range.lowerBound)"
        )
      }
      guard range.lowerBound == end else {
        throw fault(
          end, "no array has bytes \(end) to \(range.lowerBound), before the array \(name)")
      }
      end = range.upperBound
      before = name
    }
    guard end == dataSize else {
      throw fault(end, "\(dataSize - end) bytes follow the last array")
    }
  }

  /// The header and its length, blanks at its end to make it a multiple of eight bytes long.
  static func bytes(_ entries: [SafetensorsEntry], metadata: [String: String]) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { SafetensorsText.json($0.key) + ":" + SafetensorsText.json($0.value) }
      members.append(
        SafetensorsText.json(metadataKey) + ":{" + pairs.joined(separator: ",") + "}")
    }
    for entry in entries {
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        SafetensorsText.json(entry.name)
          + #":{"dtype":"\#(entry.element.rawValue)","shape":[\#(shape)],"#
          + #""data_offsets":[\#(entry.range.lowerBound),\#(entry.range.upperBound)]}"#)
    }
    var text = Array(("{" + members.joined(separator: ",") + "}").utf8)
    text += [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
  }
}
