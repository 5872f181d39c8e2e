internal import Glibc

/// What a program says where a limit on its address space (`ulimit -v`) leaves it without memory.
///
/// Swift ends a program that gets no memory with `abort`. A handler of that signal tells it from other ends: under a limit, where as much
/// again as half of it cannot be had, memory was what was missing.
package enum MemoryLimit {
  /// Says what was missing, and ends with ``ProgramStatus/notEvaluated``, instead of a stack trace. Without a limit nothing changes.
  package static func watch() {
    guard bytes != nil else { return }
    signal(SIGABRT) { _ in MemoryLimit.end() }
  }

  /// The limit in bytes; `nil` where there is none.
  package static var bytes: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur <= rlim_t(Int.max)
    else { return nil }
    return Int(limit.rlim_cur)
  }

  /// The handler: system calls alone, no memory of the heap.
  private static func end() {
    guard let bytes, !canHave(bytes / 2) else {
      signal(SIGABRT, SIG_DFL)
      return
    }
    let text: StaticString =
      "not enough memory under the limit on the address space (ulimit -v); raise it, or solve a smaller model\n"
    _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
    _exit(ProgramStatus.notEvaluated.rawValue)
  }

  private static func canHave(_ count: Int) -> Bool {
    let place = mmap(nil, count, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard place != MAP_FAILED else { return false }
    munmap(place, count)
    return true
  }
}
