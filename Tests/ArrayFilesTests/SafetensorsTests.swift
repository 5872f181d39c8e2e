import ArrayFiles
import Meshing
import TestSupport
import Testing

@Suite("Safetensors") struct SafetensorsTests {
  static func sample() -> SafetensorsWriter {
    var writer = SafetensorsWriter(metadata: ["family": "part", "a": "ünder \"quotes\"\n\u{1}"])
    writer.add("layer.weight", shape: [2, 3], values: [1, 2, 3, 4, 5, .nan] as [Float])
    writer.add("layer.bias", shape: [2], values: [-0.0, 1e300] as [Double])
    writer.add("steps", shape: [], values: [Int64.min])
    writer.add("order", shape: [1, 2], values: [-1, 7] as [Int32])
    writer.add("picture", shape: [3], values: [0, 128, 255] as [UInt8])
    writer.add("none", shape: [0, 4], values: [] as [Float])
    return writer
  }

  @Test func `come back as they were written`() throws {
    let place = try TemporaryPlace()
    let path = place.path + "/a.safetensors"
    try Self.sample().write(to: path)
    let file = try SafetensorsFile(contentsOf: path)
    #expect(file.metadata == ["family": "part", "a": "ünder \"quotes\"\n\u{1}"])
    #expect(
      file.names == ["steps", "layer.bias", "layer.weight", "none", "order", "picture"])
    let weight: [Float] = try file.values(of: "layer.weight", shape: [2, 3])
    #expect(
      weight.map(\.bitPattern) == [1, 2, 3, 4, 5, Float.nan].map(\.bitPattern))
    let bias = try file.values(of: "layer.bias", as: Double.self)
    #expect(bias.map(\.bitPattern) == [-0.0, 1e300].map(\.bitPattern))
    #expect(try file.values(of: "steps", shape: []) == [Int64.min])
    #expect(try file.values(of: "order") == [-1, 7] as [Int32])
    #expect(try file.bytes(of: "picture") == [0, 128, 255])
    #expect(try file.values(of: "none") == [] as [Float])
    #expect(try file.entry("none").shape == [0, 4])
  }

  @Test func `have the same bytes in whatever order they are added`() throws {
    var first = SafetensorsWriter(metadata: ["x": "1", "y": "2"])
    var second = SafetensorsWriter(metadata: ["y": "2", "x": "1"])
    first.add("b", shape: [1], values: [1] as [Float])
    first.add("a", shape: [3], values: [1, 2, 3] as [UInt8])
    second.add("a", shape: [3], values: [1, 2, 3] as [UInt8])
    second.add("b", shape: [1], values: [1] as [Float])
    #expect(first.bytes == second.bytes)
    let header =
      #"{"__metadata__":{"x":"1","y":"2"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""a":{"dtype":"U8","shape":[3],"data_offsets":[4,7]}}"#
    let length = (header.utf8.count + 7) / 8 * 8
    let padding = String(repeating: " ", count: length - header.utf8.count)
    #expect(
      first.bytes == [UInt8(length), 0, 0, 0, 0, 0, 0, 0] + Array((header + padding).utf8)
        + [0, 0, 0x80, 0x3F, 1, 2, 3])
  }

  @Test func `of another type or shape, or missing, are named`() throws {
    let place = try TemporaryPlace()
    let path = place.path + "/a.safetensors"
    try Self.sample().write(to: path)
    let file = try SafetensorsFile(contentsOf: path)
    func problem(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "no error"
    }
    #expect(
      problem { _ = try file.values(of: "order", as: Float.self) }
        .hasSuffix("the array 'order' holds I32, and F32 is expected"))
    #expect(
      problem {
        let _: [Int32] = try file.values(of: "order", shape: [2])
      }.hasSuffix("the array 'order' has the shape [1, 2], and [2] is expected"))
    #expect(
      problem { _ = try file.bytes(of: "weight") }.contains(
        "there is no array 'weight'; there are steps, layer.bias, layer.weight, none, order, picture"
      ))
  }
}
