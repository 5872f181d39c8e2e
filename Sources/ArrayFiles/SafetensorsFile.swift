package import Files
internal import Glibc

/// A `.safetensors` file: its header is read at once, its arrays when they are asked for.
///
/// The header says for every array the type, the shape and the place of the bytes; all of it is held against the file before
/// anything is taken: arrays that overlap, leave gaps or end outside are refused, and so is a header of more than 100 MiB.
/// NaN is left to the owner to judge. May be read from several threads at once.
///
/// - Source: *Safetensors*, format, of the project's README.
package struct SafetensorsFile: Sendable {
  /// The arrays in the order of their bytes.
  package let entries: [SafetensorsEntry]
  /// What else the file says: texts by key.
  package let metadata: [String: String]
  private let path: String
  private let descriptor: FileDescriptor
  private let dataStart: Int
  private let places: [String: Int]

  /// Opens a file and reads its header.
  ///
  /// - Throws: ``InputFault`` with the file, the byte and what is wrong.
  package init(contentsOf path: String) throws(InputFault) {
    self.path = path
    do {
      descriptor = try FileDescriptor(reading: path)
    } catch {
      throw InputFault(
        at: .init(file: path), "the file cannot be read: \(error.reason)",
        remedy: "a .safetensors file is expected")
    }
    let size = descriptor.size
    let start = try descriptor.bytes(0..<min(8, size), of: path)
    let length = try SafetensorsHeader.length(start, fileSize: size, file: path)
    dataStart = 8 + length
    let header = try SafetensorsHeader(
      descriptor.bytes(8..<dataStart, of: path), dataSize: size - dataStart, file: path)
    entries = header.entries
    metadata = header.metadata
    places = Dictionary(
      entries.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The names of the arrays in the order of their bytes.
  package var names: [String] { entries.map(\.name) }

  /// What the header says of an array.
  ///
  /// - Throws: ``InputFault`` with the names that there are, if there is no such array.
  package func entry(_ name: String) throws(InputFault) -> SafetensorsEntry {
    guard let place = places[name] else {
      let known = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
      throw InputFault(
        at: .init(file: path), "there is no array \(SafetensorsText.quoted(name))",
        remedy: names.isEmpty ? "the file has none" : "there are \(known)")
    }
    return entries[place]
  }

  /// The bytes of an array, as they lie in the file: C order, little-endian.
  package func bytes(of name: String) throws(InputFault) -> [UInt8] {
    let range = try entry(name).range
    return try descriptor.bytes(
      dataStart + range.lowerBound..<dataStart + range.upperBound, of: path)
  }

  /// All bytes of the file, the header among them.
  package func bytes() throws(InputFault) -> [UInt8] {
    try descriptor.bytes(0..<descriptor.size, of: path)
  }

  /// The numbers of an array in C order.
  ///
  /// - Parameters:
  ///   - type: What the file must hold; nothing is converted.
  ///   - shape: The shape that the array must have, if it matters.
  package func values<Scalar: SafetensorsScalar>(
    of name: String, as type: Scalar.Type = Scalar.self, shape: [Int]? = nil
  ) throws(InputFault) -> [Scalar] {
    let entry = try entry(name)
    let needed = Scalar.safetensorsElement
    guard entry.element == needed else {
      throw InputFault(
        at: .init(file: path),
        "the array \(SafetensorsText.quoted(name)) holds \(entry.element.rawValue), and \(needed.rawValue) is expected"
      )
    }
    guard shape == nil || shape == entry.shape else {
      throw InputFault(
        at: .init(file: path),
        "the array \(SafetensorsText.quoted(name)) has the shape \(entry.shape), and \(shape ?? []) is expected"
      )
    }
    return try descriptor.values(
      at: dataStart + entry.range.lowerBound, count: entry.count, of: path)
  }
}
