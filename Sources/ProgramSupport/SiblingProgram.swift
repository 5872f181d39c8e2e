internal import Glibc

/// A program that lies beside this one.
package struct SiblingProgram {
  /// Its file.
  package let path: String

  /// The program of a name in the folder of this one; the corresponding C function is `readlink`.
  package init(_ name: String) {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let this = String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = (this.lastIndex(of: "/").map { String(this[...$0]) } ?? "") + name
  }

  /// Goes on as that program; the corresponding C function is `execv`.
  ///
  /// - Returns: Why it could not, in words; it does not return otherwise.
  package func replaceThisProcess(_ arguments: [String]) -> String {
    var list = ([path] + arguments).map { strdup($0) }
    list.append(nil)
    execv(path, list)
    return "cannot run '\(path)': \(String(cString: strerror(errno)))"
  }

  /// Runs it to its end, beside this one.
  package func run(_ arguments: [String]) -> ChildReport {
    do {
      let lifeline = try Lifeline()
      var child = try ChildProcess([path] + arguments, lifeline: lifeline)
      while !child.hasEnded {
        child.drain()
        usleep(1000)
      }
      return child.reap(nil)
    } catch {
      return ChildReport(ending: .notStarted(error.reason))
    }
  }
}
