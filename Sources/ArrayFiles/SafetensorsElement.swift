/// How one number lies in a `.safetensors` file, little-endian.
package enum SafetensorsElement: String, Sendable, Hashable, CaseIterable {
  /// Doubles.
  case float64 = "F64"
  /// Floats.
  case float32 = "F32"
  /// Floats of 16 bits.
  case float16 = "F16"
  /// Whole numbers of 64 bits.
  case int64 = "I64"
  /// Whole numbers of 32 bits.
  case int32 = "I32"
  /// Bytes.
  case byte = "U8"

  /// Bytes of one number.
  package var size: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16: 2
    case .byte: 1
    }
  }

  /// What is read, for error texts.
  static let expected = "F64, F32, F16, I64, I32 and U8 are read"
}

/// A number that `.safetensors` files hold: `Double`, `Float`, `Float16`, `Int64`, `Int32` or `UInt8`.
package protocol SafetensorsScalar: BitwiseCopyable, Sendable {
  /// How it lies in the file.
  static var safetensorsElement: SafetensorsElement { get }
}

extension Double: SafetensorsScalar {
  /// `F64`
  package static var safetensorsElement: SafetensorsElement { .float64 }
}

extension Float: SafetensorsScalar {
  /// `F32`
  package static var safetensorsElement: SafetensorsElement { .float32 }
}

extension Float16: SafetensorsScalar {
  /// `F16`
  package static var safetensorsElement: SafetensorsElement { .float16 }
}

extension Int64: SafetensorsScalar {
  /// `I64`
  package static var safetensorsElement: SafetensorsElement { .int64 }
}

extension Int32: SafetensorsScalar {
  /// `I32`
  package static var safetensorsElement: SafetensorsElement { .int32 }
}

extension UInt8: SafetensorsScalar {
  /// `U8`
  package static var safetensorsElement: SafetensorsElement { .byte }
}
