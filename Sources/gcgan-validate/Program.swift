import ArgumentParser
import DesignValidation
import Glibc
internal import ProgramSupport

/// `gcgan-validate`: a child that evaluates one part, or what the arguments say.
@main enum Program {
  static func main() {
    guard let child = PartCommand(Array(CommandLine.arguments.dropFirst())) else {
      // Swift repairs what is not UTF-8: files and folders would have other names than asked for.
      for (number, argument) in CommandLine.arguments.enumerated()
      where argument.unicodeScalars.contains("\u{FFFD}") {
        Console.error.write(
          "gcgan-validate: argument \(number) is not UTF-8: rename the file or folder that it names\n"
        )
        exit(ProgramStatus.usage.rawValue)
      }
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
