import ArgumentParser

/// `gcgan-solve`: a deck, or a command on designs.
///
/// The first argument decides before any is parsed, so that solving a deck pays nothing for the commands. A deck that has a command's
/// name is reached by its path, `./gradient.inp`.
@main enum Program {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    if let first = arguments.first, DesignProgram.commandNames.contains(first) {
      DesignProgram.main(Array(arguments))
    } else {
      GcganSolve.main()
    }
  }
}
