import ArgumentParser
internal import Glibc
internal import ProgramSupport

/// Hands over to `gcgan-history`, which lies beside this program.
///
/// A program of its own, since the database and what it needs are minutes of building and would be loaded by each child of a run.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Say how the figures of a part went from run to run; import and export runs.")

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("What gcgan-history takes.", valueName: "ARGUMENTS"))
  var arguments: [String] = []

  /// The corresponding C function is `execv`.
  func run() throws {
    let name = "gcgan-history"
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let program = (own.lastIndex(of: "/").map { String(own[...$0]) } ?? "") + name
    var list = ([name] + arguments).map { strdup($0) }
    list.append(nil)
    execv(program, list)
    Console.error.write(
      "gcgan-validate: cannot run '\(program)': \(String(cString: strerror(errno))); "
        + "'make build' makes it, and it has to lie beside gcgan-validate\n")
    throw ExitCode(ProgramStatus.internalError.rawValue)
  }
}
