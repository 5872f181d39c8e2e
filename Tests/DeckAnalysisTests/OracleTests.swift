import DeckLanguage
import Foundation
import TestSupport
import Testing
import ThermoElasticity

@testable import DeckAnalysis

/// Every deck in `Tests/OracleDecks`, solved by CalculiX and by us, number by number.
@Suite("Agreement with CalculiX 2.20") struct OracleTests {
  /// Seven digits are printed, and the largest number of a block has at least six that are sure: 1e-5 leaves
  /// room for the rounding of both programs and for nothing else.
  static let tolerance = 1e-5
  /// The decks count in newtons and millimetres with moduli of thousands: blocks below this are round-off.
  static let noise = 1e-11

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "OracleDecks")

  static let decks: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".inp") }.sorted()
  }()

  /// Decks whose plane stress is the same in the two-dimensional theory and in CalculiX's sheets: uniform stress,
  /// or no lateral contraction. All other plane-stress decks are solved as CalculiX does.
  static let theoriesAgree: Set<String> = ["plane-stress-nu0.inp", "plane-stress-uniform.inp"]

  @Test func `there are at least forty decks`() { #expect(Self.decks.count >= 40) }

  @Test("prints what CalculiX prints", arguments: decks)
  func agrees(_ name: String) throws {
    let isSheet = name.hasPrefix("plane-stress") && !Self.theoriesAgree.contains(name)
    try compare(name, isSheet ? .calculiX : .twoDimensional)
  }

  private func compare(_ name: String, _ planeStress: PlaneStressTheory) throws {
    let (expectedText, foundText) = (
      try Self.runCalculiX(name), try Self.runOurs(name, planeStress)
    )
    let expected = DatFile(expectedText)
    let comparison = DatComparison(
      expected: expected, found: DatFile(foundText), tolerance: Self.tolerance, noise: Self.noise)
    let report = comparison.differences.prefix(8).map(\.description).joined(separator: "\n")
    #expect(comparison.agrees, "\(name):\n\(report)")
    #expect(!expected.blocks.isEmpty, "\(name): CalculiX printed nothing")
    #expect(
      Self.layout(of: foundText) == Self.layout(of: expectedText),
      "\(name): the lines are laid out differently")
  }

  /// The lines of a `.dat` without what may differ in the last digits: of a row its length and what is written after
  /// the numbers, of other lines all of it.
  private static func layout(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isRow =
        line.contains { $0 != " " } && !line.contains("time")
        && line.contains { $0.isNumber }
      guard isRow else { return String(line) }
      let end = line.lastIndex { $0.isNumber } ?? line.startIndex
      return
        "\(line.utf8.count) \(line.last == " " || line.last?.isLetter == true ? line[end...].dropFirst() : "")"
    }
  }

  @Test(
    "sheets agree with CalculiX where the two-dimensional theory does too", arguments: theoriesAgree
  )
  func sheetsAgree(_ name: String) throws { try compare(name, .calculiX) }

  /// The `.dat` of our own run, made in this process.
  private static func runOurs(_ name: String, _ planeStress: PlaneStressTheory) throws -> String {
    let solved = try SolvedDeck(
      solvingDeckAt: folder.appending(path: name).path, options: .init(planeStress: planeStress))
    return String(decoding: solved.dat, as: UTF8.self)
  }

  /// The `.dat` CalculiX writes, or another of its files, in a folder of its own with the files the deck may include.
  static func runCalculiX(_ name: String, ending: String = ".dat") throws -> String {
    let files = FileManager.default
    let place = files.temporaryDirectory.appending(path: UUID().uuidString)
    try files.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: place) }
    for file in try files.contentsOfDirectory(atPath: folder.path)
    where file == name || file.hasSuffix(".inc") {
      try files.copyItem(at: folder.appending(path: file), to: place.appending(path: file))
    }
    let stem = String(name.dropLast(4))
    let log = place.appending(path: "log")
    _ = files.createFile(atPath: log.path, contents: nil)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ccx", stem]
    process.currentDirectoryURL = place
    process.environment = ProcessInfo.processInfo.environment
      .merging(["OMP_NUM_THREADS": "1"]) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let text = try? String(contentsOf: place.appending(path: stem + ending), encoding: .utf8)
    else {
      let output = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      throw OracleFailure(
        description:
          "ccx ended with \(process.terminationStatus) on \(name): \(output.suffix(2000))")
    }
    return text
  }
}

/// Why the other solver has no result.
struct OracleFailure: Error, CustomStringConvertible {
  let description: String
}
