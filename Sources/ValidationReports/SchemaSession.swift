import DesignValidation
import Glibc
package import ProgramSupport

/// One call of `gcgan-validate schema`.
package enum SchemaSession {
  /// Prints the JSON Schema of part files, and says how it went.
  package static func run() -> ProgramStatus {
    signal(SIGPIPE, SIG_IGN)
    let text = TextStream(.output)
    text.write(PartFile.schema)
    guard let fault = text.fault else { return .success }
    Console.error.write("gcgan-validate: \(fault)\n")
    return .internalError
  }
}
