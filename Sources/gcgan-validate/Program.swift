import ArgumentParser
import DesignValidation
import Glibc

/// `gcgan-validate`: a child that evaluates one part, or what the arguments say.
@main enum Program {
  static func main() {
    guard let child = PartCommand(Array(CommandLine.arguments.dropFirst())) else {
      ValidateProgram.main()
      return
    }
    do { try child.run() } catch {
      let text = "\(error)\n"
      _ = text.withCString { write(2, $0, strlen($0)) }
      exit(1)
    }
  }
}
