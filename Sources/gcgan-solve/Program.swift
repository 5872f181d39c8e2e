import ArgumentParser
import Glibc

/// `gcgan-solve`: a deck, a mesh, or a command on designs.
///
/// The first argument decides before any is parsed. Commands on designs are a program of their own, `gcgan-solve-designs`, that this one
/// becomes: what they need (YAML, and with it Foundation; libpng) would cost every solve of a deck several milliseconds at its start. A deck that
/// has a command's name is reached by its path, `./gradient.inp`.
@main enum Program {
  /// The first arguments that are no deck.
  private static let designCommands = ["gradient", "check-gradient", "optimise", "schema"]

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    if let first = arguments.first, designCommands.contains(first) {
      becomeDesignProgram(Array(arguments))
    }
    if arguments.first == "mesh" { return GcganMesh.main(Array(arguments.dropFirst())) }
    if let command = PlainArguments.command(Array(arguments)) { GcganSolve.run(command) }
    GcganSolve.main()
  }

  /// Runs the program beside this one in this process, with the same streams, signals and number.
  private static func becomeDesignProgram(_ arguments: [String]) -> Never {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let executable =
      count > 0
      ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    let folder = executable.lastIndex(of: "/").map { String(executable[...$0]) } ?? ""
    let path = folder + "gcgan-solve-designs"
    var words: [UnsafeMutablePointer<CChar>?] = (["gcgan-solve"] + arguments).map { strdup($0) }
    words.append(nil)
    execv(path, words)
    let text = "cannot run \(path): \(String(cString: strerror(errno)))\n"
    _ = text.withCString { write(2, $0, strlen($0)) }
    exit(70)
  }
}
