internal import Glibc

/// A pipe on which nothing is ever said: children hold its reading end, and it ends when this program does, however that comes about.
///
/// A program that is killed with SIGKILL can no longer kill its children; they see the end of the pipe and end themselves.
package struct Lifeline: ~Copyable {
  /// What children get as their standard input.
  package let end: Int32
  /// Held by this program alone.
  private let held: Int32

  /// Opens the pipe; the corresponding C function is `pipe`.
  package init() throws(SpawnFailure) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw SpawnFailure(reason: String(cString: strerror(errno)))
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (end, held) = (ends[0], ends[1])
  }

  deinit {
    close(end)
    close(held)
  }

  /// The child's side: from now on this process and its group are killed once its standard input ends.
  ///
  /// A thread waits for it, with a small stack, and takes no memory of its own.
  package static func follow() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 128 << 10)
    var thread = pthread_t()
    if pthread_create(&thread, &attributes, { _ in Lifeline.waitForEnd() }, nil) == 0 {
      pthread_detach(thread)
    }
    pthread_attr_destroy(&attributes)
  }

  private static func waitForEnd() -> Never {
    var byte: UInt8 = 0
    var count = 0
    repeat { count = read(0, &byte, 1) } while count > 0 || (count < 0 && errno == EINTR)
    kill(0, SIGKILL)
    _exit(1)
  }
}
