package import Files

/// Makes a `.safetensors` file: arrays by name, and texts beside them.
///
/// The same arrays give the same bytes, in whatever order they are added: as in the project's own writers, arrays of wide
/// numbers come first and, among those of one width, names in the order of their UTF-8, so that every array begins at a multiple of
/// its numbers' size. Metadata are sorted by key.
package struct SafetensorsWriter: Sendable {
  /// Texts by key.
  package var metadata: [String: String]
  private var arrays: [String: (entry: SafetensorsEntry, bytes: [UInt8])] = [:]

  /// A file of no arrays.
  package init(metadata: [String: String] = [:]) { self.metadata = metadata }

  /// Adds an array.
  ///
  /// - Parameters:
  ///   - name: Not `__metadata__`, and not yet there.
  ///   - shape: How many along each axis, slowest first.
  ///   - values: In C order, as many as the product of `shape`.
  package mutating func add<Scalar: SafetensorsScalar>(
    _ name: String, shape: [Int], values: [Scalar]
  ) {
    let element = Scalar.safetensorsElement
    precondition(name != SafetensorsHeader.metadataKey, "'\(name)' is the key of the metadata")
    precondition(arrays[name] == nil, "there are two arrays '\(name)'")
    precondition(shape.allSatisfy { $0 >= 0 }, "a shape has no negative numbers, found \(shape)")
    let size = SafetensorsEntry.byteCount(of: element, shape: shape)
    precondition(
      size == values.count * element.size,
      "the array '\(name)' of shape \(shape) has \(values.count) values")
    let bytes = values.withUnsafeBytes { [UInt8]($0) }
    arrays[name] = (
      SafetensorsEntry(name: name, element: element, shape: shape, range: 0..<bytes.count), bytes
    )
  }

  /// The file.
  package var bytes: [UInt8] {
    let sorted = arrays.values.sorted { left, right in
      let (a, b) = (left.entry, right.entry)
      guard a.element == b.element else { return Self.rank(a.element) < Self.rank(b.element) }
      return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
    var end = 0
    let entries = sorted.map { array in
      var entry = array.entry
      entry.range = end..<end + array.bytes.count
      end += array.bytes.count
      return entry
    }
    var bytes = SafetensorsHeader.bytes(entries, metadata: metadata)
    bytes.reserveCapacity(bytes.count + end)
    for array in sorted { bytes += array.bytes }
    return bytes
  }

  /// Wide numbers first; the order of `Dtype` in the project's own code.
  private static func rank(_ element: SafetensorsElement) -> Int {
    switch element {
    case .int64: 0
    case .float64: 1
    case .float32: 2
    case .int32: 3
    case .float16: 4
    case .byte: 5
    }
  }

  /// Writes the file; it appears whole or not at all.
  ///
  /// - Parameter syncsFolder: As in ``AtomicFile``.
  package func write(to path: String, syncsFolder: Bool = true) throws(FileFault) {
    try AtomicFile.write(bytes, to: path, syncsFolder: syncsFolder)
  }
}
