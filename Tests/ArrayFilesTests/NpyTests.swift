import ArrayFiles
import Files
import Foundation
import Meshing
import TestSupport
import Testing

@Suite("Arrays of NumPy") struct NpyTests {
  @Test(
    "in every type, version and order are read as NumPy reads them",
    arguments: ["<f8", ">f8", "<f4", ">f4", "|u1", "|b1"], [(1, 0), (2, 0), (3, 0)])
  func reads(_ type: String, _ version: (Int, Int)) throws {
    let numpy = try NumPy()
    let shapes = [[], [1], [5], [2, 3], [3, 2, 4], [2, 1, 3, 2], [0], [2, 0, 3]]
    // Sevenths round differently in floats and doubles; bytes and booleans take their whole part.
    let printed = try numpy.run(
      """
      for number, shape in enumerate(\(shapes.map { "[" + $0.map(String.init).joined(separator: ",") + "]" })):
          shape = [int(n) for n in shape.strip("[]").split(",") if n]
          for order in "CF":
              array = (numpy.arange(numpy.prod(shape, dtype=int)) / 7).reshape(shape)
              array = numpy.array(array, dtype="\(type)", order=order)
              with open(f"{number}{order}.npy", "wb") as file:
                  numpy.lib.format.write_array(file, array, (\(version.0), \(version.1)))
              print(*[float(x).hex() for x in array.flatten("C")])
      """)
    let lines = printed.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, shape) in shapes.enumerated() {
      for (place, order) in ["C", "F"].enumerated() {
        let array = try NumericArray(contentsOf: numpy.path("\(number)\(order).npy"))
        #expect(array.shape == shape)
        let expected = lines[2 * number + place].split(separator: " ").compactMap { Double($0) }
        #expect(array.values == expected, "shape \(shape) in order \(order)")
        #expect(array.values.count == (shape.contains(0) ? 0 : shape.reduce(1, *)))
      }
    }
  }

  @Test("are written as NumPy writes them, byte for byte")
  func writes() throws {
    let numpy = try NumPy()
    for shape in [
      [], [1], [9], [0], [64, 64], [2, 3, 4], [1_000_000_000_000, 0], [1, 1, 1, 1, 1, 1, 1, 1],
      [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2],
    ] {
      let count = shape.contains(0) ? 0 : shape.reduce(1, *)
      let values = (0..<count).map { Double($0) / 7 }
      let array = NumericArray(shape: shape, values: values)
      try array.write(to: numpy.path("ours.npy"))
      let printed = try numpy.run(
        """
        array = numpy.load("ours.npy", allow_pickle=False)
        print(*array.shape)
        numpy.save("theirs.npy", (numpy.arange(\(count)) / 7).reshape(\(shape)))
        """)
      #expect(printed == shape.map(String.init).joined(separator: " ") + "\n")
      #expect(try numpy.bytes("ours.npy") == numpy.bytes("theirs.npy"), "shape \(shape)")
      #expect(try NumericArray(contentsOf: numpy.path("theirs.npy")) == array)
    }
  }

  @Test func `not-a-numbers, infinities and signed zeros come through`() throws {
    let values = [Double.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, -1e308]
    let array = NumericArray(shape: [2, 3], values: values)
    let again = try NumericArray(npy: array.npy, file: "a.npy")
    #expect(again.values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func `a file that cannot be written leaves what was there`() throws {
    let place = try TemporaryPlace()
    let array = NumericArray(shape: [1], values: [1])
    #expect(throws: FileFault.self) { try array.write(to: place.path + "/none/a.npy") }
    #expect(place.names.isEmpty)
    try array.write(to: place.path + "/a.npy")
    #expect(place.names == ["a.npy"])
  }
}

