internal import Glibc

/// What one child process may use.
package struct ProcessLimits: Sendable, Hashable {
  /// Bytes of address space.
  package var memory: Int
  /// Seconds of processor time, all threads together.
  package var processorSeconds: Int
  /// Seconds on the clock.
  package var wallSeconds: Double

  /// Limits of a process.
  package init(memory: Int, processorSeconds: Int, wallSeconds: Double) {
    self.memory = memory
    self.processorSeconds = processorSeconds
    self.wallSeconds = wallSeconds
  }

  /// The limits for so many processes side by side: an equal share of the machine's memory, but 2 GiB
  /// at least, ten minutes on the clock and as much processor time as all cores give in them.
  package static func shared(by jobs: Int) -> Self {
    let memory = max(1, sysconf(Int32(_SC_PHYS_PAGES))) * max(1, sysconf(Int32(_SC_PAGESIZE)))
    return Self(
      memory: max(2 << 30, memory / max(1, jobs)), processorSeconds: 600 * coreCount,
      wallSeconds: 600)
  }

  /// Cores that are online.
  package static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Puts the calling process under the limits on memory and processor time, and forbids core dumps.
  ///
  /// The corresponding C function is `setrlimit`.
  /// - Returns: Whether the system took all of them.
  package func applyToThisProcess() -> Bool {
    func limit(_ kind: __rlimit_resource, _ value: Int) -> Bool {
      let resource = __rlimit_resource_t(kind.rawValue)
      var limits = rlimit()
      guard getrlimit(resource, &limits) == 0 else { return false }
      let wanted = min(rlim_t(value), limits.rlim_max)
      limits.rlim_cur = wanted
      // Processor time warns with SIGXCPU; the hard limit, which kills, comes a second later.
      limits.rlim_max = min(limits.rlim_max, kind == RLIMIT_CPU ? wanted + 1 : wanted)
      return setrlimit(resource, &limits) == 0
    }
    let isMemorySet = limit(RLIMIT_AS, memory)
    let isProcessorSet = limit(RLIMIT_CPU, processorSeconds)
    return limit(RLIMIT_CORE, 0) && isMemorySet && isProcessorSet
  }
}
