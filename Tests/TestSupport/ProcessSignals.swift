public import Foundation

extension Process {
  /// Waits until the process catches a signal, ends, or ten seconds have passed.
  public func waitUntilCatching(_ signal: Int32) {
    for _ in 0..<1000 where isRunning && !catches(signal) { usleep(10_000) }
  }

  /// Whether it catches a signal by now.
  ///
  /// Until it has begun its own program it is a copy of this process, whose handlers it shows, and where a signal would be lost.
  private func catches(_ signal: Int32) -> Bool {
    func program(_ process: String) -> String? {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
    }
    guard program("\(processIdentifier)") != program("self") else { return false }
    let status =
      (try? String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") } ?? ""
    let mask = line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
    return mask & (1 << UInt64(signal - 1)) != 0
  }
}