@Suite("Files that are no array") struct HostileNpyTests {
  /// A file of the given header and as many zeros behind it.
  static func file(
    _ header: String, data: Int = 0, version: [UInt8] = [1, 0], length: Int? = nil
  ) -> [UInt8] {
    let length = length ?? header.utf8.count
    let size = version[0] == 1 ? 2 : 4
    let lengthBytes = (0..<size).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + version + lengthBytes + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  static func header(_ shape: String) -> String { header("'<f8'", shape) }

  static func header(_ descr: String, _ shape: String, order: String = "False") -> String {
    "{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }\n"
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var reason: String
    var testDescription: String { reason }
    init(_ bytes: [UInt8], _ reason: String) { (self.bytes, self.reason) = (bytes, reason) }
  }

  static let deep = String(repeating: "(", count: 60_000)

  static let bad: [Bad] = [
    Bad([], "not a .npy file; one array is expected, as numpy.save writes it"),
    Bad(Array("solid cube".utf8), "not a .npy file"),
    Bad([0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0], "a zip archive (.npz)"),
    Bad(Array(file("")[..<8]), "ends before its header"),
    Bad(Array(file("", version: [2, 0])[..<11]), "ends before its header"),
    Bad(file(""), "the header ends where '{' is expected"),
    Bad(file(header("(1,)"), data: 8, version: [4, 0]), "version 4.0"),
    Bad(file(header("(1,)"), data: 8, version: [1, 1]), "version 1.1"),
    Bad(file("{", length: 60_000), "states 60000 bytes for its header, and 1 follow"),
    Bad(file("{", version: [2, 0], length: 0xFFFF_FFFF), "states 4294967295 bytes for its header"),
    Bad(file(header("(1000000000000,)"), data: 8), "needs 8000000000000 bytes, and 8 follow"),
    Bad(file(header("(1000000, 1000000)"), data: 8), "needs 8000000000000 bytes"),
    Bad(file(header("(4294967296, 4294967296)"), data: 8), "more bytes than there can be"),
    Bad(file(header("(2305843009213693952,)"), data: 8), "more bytes than there can be"),
    Bad(file(header("(9223372036854775807, 2)"), data: 8), "more bytes than there can be"),
    Bad(file(header("(9223372036854775808,)"), data: 8), "more digits than any array"),
    Bad(file(header("(99999999999999999999999999,)")), "more digits than any array"),
    Bad(file(header("(-1,)"), data: 8), "a length of the shape is negative: -1"),
    Bad(file(header("(-4, -2)"), data: 64), "negative"),
    Bad(file(header("(2,)"), data: 15), "needs 16 bytes, and 15 follow; the file is cut short"),
    Bad(file(header("(2,)"), data: 17), "and 17 follow; nothing may follow the array"),
    Bad(file(header("(0,)"), data: 1), "needs 0 bytes, and 1 follow"),
    Bad(file(header("((2,),)"), data: 16), "'(' where a length, a whole number is expected"),
    Bad(file(header(deep), data: 8), "'(' where a length"),
    Bad(file(String(deep.prefix(9))), "'(' where '{' is expected"),
    Bad(file(header("(2)"), data: 16), "a comma in the tuple"),
    Bad(file(header("[2]"), data: 16), "'[' where '(' is expected"),
    Bad(file(header("(2.0,)"), data: 16), "'.' where ')' is expected"),
    Bad(file(header("(1e3,)"), data: 16), "'e' where ')' is expected"),
    Bad(file(header("(2,,)"), data: 16), "',' where a length"),
    Bad(file(header("(True,)"), data: 8), "'T' where a length"),
    Bad(file(header("(２,)"), data: 16), "a byte that is not a printable ASCII character"),
    Bad(file(header("(2"), data: 0), "'}' where a length"),
    Bad(file("{'descr': '<f8"), "a text in the header has no end"),
    Bad(
      file(header("'|O'", "(2,)"), data: 16),
      "holds pickled Python objects ('|O'), which are not loaded; doubles '<f8' or '>f8'"),
    Bad(file(header("'O'", "(2,)"), data: 16), "pickled Python objects"),
    Bad(file(header("'<i8'", "(2,)"), data: 16), "elements of type '<i8' are not read"),
    Bad(file(header("'<c16'", "(1,)"), data: 16), "'<c16' are not read; doubles"),
    Bad(file(header("'<U4'", "(1,)"), data: 16), "'<U4' are not read"),
    Bad(file(header("[('a', '<f8')]", "(1,)"), data: 8), "the array's elements are records"),
    Bad(file(header("'<f8é'", "(1,)"), data: 8), "more than plain ASCII"),
    Bad(file(header("'\\x3cf8'", "(1,)"), data: 8), "more than plain ASCII"),
    Bad(file(header("'<f8'", "(1,)", order: "1"), data: 8), "'1' where True or False"),
    Bad(file(header("'<f8'", "(1,)", order: "None"), data: 8), "'N' where True or False"),
    Bad(file("{'descr': '<f8', 'shape': (1,)}", data: 8), "no 'fortran_order'"),
    Bad(file("{'descr': '<f8', 'fortran_order': False}", data: 8), "no 'shape'"),
    Bad(file("{'shape': (), 'fortran_order': False}", data: 8), "no 'descr'"),
    Bad(file("{'descr': '<f8', 'descr': '<f8'}", data: 8), "'descr' twice"),
    Bad(file("{'descr': '<f8', 'eval': 1}", data: 8), "unknown key 'eval'; its keys are 'descr'"),
    Bad(file("{'descr': '<f8'; 'shape': ()}", data: 8), "';' where '}' is expected"),
    Bad(file(header("(1,)") + "os", data: 8), "continues after its '}'"),
    Bad(
      file(header("(" + String(repeating: "1, ", count: 65) + ")"), data: 8),
      "65 axes; at most 64 are read"),
  ]

  @Test("are refused with the file, the byte, and what is expected", arguments: bad)
  func refuses(_ bad: Bad) {
    let begin = threadTime()
    let fault = #expect(throws: InputFault.self) {
      try NumericArray(npy: bad.bytes, file: "rho.npy")
    }
    #expect(fault?.location.file == "rho.npy")
    #expect(fault?.location.byte != nil)
    #expect(fault?.description.contains(bad.reason) == true, "\(fault?.description ?? "")")
    // Whatever is claimed, nothing is done for it: microseconds.
    #expect(threadTime() - begin < .milliseconds(200))
  }

