package import Files
@preconcurrency internal import Glibc

/// The standard output, where programs print their results.
package enum StandardOutput {
  /// Hands over what was printed and says whether all of it arrived.
  ///
  /// `print` says nothing where a disk is full. A reader that went away, as `head` does, is no fault.
  ///
  /// The corresponding C functions are `fflush` and `ferror`.
  package static func finish() throws(FileFault) {
    errno = 0
    let isFlushed = fflush(stdout) == 0
    let code = errno
    guard !isFlushed || ferror(stdout) != 0 else { return }
    if code == EPIPE || isWithoutReader { return }
    throw FileFault(
      path: name, action: "write",
      reason: code == 0 ? "an earlier write failed" : String(cString: strerror(code)))
  }

  /// How error texts name it.
  package static let name = "the standard output"

  /// Makes streams that were closed at the start lead nowhere, so that no file takes their place.
  package static func openClosedStreams() {
    for stream in 0...2 where fcntl(Int32(stream), F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
  }

  /// Whether it is a pipe whose other end is closed.
  private static var isWithoutReader: Bool {
    var state = pollfd(fd: 1, events: 0, revents: 0)
    return poll(&state, 1, 0) > 0 && Int32(state.revents) & POLLERR != 0
  }
}
