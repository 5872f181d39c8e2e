import Files
import Foundation
import Testing

@testable import DesignValidation

@Suite("Baselines") struct BaselineTests {
  private let place: PartsFolder

  init() throws { place = try PartsFolder() }

  /// Evaluates the parts of the sample and holds them to their baselines.
  private func hold(
    _ mode: BaselineMode?, _ sample: RegressionSample = RegressionSample()
  ) throws -> (parts: [String: PartResult], keeper: BaselineKeeper) {
    try sample.write(to: place, as: "parts")
    let keeper = BaselineKeeper(mode)
    var results: [String: PartResult] = [:]
    for part in try PartSearch(in: [place.path + "/parts"]).parts {
      var result = PartEvaluator(solver: DeckModelSolver()).evaluate(part)
      keeper.hold(&result, part)
      results[part.name] = result
    }
    return (results, keeper)
  }

  private var barPath: String { place.path + "/parts/bar.baseline.yml" }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `without a word about baselines a part is as it was, and nothing is written`() throws {
    let (parts, keeper) = try hold(nil)
    #expect(parts["bar"]?.verdict == .undecided && parts["cantilever"]?.verdict == .pass)
    #expect(parts.values.allSatisfy { $0.baseline == nil })
    #expect(keeper.writtenPaths.isEmpty && !FilePlace.exists(barPath))
  }

  @Test func `never fails a part without a baseline, and says what to do`() throws {
    let (parts, keeper) = try hold(.never)
    for part in parts.values {
      #expect(part.verdict == .fail)
      #expect(part.baseline?.problems?.first?.contains("--record missing") == true)
    }
    #expect(keeper.writtenPaths.isEmpty)
  }

  @Test func `missing writes a file for each part, and a bare deck then passes`() throws {
    let (parts, keeper) = try hold(.missing)
    #expect(keeper.writtenPaths.count == 3)
    #expect(parts.values.allSatisfy { $0.verdict == .pass && $0.baseline?.problems == nil })
    let names = parts["bar"]?.baseline?.figures.map(\.quantity) ?? []
    for name in [
      "largest displacement", "largest von Mises stress", "largest reaction", "strain energy",
      "reaction x, sum",
    ] { #expect(names.contains(name)) }
    // Only the models that decide the verdict are in it.
    #expect(
      parts["cantilever"]?.baseline?.figures.map(\.model)
        == Array(repeating: "fine", count: 3))
    let first = try text(barPath)
    #expect(try hold(.missing).keeper.writtenPaths.isEmpty)
    #expect(try hold(.never).parts.values.allSatisfy { $0.verdict == .pass })
    #expect(try text(barPath) == first)
  }

  @Test
  func
    `a figure that left its tolerance fails, and failed takes its new value and keeps the reason`()
    throws
  {
    _ = try hold(.missing)
    let edited = try text(barPath).replacingOccurrences(
      of: "\"\(BaselineKeeper.unseenReason)\"", with: "measured scatter")
    try place.write(edited, to: "parts/bar.baseline.yml")
    var sample = RegressionSample()
    sample.bar.force *= 1.001
    for mode in [nil, BaselineMode.never, .missing] {
      let (parts, _) = try hold(mode, sample)
      #expect(parts["bar"]?.verdict == .fail && parts["wall"]?.verdict == .pass)
      let off = parts["bar"]?.baseline?.figures.filter { $0.verdict == .fail } ?? []
      #expect(off.map(\.quantity).contains("largest displacement"))
      #expect(!off.map(\.quantity).contains("volume"))
      #expect(off.allSatisfy { $0.reason == "measured scatter" })
      #expect(try text(barPath) == edited)
    }
    let (parts, keeper) = try hold(.failed, sample)
    #expect(parts["bar"]?.verdict == .pass && keeper.writtenPaths == [barPath])
    let recorded = try text(barPath)
    #expect(recorded != edited && recorded.contains("measured scatter"))
    #expect(!recorded.contains("--record"))
    #expect(try hold(.never, sample).parts["bar"]?.verdict == .pass)
  }

