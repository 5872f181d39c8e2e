public import Files

/// A keyword line of a deck and the data lines under it.
package struct DeckCard: Sendable {
  /// `KEY` or `KEY=VALUE` on a keyword line.
  package struct Parameter: Sendable {
    /// Upper case, without blanks.
    package let key: String
    /// Upper case and without blanks; `nil` where there is no equals sign.
    package let value: String?
    /// The value as the deck writes it, without blanks around it.
    package let text: String
  }

  /// Data lines of one file, side by side.
  struct Segment: Sendable {
    let file: DeckFile
    var range: Range<Int>
    let firstLine: Int
  }

  /// The keyword, upper case, without asterisk and blanks: `SOLIDSECTION`.
  package let keyword: String
  /// The keyword as a person reads it: `*SOLID SECTION`.
  package let title: String
  /// Parameters in the order of the line.
  package let parameters: [Parameter]
  /// The keyword line.
  package let location: InputFault.Location
  /// What follows `*HEADING` on its line; empty for other keywords.
  package var heading = ""
  /// The data lines, with comments among them.
  var segments: [Segment] = []

  /// The value of a parameter; `nil` where it is missing or has none.
  package func value(of key: String) -> String? {
    parameters.last { $0.key == key }?.value
  }

  /// Whether a parameter is there, with a value or without.
  package func has(_ key: String) -> Bool { parameters.contains { $0.key == key } }

  /// The data lines that are neither blank nor comments.
  package var lines: DataLines { DataLines(segments) }

  /// The lines as they are, comments left out.
  package var rawLines: [String] {
    segments.flatMap { segment in
      segment.file.bytes[segment.range]
        .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { line in
          String(decoding: line, as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" }
        }
        .filter { !$0.hasPrefix("**") && !$0.isEmpty }
    }
  }
}
