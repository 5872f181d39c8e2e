import ArrayFiles
import Files
import Foundation
import Meshing
import TestSupport
import Testing

@Suite("Pictures") struct PictureTests {
  /// What Python's standard library makes of a PNG: width, height, channels, then the bytes.
  private func decoded(_ picture: Picture) throws -> [Int] {
    let numpy = try NumPy()
    try picture.write(to: numpy.path("p.png"))
    let printed = try numpy.run(
      """
      import struct, zlib
      data = open("p.png", "rb").read()
      assert data[:8] == b"\\x89PNG\\r\\n\\x1a\\n"
      place, pixels, ended = 8, b"", False
      while place < len(data):
          size, kind = struct.unpack(">I4s", data[place:place + 8])
          body = data[place + 8:place + 8 + size]
          crc, = struct.unpack(">I", data[place + 8 + size:place + 12 + size])
          assert crc == zlib.crc32(kind + body)
          if kind == b"IHDR":
              width, height, depth, color, compression, filtering, interlace = struct.unpack(">IIBBBBB", body)
          if kind == b"IDAT": pixels += body
          ended = kind == b"IEND"
          place += 12 + size
      assert ended and depth == 8 and interlace == 0
      channels = {0: 1, 2: 3}[color]
      raw, row, stride = zlib.decompress(pixels), bytes(width * channels), width * channels
      print(width, height, channels)
      for y in range(height):
          kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
          for x in range(stride):
              a = line[x - channels] if x >= channels else 0
              b, c = row[x], row[x - channels] if x >= channels else 0
              p = a + b - c
              paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
              line[x] = (line[x] + [0, a, b, (a + b) // 2, paeth][kind]) & 255
          print(*line)
          row = bytes(line)
      """)
    return printed.split { " \n".contains($0) }.compactMap { Int($0) }
  }

  @Test func `a density is dark where there is material`() throws {
    let density = NumericArray(shape: [2, 3], values: [0, 0.5, 1, -3, 7, .nan])
    let picture = Picture(density: density)
    #expect(picture.bytes == [255, 128, 0, 255, 0, 255])
    #expect(try decoded(picture) == [3, 2, 1, 255, 128, 0, 255, 0, 255])
  }

  @Test func `layers stand one below the other`() {
    let picture = Picture(density: NumericArray(shape: [2, 1, 2], values: [0, 1, 1, 0]))
    #expect((picture.width, picture.height) == (2, 2))
    #expect(picture.bytes == [255, 0, 0, 255])
  }

  @Test func `scaling makes squares of pixels`() throws {
    let picture = Picture(width: 2, height: 1, colors: .rgb, bytes: [1, 2, 3, 4, 5, 6])
    let scaled = picture.scaled(by: 2)
    let line: [UInt8] = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]
    #expect(scaled == Picture(width: 4, height: 2, colors: .rgb, bytes: line + line))
    #expect(picture.scaled(by: 1) == picture)
    #expect(try decoded(scaled) == [4, 2, 3] + (line + line).map(Int.init))
  }

  @Test func `noise, which does not compress, comes through`() throws {
    var state: UInt64 = 7
    let bytes = (0..<3 * 200 * 150).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    let picture = Picture(width: 200, height: 150, colors: .rgb, bytes: bytes)
    #expect(try decoded(picture) == [200, 150, 3] + bytes.map(Int.init))
    #expect(try picture.png() == picture.png())
  }

  @Test func `a picture no PNG can hold is refused in libpng's words`() throws {
    let wide = Picture(
      width: 1_000_001, height: 1, colors: .grey, bytes: [UInt8](repeating: 0, count: 1_000_001))
    let fault = #expect(throws: FileFault.self) { try wide.png(for: "wide.png") }
    #expect(fault?.description.contains("cannot write wide.png: ") == true)
    #expect(fault?.reason.isEmpty == false)
  }

  @Test func `a folder that is not there gets no file`() throws {
    let place = try TemporaryPlace()
    let picture = Picture(width: 1, height: 1, colors: .grey, bytes: [0])
    #expect(throws: FileFault.self) { try picture.write(to: place.path + "/none/p.png") }
    #expect(place.names.isEmpty)
  }
}
