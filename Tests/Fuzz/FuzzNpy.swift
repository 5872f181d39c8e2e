/// What the fuzzer calls: whatever the bytes, an array as large as its shape, or a fault with its words.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNpy(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  do {
    let array = try NumericArray(npy: bytes, file: "fuzz.npy")
    precondition(array.values.count <= count)
    // What is written reads as the same bits.
    let again = try NumericArray(npy: array.npy, file: "again.npy")
    precondition(again.shape == array.shape)
    precondition(zip(again.values, array.values).allSatisfy { $0.bitPattern == $1.bitPattern })
  } catch {
    precondition(!error.description.isEmpty)
  }
  return 0
}
