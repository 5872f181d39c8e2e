/// The text of a `.vtu` file as it grows.
struct VTUText: ~Copyable {
  /// What has been written.
  private(set) var bytes: [UInt8] = []
  private let deflater = Deflater()

  /// Appends a line.
  mutating func line(_ text: String) {
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends a field; tensors leave in VTK's order XX, YY, ZZ, XY, YZ, XZ.
  mutating func array(_ field: VTUField) {
    var attributes = ""
    if field.kind != .scalar {
      attributes = #" NumberOfComponents="\#(field.kind.componentCount)""#
    }
    var values = field.values
    if field.kind == .symmetricTensor {
      for (component, name) in ["XX", "YY", "ZZ", "XY", "YZ", "XZ"].enumerated() {
        attributes += #" ComponentName\#(component)="\#(name)""#
      }
      for first in stride(from: 0, to: values.count, by: 6) { values.swapAt(first + 4, first + 5) }
    }
    array(type: "Float64", name: field.name, attributes: attributes, values)
  }

  /// Appends whole numbers.
  mutating func array(name: String, _ values: [Int64]) {
    array(type: "Int64", name: name, values)
  }

  /// Appends bytes as numbers.
  mutating func array(name: String, _ values: [UInt8]) {
    array(type: "UInt8", name: name, values)
  }

  private mutating func array<Value: BitwiseCopyable>(
    type: String, name: String, attributes: String = "", _ values: [Value]
  ) {
    line(
      #"<DataArray type="\#(type)" Name="\#(Self.escaped(name))"\#(attributes) format="binary">"#)
    values.withUnsafeBytes { raw in
      let blocks = ZlibBlocks(compressing: raw, by: deflater)
      // VTK encodes the header and the blocks each for itself.
      blocks.header.withUnsafeBytes { Base64.append($0, to: &bytes) }
      blocks.data.withUnsafeBytes { Base64.append($0, to: &bytes) }
    }
    line("")
    line("</DataArray>")
  }

  /// A text as an attribute may hold it; control characters, which no XML may hold, become spaces.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
