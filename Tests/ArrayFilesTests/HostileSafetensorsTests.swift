import ArrayFiles
import Files
import Foundation
import Meshing
import TestSupport
import Testing

@Suite("Files that are no safetensors") struct HostileSafetensorsTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    var bytes: [UInt8]
    var reason: String
    var testDescription: String { reason }

    /// A header, and zeros behind it.
    init(_ header: String, data: Int = 0, length: UInt64? = nil, _ reason: String) {
      let length = length ?? UInt64(header.utf8.count)
      bytes =
        (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
        + [UInt8](repeating: 0, count: data)
      self.reason = reason
    }

    init(bytes: [UInt8], _ reason: String) { (self.bytes, self.reason) = (bytes, reason) }
  }

  static func array(
    _ name: String = "a", _ type: String = "F32", _ shape: String = "[1]",
    _ offsets: String = "[0,4]"
  ) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  static let bad: [Bad] = [
    Bad(bytes: [], "ends before the length of its header"),
    Bad(bytes: [1, 0, 0], "ends before the length of its header"),
    Bad(
      "{}", length: 10_000_000_000,
      "states 10000000000 bytes for its header; headers of at most 104857600"),
    Bad("{}", length: .max, "states 18446744073709551615 bytes for its header"),
    Bad("{}", length: 3, "states 3 bytes for its header, and 2 follow; the file is cut short"),
    Bad("", "byte 8: the header does not begin with '{'"),
    Bad(" {}", "does not begin with '{'"),
    Bad("[]", "does not begin with '{'"),
    Bad("{", "the header ends where a key in quotes is expected"),
    Bad("{}x", "byte 10: the header continues after its '}'"),
    Bad("{} {}", "continues after its '}'"),
    Bad("{\(array())}", data: 3, "'a' ends at byte 4, and there are 3 bytes of data"),
    Bad("{\(array())}", data: 5, "1 bytes follow the last array"),
    Bad("{}", data: 1, "1 bytes follow the last array"),
    Bad("{\(array()),\(array("b"))}", data: 4, "the arrays 'a' and 'b' overlap"),
    Bad(
      "{\(array()),\(array("b", "F32", "[1]", "[2,6]"))}", data: 6,
      "overlap: one ends at byte 4, the other begins at 2"),
    Bad(
      "{\(array("b", "F32", "[0]", "[2,2]")),\(array())}", data: 4, "'a' and 'b' overlap"),
    Bad(
      "{\(array()),\(array("b", "F32", "[1]", "[8,12]"))}", data: 12,
      "no array has bytes 4 to 8, before the array 'b'"),
    Bad("{\(array("a", "F32", "[1]", "[4,8]"))}", data: 8, "no array has bytes 0 to 4"),
    Bad("{\(array("a", "F32", "[1]", "[4,0]"))}", data: 4, "has the data offsets [4, 0]"),
    Bad("{\(array("a", "F32", "[1]", "[4]"))}", data: 4, "has the data offsets [4]; two"),
    Bad("{\(array("a", "F32", "[1]", "[0,2,4]"))}", data: 4, "more than 2 numbers"),
    Bad("{\(array("a", "F32", "[1]", "[-4,0]"))}", data: 4, "'-' where a whole number"),
    Bad("{\(array("a", "F32", "[1]", "[0.0,4]"))}", data: 4, "'.' where ']'"),
    Bad("{\(array("a", "F32", "[1]", "[0,4e0]"))}", data: 4, "'e' where ']'"),
    Bad("{\(array("a", "F32", "[01]"))}", data: 4, "begins with 0"),
    Bad("{\(array("a", "F32", "[2]"))}", data: 4, "'a' of 2 as F32 needs 8 bytes, and has 4"),
    Bad("{\(array("a", "F32", "[]"))}", data: 8, "4 bytes follow the last array"),
    Bad(
      "{\(array("a", "F32", "[4294967296,4294967296]"))}", data: 4,
      "needs more bytes than there can be"),
    Bad("{\(array("a", "F64", "[2305843009213693952]"))}", data: 4, "more bytes than there can be"),
    Bad("{\(array("a", "U8", "[9223372036854775808]"))}", data: 4, "more digits than any size"),
    Bad(
      "{\(array("a", "U8", "[" + Array(repeating: "1", count: 65).joined(separator: ",") + "]"))}",
      data: 4, "a list has more than 64 numbers"),
    Bad(
      "{\(array("a", "BF16", "[2]"))}", data: 4, "'a' has elements of type 'BF16'; F64, F32, F16"),
    Bad("{\(array("a", "f32"))}", data: 4, "elements of type 'f32'"),
    Bad("{\(array()),\(array())}", data: 4, "the header has the name 'a' twice"),
    Bad(#"{"\u0061":{},"a":{}}"#, "'a' has no 'dtype'"),
    Bad("{\(array("\\u0061")),\(array())}", data: 4, "the header has the name 'a' twice"),
    Bad(#"{"__metadata__":{},"__metadata__":{}}"#, "'__metadata__' twice"),
    Bad(#"{"__metadata__":{"k":"1","k":"2"}}"#, "the metadata has the key 'k' twice"),
    Bad(#"{"__metadata__":{"k":1}}"#, "'1' where a text in quotes"),
    Bad(#"{"__metadata__":["k"]}"#, "'[' where '{'"),
    Bad(#"{"a":{"dtype":"F32","dtype":"F32"}}"#, "'a' has the key 'dtype' twice"),
    Bad(#"{"a":{"dtype":"F32","shape":[1]}}"#, data: 4, "'a' has no 'data_offsets'"),
    Bad(#"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, data: 4, "'a' has no 'shape'"),
    Bad(#"{"a":{"type":"F32"}}"#, "'a' has an unknown key 'type'; its keys are"),
    Bad(#"{"a":null}"#, "'n' where '{'"),
    Bad(#"{"a":{"dtype":null}}"#, "'n' where the type of the elements"),
    Bad(#"{"a" {}}"#, "'{' where ':'"),
    Bad(#"{"a":{},}"#, "'a' has no 'dtype'"),
    Bad(#"{"__metadata__":{},}"#, "'}' where a key in quotes"),
    Bad(#"{"__metadata__":{"k":"v",}}"#, "'}' where a key in quotes"),
    Bad(#"{"__metadata__":{"k":"v" "l":"w"}}"#, "'\"' where '}'"),
    Bad(#"{'a':{}}"#, "''' where a key in quotes"),
    Bad(#"{"a"#, "a text in the header has no end"),
    Bad(#"{"a\"#, "a text in the header has no end"),
    Bad(#"{"\x":{}}"#, "an unknown escape"),
    Bad(#"{"\u12"#, "an unknown escape"),
    Bad(#"{"\uD800":{}}"#, "half a surrogate pair"),
    Bad(#"{"\uDC00":{}}"#, "half a surrogate pair"),
    Bad(#"{"\uD800\u0041":{}}"#, "half a surrogate pair"),
    Bad("{\"a\n\":{}}", "a control character"),
    Bad(
      bytes: [5, 0, 0, 0, 0, 0, 0, 0] + [0x7B, 0x22, 0xFF, 0x22, 0x7D], "is not UTF-8"),
    Bad(String(repeating: #"{"a":"#, count: 60_000), "'a' has an unknown key 'a'"),
    Bad("{\"" + String(repeating: "x", count: 100_000) + "\":1}", "'1' where '{'"),
  ]

  @Test("are refused, with the place and the reason", arguments: bad)
  func refuses(_ bad: Bad) throws {
    let place = try TemporaryPlace()
    let path = place.path + "/a.safetensors"
    try AtomicFile.write(bad.bytes, to: path)
    let fault = #expect(throws: InputFault.self) { try SafetensorsFile(contentsOf: path) }
    #expect(fault?.description.contains(bad.reason) == true, "\(fault?.description ?? "")")
    #expect(fault?.location.file == path)
    // A message is for people.
    #expect((fault?.description.utf8.count ?? 0) < 600)
  }

  @Test func `are refused when they are cut anywhere`() throws {
    let place = try TemporaryPlace()
    let path = place.path + "/a.safetensors"
    let whole = SafetensorsTests.sample().bytes
    for count in whole.indices {
      try AtomicFile.write(Array(whole[..<count]), to: path, syncsFolder: false)
      #expect(throws: InputFault.self) { try SafetensorsFile(contentsOf: path) }
    }
  }

  @Test func `are refused where they are no files`() throws {
    let place = try TemporaryPlace()
    for path in [place.path, place.path + "/none", "/dev/zero"] {
      #expect(throws: InputFault.self) { try SafetensorsFile(contentsOf: path) }
    }
  }

  @Test func `that become shorter after they were opened are named when they are read`() throws {
    let place = try TemporaryPlace()
    let path = place.path + "/a.safetensors"
    try SafetensorsTests.sample().write(to: path)
    let file = try SafetensorsFile(contentsOf: path)
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.truncate(atOffset: UInt64(SafetensorsTests.sample().bytes.count - 1))
    let fault = #expect(throws: InputFault.self) { try file.bytes(of: "picture") }
    #expect(fault?.problem.contains("became shorter") == true)
    #expect(try file.values(of: "order") == [-1, 7] as [Int32])
  }
}
