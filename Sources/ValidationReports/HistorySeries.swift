import FoundationEssentials
import ProgramSupport

/// How figures went from run to run: what `gcgan-history series` prints, and reports draw.
package struct HistorySeries: Codable, Sendable, Equatable {
  /// A run of the history.
  package struct Run: Codable, Sendable, Equatable {
    /// Its number.
    package var number: Int
    /// When it came, as `2026-11-27 23:20:00` of universal time.
    package var added: String
    /// The SHA-256 of its record.
    package var checksum: String

    /// A run.
    package init(number: Int, added: String, checksum: String) {
      (self.number, self.added, self.checksum) = (number, added, checksum)
    }
  }

  /// A figure of a part over the runs.
  package struct Figure: Codable, Sendable, Equatable {
    /// The part, and the quantity, limit or figure of a deck.
    package var part, quantity: String
    /// The model; `nil` for a bare deck.
    package var model: String?
    /// The unit of the values.
    package var unit: String
    /// A value for each run; `nil` where a run has none.
    package var values: [Double?]

    /// A figure.
    package init(
      part: String, quantity: String, model: String?, unit: String, values: [Double?]
    ) {
      (self.part, self.quantity, self.model) = (part, quantity, model)
      (self.unit, self.values) = (unit, values)
    }
  }

  /// From the oldest to the newest.
  package var runs: [Run]
  /// The figures of all parts.
  package var figures: [Figure]

  /// A history.
  package init(runs: [Run], figures: [Figure]) { (self.runs, self.figures) = (runs, figures) }

  /// The newest runs of a history, which the program `gcgan-history` reads.
  ///
  /// - Parameter file: The history.
  /// - Throws: ``ReportFault`` with what that program says.
  package init(ofHistory file: String) throws(ReportFault) {
    let child = SiblingProgram("gcgan-history").run(["series", "--file", file])
    switch child.ending {
    case .exited(0): break
    case .exited:
      let text = String(decoding: child.errorTail, as: UTF8.self)
      let name = "gcgan-validate: "
      let line = text.split(separator: "\n").first ?? "the history cannot be read"
      throw ReportFault(String(line.hasPrefix(name) ? line.dropFirst(name.count) : line))
    case .notStarted(let reason):
      throw ReportFault(
        "cannot run gcgan-history: \(reason); 'make build' makes it, and it has to lie beside gcgan-validate"
      )
    default: throw ReportFault("gcgan-history did not answer: \(child.ending)")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(child.output))
    } catch {
      throw ReportFault("gcgan-history answered something else: \(error)")
    }
  }
}