  @Test func `entries that no figure uses are named, and all removes them`() throws {
    _ = try hold(.missing)
    let extra =
      try text(barPath)
      + "  - quantity: largest surprise\n    value: 1\n    unit: deck units\n    tolerance: 1\n    reason: none\n"
    try place.write(extra, to: "parts/bar.baseline.yml")
    let (parts, _) = try hold(.never)
    #expect(parts["bar"]?.verdict == .pass)
    #expect(
      parts["bar"]?.baseline?.problems?.first?.contains("'largest surprise' is not used") == true)
    _ = try hold(.all)
    #expect(!(try text(barPath)).contains("surprise"))
  }

  @Test func `a figure that the baseline lacks fails where nothing is to be recorded`() throws {
    var sample = RegressionSample()
    sample.hasEnergy = false
    _ = try hold(.missing, sample)
    let (parts, _) = try hold(.never)
    #expect(parts["cantilever"]?.verdict == .fail)
    #expect(
      parts["cantilever"]?.baseline?.problems?.first?.contains("'energy' of 'fine' has no entry")
        == true)
    #expect(try hold(nil).parts["cantilever"]?.verdict == .pass)
    #expect(try hold(.missing).parts["cantilever"]?.verdict == .pass)
  }

  @Test func `baselines without a part are named in the notes of the search`() throws {
    try RegressionSample().write(to: place, as: "parts")
    for name in ["gone.baseline.yml", "sub/baseline.yml", "wall/baseline.yml", "bar.baseline.yml"] {
      try place.write("gcgan: baseline/1\n", to: "parts/" + name)
    }
    let search = try PartSearch(in: [place.path + "/parts"])
    #expect(search.parts.map(\.name) == ["bar", "cantilever", "wall"])
    #expect(search.notes.count == 2)
    #expect(
      search.notes.contains {
        $0.contains("'gone.baseline.yml' is not used: there is no 'gone.inp'")
      })
    #expect(search.notes.contains { $0.contains("'sub/baseline.yml' is not used") })
  }

  /// A byte order mark at the start of a text is not among them: the YAML reader drops it, in part files too.
  @Test func `any name survives being written and read`() throws {
    let names = [
      "a", "a: b", "- a", "#", "a # b", "'", "\"", "\\", "\n", "a\nb", "\u{202E}abc", "\t", " a ",
      "true",
      "null", "1.5", "<b>&amp;</b>", "ÄÖ → ∞", "\u{85}", "\u{2028}", "{a}", "[a]", "&a", "*a", "!a",
      "%", "@",
      "`", "|", ">", "?", ":", String(repeating: "x", count: 10_000), "e\u{301}", "x\u{FEFF}x", "🔧",
    ]
    for name in names {
      let baseline = Baseline([
        .init(
          quantity: name, model: name, value: -1.5e-9, unit: name, tolerance: 0, reason: name)
      ])
      #expect(
        try Baseline(parsing: Array(baseline.text.utf8), file: "b") == baseline, "\(baseline.text)")
    }
  }

  @Test(
    "a baseline edited into nonsense is refused with its line, and never written over",
    arguments: [
      ("value: .*", "value: nan", "is a number, found 'nan'"),
      ("value: .*", "value: inf", "is a number"),
      ("value: .*", "value: 0x10", "is a number"),
      ("value: .*", "value: 5 mm", "is a number, found '5 mm'"),
      ("value: .*", "value: [1]", "is a text, found a list"),
      ("value: .*", "vlaue: 1", "did you mean 'value'?"),
      ("tolerance: .*", "tolerance: -1", "is below 0"),
      ("tolerance: .*", "", "has no 'tolerance'"),
      ("reason: .*", "", "has no 'reason'"),
      ("baseline/1", "baseline/2", "the format 'baseline/2' is not known"),
      ("gcgan: .*", "", "has no 'gcgan'"),
      ("figures:", "figures: &a", "bar.baseline.yml"),
      ("(?s).*", "", "bar.baseline.yml"),
      ("(?s).*", "\u{0}", "bar.baseline.yml"),
      ("largest reaction", "largest displacement", "two figures 'largest displacement'"),
    ])
  func refuses(_ pattern: String, _ replacement: String, _ words: String) throws {
    _ = try hold(.missing)
    let whole = try text(barPath)
    let range = try #require(whole.range(of: pattern, options: .regularExpression))
    let edited = whole.replacingCharacters(in: range, with: replacement)
    try place.write(edited, to: "parts/bar.baseline.yml")
    for mode in [nil, BaselineMode.never, .all] {
      let bar = try #require(try hold(mode).parts["bar"])
      #expect(bar.verdict == .fail)
      #expect(
        bar.baseline?.problems?.contains { $0.contains(words) } == true,
        "\(bar.baseline?.problems ?? [])")
      #expect(bar.baseline?.problems?.first?.contains("bar.baseline.yml") == true)
      #expect(try text(barPath) == edited)
    }
  }

  @Test func `a baseline that cannot be written is a fault, and the others are written`() throws {
    try RegressionSample().write(to: place, as: "parts")
    // A folder has the name: whoever runs the tests may write anywhere.
    try place.write("x", to: "parts/wall/baseline.yml/in the way")
    let (parts, keeper) = try hold(.missing)
    #expect(keeper.writtenPaths.count == 2)
    #expect(parts["wall"]?.verdict == .fail)
    #expect(parts["wall"]?.baseline?.problems?.first?.contains("not an ordinary file") == true)
  }

  @Test func `a run is compared with baselines, too`() throws {
    _ = try hold(.missing)
    let run = try RegressionSample.run(partsIn: place.path + "/parts", to: place.path + "/run")
    let same = try RunComparison(fromBaselinesIn: [place.path + "/parts"], to: run)
    #expect(same.parts.isEmpty && same.comparedCount == 3)
    let loose = try text(barPath).replacingOccurrences(
      of: "tolerance: .*", with: "tolerance: 1e9", options: .regularExpression)
    try place.write(loose, to: "parts/bar.baseline.yml")
    var sample = RegressionSample()
    sample.bar.force *= 1.001
    sample.wall.flow *= 1.001
    try sample.write(to: place, as: "parts")
    let later = try RegressionSample.run(partsIn: place.path + "/parts", to: place.path + "/run")
    let comparison = try RunComparison(fromBaselinesIn: [place.path + "/parts"], to: later)
    #expect(comparison.parts.map(\.name) == ["wall", "bar"])
    #expect(comparison.parts.map(\.level) == [.matters, .moved])
    #expect(comparison.parts.first?.figures.first?.quantity == "temperature of the right side")
  }
}
