internal import Glibc

/// Memory that this process can still have.
package enum AvailableMemory {
  /// The least of: addresses left under a limit (`ulimit -v`); memory that the system can give without swapping, and its free
  /// swap space; the limit of the control group. `nil` where nothing is known.
  ///
  /// Neither says that so much will be had: others ask for memory too. More than that is never had.
  package static var bytes: Int? {
    [addresses, system, number(in: "/sys/fs/cgroup/memory.max", after: "")]
      .compactMap { $0 }.min()
  }

  /// Addresses left under the process's limit.
  private static var addresses: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur <= rlim_t(Int.max)
    else { return nil }
    let pages = number(in: "/proc/self/statm", after: "") ?? 0
    return max(0, Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)))
  }

  private static var system: Int? {
    guard let memory = number(in: "/proc/meminfo", after: "MemAvailable:") else { return nil }
    return 1024 * (memory + (number(in: "/proc/meminfo", after: "SwapFree:") ?? 0))
  }

  /// The whole number after a word in a small file of the system; `nil` where there is none.
  private static func number(in path: String, after word: String) -> Int? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let text = String(
      unsafeUninitializedCapacity: 4096,
      initializingUTF8With: { read(file, $0.baseAddress, 4096).clamped })
    let lines = text.split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(word) }) else { return nil }
    return line.dropFirst(word.count).split(separator: " ").first.flatMap { Int($0) }
  }
}

extension Int {
  /// Zero for a failed read.
  fileprivate var clamped: Int { Swift.max(0, self) }
}
