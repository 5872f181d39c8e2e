import DesignNetworks
internal import Files
import Glibc

/// Appends scalars to an event file as TensorBoard reads it.
///
/// A record is its length (8 bytes, little-endian), the masked CRC-32C of the length, the bytes, their masked CRC-32C; the bytes are a protocol
/// buffer `Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5 }` with
/// `Summary { repeated Value value = 1 }` and `Value { string tag = 1; float simple_value = 2 }`.
///
/// - Source: tensorflow/core/util/event.proto, summary.proto and lib/io/record_writer.h of the TensorFlow project.
final class EventFile {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>

  /// Begins a file in a folder; its name carries the time, as TensorBoard expects of several files of one run.
  init(inFolder folder: String) throws {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    path = folder + "/events.out.tfevents.\(now.tv_sec).gcgan.\(getpid())"
    guard let file = fopen(path, "wbe") else {
      throw FileFault(path: path, action: "write", reason: String(cString: strerror(errno)))
    }
    self.file = file
    try append(
      Self.event(step: 0, at: Double(now.tv_sec)) + Self.field(3, Array("brain.Event:2".utf8)))
  }

  deinit { fclose(file) }

  /// Appends the scalars of an update.
  func append(_ record: Trainer.StepRecord) throws {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var scalars = record.losses.map { ("loss/" + $0.key, $0.value) }
    scalars += [
      ("pool/micro-steps", Double(record.microSteps)),
      ("pool/variance", record.statistics.variance), ("pool/norm", record.statistics.norm),
      ("pool/cosine", record.statistics.cosine),
      ("time/seconds", record.seconds), ("time/physics-seconds", record.physicsSeconds),
    ]
    if let scale = record.noiseScale { scalars.append(("pool/noise-scale", scale)) }
    if let forecast = record.forecast { scalars.append(("pool/forecast", forecast)) }
    let summary = scalars.sorted { $0.0 < $1.0 }.flatMap { tag, value -> [UInt8] in
      Self.field(
        1,
        Self.field(1, Array(tag.utf8)) + [0x15]
          + withUnsafeBytes(of: Float(value).bitPattern.littleEndian, Array.init))
    }
    let time = Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
    try append(Self.event(step: record.step, at: time) + Self.field(5, summary))
  }

  private func append(_ event: [UInt8]) throws {
    let length = withUnsafeBytes(of: UInt64(event.count).littleEndian, Array.init)
    let record = length + Self.maskedChecksum(length) + event + Self.maskedChecksum(event)
    guard fwrite(record, 1, record.count, file) == record.count, fflush(file) == 0 else {
      throw FileFault(path: path, action: "write", reason: String(cString: strerror(errno)))
    }
  }

  /// Time and step.
  private static func event(step: Int, at time: Double) -> [UInt8] {
    [0x09] + withUnsafeBytes(of: time.bitPattern.littleEndian, Array.init)
      + (step > 0 ? [0x10] + varint(UInt64(step)) : [])
  }

  /// A field of bytes.
  private static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (remaining, bytes) = (value, [UInt8]())
    while remaining >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: remaining) | 0x80)
      remaining >>= 7
    }
    return bytes + [UInt8(remaining)]
  }

  /// The checksum turned by 15 bits, plus a constant: checksums of what contains checksums behave badly otherwise.
  static func maskedChecksum(_ bytes: [UInt8]) -> [UInt8] {
    let checksum = checksum(bytes)
    let masked = ((checksum >> 15) | (checksum << 17)) &+ 0xA282_EAD8
    return withUnsafeBytes(of: masked.littleEndian, Array.init)
  }

  /// CRC-32C (Castagnoli), bit by bit: records are short.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    return ~crc
  }
}
