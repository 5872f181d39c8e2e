import DesignValidation

/// The shape of a verdict: no two verdicts share one, so that colour is never needed to tell them apart.
enum VerdictMark {
  /// The shapes, once for a page.
  static let definitions: String =
    "<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>"
    + Verdict.allCases.map { verdict in
      "<symbol id=\"mark-\(verdict.rawValue)\" viewBox=\"0 0 20 20\">\(shape(of: verdict))</symbol>"
    }.joined() + "</defs></svg>"

  /// The shape, as words beside it say what it means.
  static func mark(_ verdict: Verdict) -> String {
    "<svg class=\"mark \(verdict.rawValue)\" aria-hidden=\"true\"><use href=\"#mark-\(verdict.rawValue)\"/></svg>"
  }

  private static func shape(of verdict: Verdict) -> String {
    func stroke(_ path: String) -> String {
      "<path d=\"\(path)\" fill=\"none\" stroke=\"var(--mark)\" stroke-width=\"2.4\" stroke-linecap=\"round\"/>"
    }
    func solid(_ path: String) -> String { "<path d=\"\(path)\" fill=\"currentColor\"/>" }
    return switch verdict {
    case .pass:
      "<circle cx=\"10\" cy=\"10\" r=\"9.5\" fill=\"currentColor\"/>"
        + stroke("M5.5 10.5L8.7 13.7L14.5 7")
    case .fail:
      solid("M6.2 .8H13.8L19.2 6.2V13.8L13.8 19.2H6.2L.8 13.8V6.2Z")
        + stroke("M6.5 6.5L13.5 13.5M13.5 6.5L6.5 13.5")
    case .undecided:
      solid("M10 .3L19.7 10L10 19.7L.3 10Z")
        + stroke("M7.6 7.8C7.6 4.6 12.6 4.8 12.4 7.9C12.3 9.8 10 9.7 10 11.6M10 14.6V14.7")
    case .notCapable: solid("M10 1L19.6 18.6H.4Z") + stroke("M10 7.5V12.6M10 15.6V15.7")
    case .notEvaluable:
      "<rect x=\"1.5\" y=\"1.5\" width=\"17\" height=\"17\" rx=\"2\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.6\"/>"
        + "<path d=\"M5 15L15 5\" stroke=\"currentColor\" stroke-width=\"2.6\"/>"
    }
  }
}
