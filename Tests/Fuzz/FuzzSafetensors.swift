import Files

/// One input of the fuzzer: a file that must either be read, and then come back the same, or be refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  do throws(InputFault) {
    let length = try SafetensorsHeader.length(
      Array(bytes.prefix(8)), fileSize: bytes.count, file: "a.safetensors")
    let header = try SafetensorsHeader(
      Array(bytes[8..<8 + length]), dataSize: bytes.count - 8 - length, file: "a.safetensors")
    let again = SafetensorsHeader.bytes(header.entries, metadata: header.metadata)
    let read = try SafetensorsHeader(
      Array(again[8...]), dataSize: bytes.count - 8 - length, file: "a.safetensors")
    precondition(read.entries == header.entries && read.metadata == header.metadata)
  } catch {
    // The message is written too: it must not trap either.
    precondition(!error.description.isEmpty)
  }
  return 0
}
