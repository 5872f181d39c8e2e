import ArrayFiles
import Foundation
import Meshing
import TestSupport
import Testing

@testable import DesignNetworks

@Suite("Files of weights") struct WeightFileTests {
  private static let sample: [UInt8] = {
    var writer = SafetensorsWriter(metadata: ["format": "some/1", "header": "{\"step\":3}"])
    writer.add("a.weight", shape: [2, 3], values: [1, -2, 3.5, 0, 5, 6] as [Float])
    writer.add("moment", shape: [1], values: [0.25])
    writer.add("picture", shape: [3], values: [1, 2, 3] as [UInt8])
    return WeightFile.bytes(of: writer)
  }()

  /// An evil of the kind: a bit of the length, of a name, a shape, the metadata, the checksum, a number.
  @Test func `any one bit that is turned is seen`() throws {
    let place = try TemporaryPlace()
    let whole = try place.write(Data(Self.sample), to: "whole.safetensors")
    #expect(try WeightFile.open(whole, remedy: "").isChecked)
    let file = place.path + "/damaged.safetensors"
    for bit in 0..<(8 * Self.sample.count) {
      var damaged = Self.sample
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      try Data(damaged).write(to: URL(filePath: file))
      // Without the word 'sha256' a file has no checksum: models and checkpoints are refused by that.
      let opened = try? WeightFile.open(file, remedy: "")
      #expect(opened?.isChecked != true, "bit \(bit)")
      if let opened { #expect(opened.file.metadata["sha256"] == nil, "bit \(bit)") }
    }
  }

  /// The digits are those of `sha256sum` for the file with noughts in their place.
  @Test func `the checksum is the SHA-256 of the file with noughts in its place`() throws {
    let place = try TemporaryPlace()
    let file = try place.write(Data(Self.sample), to: "a.safetensors")
    let digits = try #require(try SafetensorsFile(contentsOf: file).metadata["sha256"])
    let text = String(decoding: Self.sample, as: Unicode.ASCII.self)
    #expect(text.components(separatedBy: digits).count == 2)
    let blank = try #require(Data(Self.sample).range(of: Data(digits.utf8)))
    var bytes = Data(Self.sample)
    bytes.replaceSubrange(blank, with: Data(repeating: UInt8(ascii: "0"), count: 64))
    let other = try place.write(bytes, to: "b")
    let sum = try BuiltProgram(at: "/usr/bin/sha256sum").run([other])
    #expect(sum.output.hasPrefix(digits + " "))
  }

  @Test func `a file that is not there is not called damaged`() throws {
    #expect {
      try WeightFile.open("/nowhere/model.safetensors", remedy: "")
    } throws: {
      "\($0)".contains("No such file") && !"\($0)".contains("damaged")
    }
  }

  @Test func `a file that goes on behind its arrays, or ends in them, is damaged`() throws {
    let place = try TemporaryPlace()
    for bytes in [Self.sample + [0], Array(Self.sample.dropLast()), [1, 2, 3], []] {
      let file = try place.write(Data(bytes), to: "a.safetensors")
      #expect {
        try WeightFile.open(file, remedy: "do this")
      } throws: {
        "\($0)".hasPrefix("\(file) is damaged: ") && "\($0)".hasSuffix("; do this")
      }
    }
  }
}
