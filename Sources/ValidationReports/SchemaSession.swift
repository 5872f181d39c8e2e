import DesignValidation
import Glibc
package import ProgramSupport

/// One call of `gcgan-validate schema`.
package enum SchemaSession {
  /// What a schema is of.
  package enum Kind: String, CaseIterable, Sendable {
    /// A `part.yml`.
    case part
    /// A `run.json`.
    case run
  }

  /// Prints a JSON Schema, and says how it went.
  package static func run(_ kind: Kind = .part) -> ProgramStatus {
    signal(SIGPIPE, SIG_IGN)
    let text = TextStream(.output)
    text.write(kind == .part ? PartFile.schema : RunRecord.schema)
    guard let fault = text.fault else { return .success }
    Console.error.write("gcgan-validate: \(fault)\n")
    return .internalError
  }
}
