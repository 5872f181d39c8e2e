internal import CPNG
package import Files

extension Picture {
  /// The picture as a PNG file: the same bytes for the same picture and library.
  ///
  /// The corresponding C function is `png_image_write_to_memory`, libpng's simplified interface: unlike the full one
  /// it never jumps out of a callback, and its failures are returned.
  ///
  /// - Throws: ``FileFault`` with libpng's words, where the picture is larger than a PNG can be.
  package func png(for path: String = "a picture") throws(FileFault) -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    guard let width = png_uint_32(exactly: width), let height = png_uint_32(exactly: height) else {
      throw FileFault(
        path: path, action: "write", reason: "a PNG has no \(width) × \(height) pixels")
    }
    image.width = width
    image.height = height
    image.format = colors == .grey ? 0 : png_uint_32(PNG_FORMAT_FLAG_COLOR)
    // Room for pixels that do not compress: a filter byte per row; 5 bytes of deflate and 12 of a chunk in every 8 KiB are
    // 1/482, for which 1/256 is taken; the file's frame.
    let rows = bytes.count + self.height
    let capacity = rows + rows / 256 + 4096
    var size = png_alloc_size_t(capacity)
    var isWritten: Int32 = 0
    let file = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      isWritten = png_image_write_to_memory(&image, buffer.baseAddress, &size, 0, bytes, 0, nil)
      count = isWritten != 0 ? Int(size) : 0
    }
    let message = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    png_image_free(&image)
    guard isWritten != 0, !file.isEmpty else {
      throw FileFault(path: path, action: "write", reason: message.isEmpty ? "no memory" : message)
    }
    return file
  }

  /// Writes the picture as a PNG file, which appears whole or not at all.
  ///
  /// - Parameter syncsFolder: As in ``AtomicFile``.
  package func write(to path: String, syncsFolder: Bool = true) throws(FileFault) {
    try AtomicFile.write(try png(for: path), to: path, syncsFolder: syncsFolder)
  }
}
