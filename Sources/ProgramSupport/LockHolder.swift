internal import Glibc

/// The process that has the lock of a file or folder, as Linux tells in `/proc/locks`.
struct LockHolder: CustomStringConvertible {
  /// Its number.
  let process: Int32
  /// Its command line, cut where it is long; `nil` where that of another user is not told.
  let command: String?

  /// The holder of the lock (`flock`) of an open file; `nil` where Linux does not tell, as on a file system of another machine.
  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let locks = Self.text("/proc/locks"),
      let process = Self.process(
        in: locks, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    else { return nil }
    self.process = process
    command = Self.text("/proc/\(process)/cmdline").flatMap(Self.command)
  }

  /// The process that has a lock, from lines such as `1: FLOCK  ADVISORY  WRITE 15615 fe:00:16245410 0 EOF`.
  ///
  /// A file system in layers may tell another device than `stat` does: then the number of the file decides, where one lock has it.
  static func process(in locks: String, device: UInt64, inode: UInt64) -> Int32? {
    // As in <sys/sysmacros.h>: both numbers are in two pieces.
    let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
    let minor = device & 0xFF | (device >> 12) & ~0xFF
    func digits(_ number: UInt64) -> String { (number < 16 ? "0" : "") + String(number, radix: 16) }
    let holders = locks.split(separator: "\n").compactMap {
      line -> (process: Int32, place: Substring)? in
      let fields = line.split(separator: " ")
      guard fields.count >= 6, fields[1] == "FLOCK", fields[5].hasSuffix(":\(inode)"),
        let process = Int32(fields[4]), process > 0
      else { return nil }
      return (process, fields[5])
    }
    let exact = holders.first { $0.place == "\(digits(major)):\(digits(minor)):\(inode)" }
    return exact?.process ?? (holders.count == 1 ? holders[0].process : nil)
  }

  /// A command line, from arguments that end in noughts: the program's name without its folder, and at most 120 characters.
  static func command(_ arguments: String) -> String? {
    var words = arguments.split(separator: "\0").map { word in
      // A line of a message stays a line.
      String(word.map { $0.isNewline ? " " : $0 })
    }
    guard let program = words.first?.split(separator: "/").last else { return nil }
    words[0] = String(program)
    let line = words.joined(separator: " ")
    return line.count > 120 ? line.prefix(120) + "…" : line
  }

  /// The text of a file of `/proc`, which has no size.
  private static func text(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < 1 << 22 {
      let count = read(file, &part, part.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += part[..<count]
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// Whether it runs the program that asks; `nil` where that is not told.
  var isOfThisProgram: Bool? {
    command.map {
      $0.split(separator: " ").first == CommandLine.arguments.first?.split(separator: "/").last
    }
  }

  /// `process 1234, gcgan-train p1.yml -o runs/p1`
  var description: String { "process \(process)" + (command.map { ", \($0)" } ?? "") }
}
