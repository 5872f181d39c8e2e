package import Files

extension NumericArray {
  /// The largest file that is read, in bytes.
  package static let largestFileSize = 1 << 30

  /// Reads an `.npy` file of NumPy, versions 1.0 to 3.0 of the format.
  ///
  /// Doubles and floats in either byte order, bytes and booleans are read, in C and in Fortran order. Pickled objects are
  /// refused: loading them would run what is in the file. NaN is left to the owner to judge.
  ///
  /// - Throws: ``InputFault`` with the file, the byte, what is wrong, and what is expected.
  package init(contentsOf path: String) throws(InputFault) {
    let bytes: [UInt8]
    do {
      bytes = try AtomicFile.read(path, upTo: Self.largestFileSize)
    } catch {
      throw InputFault(
        at: .init(file: path), "the file cannot be read: \(error.reason)",
        remedy: "an array is expected, as numpy.save writes it")
    }
    try self.init(npy: bytes, file: path)
  }

  /// Reads an `.npy` file that is at hand.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: The file as messages name it.
  package init(npy bytes: [UInt8], file: String) throws(InputFault) {
    let header = try NpyHeader(bytes, file: file)
    let element = header.element
    var values = [Double](repeating: 0, count: header.count)
    if !header.isFortranOrder || header.shape.count < 2 {
      for place in values.indices {
        values[place] = element.value(in: bytes, at: header.start + place * element.size)
      }
    } else if header.count > 0 {
      // Walks the file in its order, the first axis fastest, and counts the position along every axis.
      var strides = header.shape
      var stride = 1
      for axis in strides.indices.reversed() {
        strides[axis] = stride
        stride *= header.shape[axis]
      }
      var position = [Int](repeating: 0, count: header.shape.count)
      var target = 0
      for place in 0..<header.count {
        values[target] = element.value(in: bytes, at: header.start + place * element.size)
        var axis = 0
        while axis < position.count {
          position[axis] += 1
          target += strides[axis]
          if position[axis] < header.shape[axis] { break }
          target -= strides[axis] * header.shape[axis]
          position[axis] = 0
          axis += 1
        }
      }
    }
    self.init(shape: header.shape, values: values)
  }

  /// The array as an `.npy` file of doubles, version 1.0: the same bytes for the same array, and those `numpy.save` writes.
  package var npy: [UInt8] {
    var bytes = NpyHeader.bytes(ofShape: shape)
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    for value in values {
      let bits = value.bitPattern
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return bytes
  }

  /// Writes the array as ``npy``; the file appears whole or not at all.
  ///
  /// - Parameter syncsFolder: As in ``AtomicFile``.
  package func write(to path: String, syncsFolder: Bool = true) throws(FileFault) {
    try AtomicFile.write(npy, to: path, syncsFolder: syncsFolder)
  }
}
