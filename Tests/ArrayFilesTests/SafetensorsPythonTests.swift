import ArrayFiles
import TestSupport
import Testing

/// Held against Python, whose standard library alone can read and write the format.
@Suite("Safetensors beside Python") struct SafetensorsPythonTests {
  @Test func `are read as the format says`() throws {
    let numpy = try NumPy()
    try SafetensorsTests.sample().write(to: numpy.path("ours.safetensors"))
    let printed = try numpy.run(
      """
      import json, struct
      file = open("ours.safetensors", "rb").read()
      (length,) = struct.unpack("<Q", file[:8])
      header = json.loads(file[8:8 + length])
      data = file[8 + length:]
      assert (8 + length) % 8 == 0
      print(json.dumps(header.pop("__metadata__"), sort_keys=True))
      types = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "I32": "<i4", "U8": "u1"}
      for name, entry in header.items():
          begin, end = entry["data_offsets"]
          array = numpy.frombuffer(data[begin:end], types[entry["dtype"]])
          assert begin % array.itemsize == 0
          print(name, entry["dtype"], entry["shape"], array.tolist())
      """)
    #expect(
      printed == """
        {"a": "\\u00fcnder \\"quotes\\"\\n\\u0001", "family": "part"}
        steps I64 [] [-9223372036854775808]
        layer.bias F64 [2] [-0.0, 1e+300]
        layer.weight F32 [2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, nan]
        none F32 [0, 4] []
        order I32 [1, 2] [-1, 7]
        picture U8 [3] [0, 128, 255]

        """)
  }

  @Test func `of other writers are read, blanks, escapes and any order of arrays included`() throws
  {
    let numpy = try NumPy()
    _ = try numpy.run(
      """
      import json, struct
      header = {
          "b\\u00e9\\U0001f600": {"data_offsets": [12, 20], "dtype": "F64", "shape": [1]},
          "a": {"shape": [3], "dtype": "F32", "data_offsets": [0, 12]},
          "__metadata__": {"k": "\\U0001f600/"},
      }
      text = json.dumps(header, indent=1).replace("/", "\\\\/").encode() + b"  \\n"
      file = struct.pack("<Q", len(text)) + text + struct.pack("<3fd", 1, 2, 3, 0.5)
      open("theirs.safetensors", "wb").write(file)
      """)
    let file = try SafetensorsFile(contentsOf: numpy.path("theirs.safetensors"))
    #expect(file.names == ["a", "bé😀"])
    #expect(file.metadata == ["k": "😀/"])
    #expect(try file.values(of: "a") == [1, 2, 3] as [Float])
    #expect(try file.values(of: "bé😀") == [0.5])
  }
}