  @Test func `a file cut short anywhere is refused`() throws {
    let whole = NumericArray(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]).npy
    for length in whole.indices {
      #expect(throws: InputFault.self) {
        try NumericArray(npy: Array(whole[..<length]), file: "rho.npy")
      }
    }
  }

  @Test func `a byte changed anywhere is read or refused, never worse`() {
    let whole = NumericArray(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]).npy
    var readCount = 0
    for place in whole.indices {
      for change: UInt8 in [1, 0x20, 0x80, 0xFF] {
        var bytes = whole
        bytes[place] ^= change
        if let array = try? NumericArray(npy: bytes, file: "rho.npy") {
          readCount += 1
          #expect(array.values.count == array.shape.reduce(1, *))
        }
      }
    }
    // Changes among the 48 bytes of the numbers always read.
    #expect(readCount >= 4 * 48)
  }

  @Test func `NumPy's own pickled file is refused`() throws {
    let numpy = try NumPy()
    _ = try numpy.run(
      #"numpy.save("o.npy", numpy.array([{"a": 1}, None], dtype=object), allow_pickle=True)"#)
    let fault = #expect(throws: InputFault.self) {
      try NumericArray(contentsOf: numpy.path("o.npy"))
    }
    #expect(fault?.problem.contains("pickled Python objects") == true)
  }

  @Test func `what is no ordinary file is refused`() throws {
    let place = try TemporaryPlace()
    for path in [place.path, place.path + "/none.npy", "/dev/zero"] {
      let fault = #expect(throws: InputFault.self) { try NumericArray(contentsOf: path) }
      #expect(fault?.location.file == path)
      #expect(fault?.problem.contains("cannot be read") == true)
    }
  }

  @Test func `an old header with long numbers and other blanks is read`() throws {
    let header = "{\"shape\":(2L,1L),\t'fortran_order' : True,'descr':'|u1'}"
    let array = try NumericArray(npy: Self.file(header) + [7, 9], file: "old.npy")
    #expect(array == NumericArray(shape: [2, 1], values: [7, 9]))
  }
}
