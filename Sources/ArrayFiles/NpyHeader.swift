internal import Files

/// What stands before the numbers of an `.npy` file.
struct NpyHeader {
  /// How one number lies in the file.
  var element: NpyElement
  /// Whether the first axis is the fastest.
  var isFortranOrder: Bool
  /// How many along each axis, slowest first.
  var shape: [Int]
  /// The product of the shape.
  var count: Int
  /// Where the numbers begin.
  var start: Int

  /// Most axes of an array; NumPy itself has no more.
  static let mostAxes = 64
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads the header, and checks that exactly its numbers follow, before memory is taken for them.
  ///
  /// - Source: *NEP 1, a simple file format for NumPy arrays*; `numpy.lib.format`, versions 1.0, 2.0 and 3.0.
  init(_ bytes: [UInt8], file: String) throws(InputFault) {
    func fault(_ byte: Int, _ problem: String, _ remedy: String = "") -> InputFault {
      InputFault(at: .init(file: file, byte: byte), problem, remedy: remedy)
    }
    guard bytes.starts(with: Self.magic) else {
      let isZip = bytes.starts(with: [0x50, 0x4B])
      throw fault(
        0, isZip ? "this is a zip archive (.npz)" : "this is not a .npy file",
        "one array is expected, as numpy.save writes it")
    }
    guard bytes.count >= 10 else { throw fault(bytes.count, "the file ends before its header") }
    let lengthSize: Int
    switch (bytes[6], bytes[7]) {
    case (1, 0): lengthSize = 2
    case (2, 0), (3, 0): lengthSize = 4
    default:
      throw fault(
        6, "version \(bytes[6]).\(bytes[7]) of the format is not known",
        "1.0, 2.0 and 3.0 are read")
    }
    let begin = 8 + lengthSize
    guard bytes.count >= begin else { throw fault(bytes.count, "the file ends before its header") }
    var length = 0
    for place in (8..<begin).reversed() { length = length << 8 | Int(bytes[place]) }
    guard length <= bytes.count - begin else {
      throw fault(
        8, "the file states \(length) bytes for its header, and \(bytes.count - begin) follow",
        "the file is cut short or damaged")
    }
    start = begin + length
    var literal = NpyLiteral(bytes, from: begin, to: start, file: file)
    let entries = try literal.entries()
    element = entries.element
    isFortranOrder = entries.isFortranOrder
    shape = entries.shape
    guard shape.count <= Self.mostAxes else {
      throw fault(begin, "the array has \(shape.count) axes", "at most \(Self.mostAxes) are read")
    }
    let left = bytes.count - start
    var size = element.size
    if !shape.contains(0) {
      for length in shape {
        let (product, isOverflow) = size.multipliedReportingOverflow(by: length)
        size = isOverflow ? .max : product
      }
    } else {
      size = 0
    }
    guard size == left else {
      let needed = size == .max ? "more bytes than there can be" : "\(size) bytes"
      throw fault(
        start,
        "an array of \(NumericArray.text(ofShape: shape)) as '\(element.rawValue)' needs \(needed), and \(left) follow",
        size > left
          ? "the file is cut short or its header damaged" : "nothing may follow the array")
    }
    count = size / element.size
  }

  /// The header of version 1.0 of an array of doubles in C order, as `numpy.save` writes it.
  ///
  /// Blanks make the numbers begin at a multiple of 64 bytes and, as in NumPy, leave room for the first axis to grow to 21 digits.
  static func bytes(ofShape shape: [Int]) -> [UInt8] {
    let lengths = shape.map(String.init)
    let tuple = lengths.count == 1 ? "(\(lengths[0]),)" : "(\(lengths.joined(separator: ", ")))"
    var text = "{'descr': '<f8', 'fortran_order': False, 'shape': \(tuple), }"
    if let first = lengths.first {
      text += String(repeating: " ", count: max(0, 21 - first.count))
    }
    let unpadded = magic.count + 4 + text.utf8.count + 1
    text += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = text.utf8.count
    // 64 axes of 19 digits stay far below 65,536.
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}
