import DesignValidation
import FieldPictures
import FoundationEssentials

/// A model as the page that turns it reads it: numbers of few bits as base64 in a JSON object.
///
/// Base64 and numbers have no character that could end a script element.
struct TurnData {
  /// Faces at most: a page stays light.
  static let faceLimit = 20_000

  /// A field to choose.
  struct Field {
    var name: String
    var unit: String
    var values: [Double]
    var scale: ColorScale
  }

  /// The JSON object.
  static func json(of fields: ModelFields, factor: Double, unit: (String) -> String) -> String {
    let kept = [fields.vonMises, fields.temperature, fields.errorEstimate].compactMap {
      $0?.indices.max { one, two in
        guard let values = fields.vonMises ?? fields.temperature ?? fields.errorEstimate,
          values.indices.contains(one), values.indices.contains(two)
        else { return false }
        return values[one] < values[two]
      }
    }
    let skin = fields.lightened(toFaces: faceLimit, keeping: kept)
    let low = skin.positions.reduce(skin.positions.first ?? .zero, pointwiseMin)
    let high = skin.positions.reduce(skin.positions.first ?? .zero, pointwiseMax)
    let (middle, sides) = ((low + high) / 2, high - low)
    let half = max(sides.max() / 2, 1e-300)
    let radius = (sides * sides).sum().squareRoot() / 2 / half
    var places: [UInt8] = [], shifts: [UInt8] = []
    for (number, position) in skin.positions.enumerated() {
      let scaled = (position - middle) / half * 32767
      let shift = (skin.displacement?[number] ?? .zero) / half
      for axis in 0..<3 {
        let place = Int16(
          max(-32767, min(32767, scaled[axis].isFinite ? scaled[axis] : 0)).rounded())
        places += bytes(of: UInt16(bitPattern: place))
        shifts += bytes(of: Float(shift[axis].isFinite ? shift[axis] : 0).bitPattern)
      }
    }
    var triangles: [UInt8] = []
    for face in skin.faces {
      for last in 2..<max(2, face.count) {
        for corner in [face[0], face[last - 1], face[last]] { triangles += bytes(of: corner) }
      }
    }
    var lines: [UInt8] = []
    for (first, second) in skin.drawnEdges {
      lines += bytes(of: UInt32(first)) + bytes(of: UInt32(second))
    }
    let choices = self.fields(of: skin, unit: unit).map { field -> String in
      let span = field.scale.high - field.scale.low
      let levels = field.values.map { value -> UInt8 in
        guard value.isFinite, span > 0 else { return 127 }
        return UInt8(max(0, min(255, (value - field.scale.low) / span * 255)).rounded())
      }
      let colors = (0..<ColorScale.bandCount).flatMap { field.scale.levels(ofBand: $0) }
      return """
        {"name":"\(field.name)","unit":\(quoted(field.unit)),"low":"\(field.scale.low.significant(4))",\
        "high":"\(field.scale.high.significant(4))","values":"\(base64(levels))",\
        "colors":[\(colors.map { $0.significant(3) }.joined(separator: ","))]}
        """
    }
    let note =
      skin.faces.count < fields.faces.count
      ? "The skin is lightened from \(PageText.grouped(fields.faces.count)) to \(PageText.grouped(skin.faces.count)) faces."
      : ""
    return """
      {"plane":\(fields.isPlane),"radius":\(radius.significant(5)),"factor":\(factor.significant(4)),"note":"\(note)",\
      "places":"\(base64(places))","shifts":"\(base64(shifts))","faces":"\(base64(triangles))",\
      "lines":"\(base64(lines))","fields":[\(choices.joined(separator: ","))]}
      """
  }

  private static func fields(of skin: ModelFields, unit: (String) -> String) -> [Field] {
    let all: [(String, String, [Double]?, ColorScale.Family)] = [
      ("von Mises stress", unit("stress"), skin.vonMises, .magnitude),
      ("temperature", unit("temperature"), skin.temperature, .heat),
      ("estimated error", "", skin.errorEstimate, .error),
    ]
    return all.compactMap { name, unit, values, family in
      guard let values, let scale = ColorScale(family, over: values) else { return nil }
      return Field(name: name, unit: unit, values: values, scale: scale)
    }
  }

  /// Bytes from the lowest, as browsers read typed arrays.
  private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// A text as JSON that cannot end a script element.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in PageText.cleaned(text).unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "<", ">", "&":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
