internal import Glibc

/// One finished run of a program, as the operating system accounts for it.
struct ChildRun {
  var seconds: Double
  var peakMemoryMiB: Double
  var status: Int32

  /// Runs a program to its end in a folder, its output thrown away.
  static func of(_ program: String, _ arguments: [String], in folder: String) throws -> ChildRun {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // A benchmark runs one child at a time: its folder can be ours.
    guard chdir(folder) == 0 else {
      throw BenchError.cannotRun(folder, String(cString: strerror(errno)))
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let start = now()
    let error = posix_spawnp(&child, program, &actions, nil, &words, environ)
    guard error == 0 else { throw BenchError.cannotRun(program, String(cString: strerror(error))) }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
    let seconds = now() - start
    return ChildRun(
      seconds: seconds, peakMemoryMiB: Double(usage.ru_maxrss) / 1024, status: status)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}

/// Why a benchmark has no figure.
enum BenchError: Error, CustomStringConvertible {
  case cannotRun(String, String)
  case failed(String, Int32)
  case wrongAnswer(String)
  case unknown(String, [String])

  var description: String {
    switch self {
    case .cannotRun(let program, let reason): "cannot run \(program): \(reason)"
    case .failed(let program, let status): "\(program) ended with status \(status)"
    case .wrongAnswer(let what): "the two programs disagree: \(what)"
    case .unknown(let name, let names):
      "no workload is named '\(name)'; there are \(names.joined(separator: ", "))"
    }
  }
}
