import Foundation
import TestSupport
import Testing

/// The commands of README as a person types them, from the top to the bottom, on the files of Examples.
@Suite("Commands of README") struct ReadmeCommandTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The lines of README's blocks of shell.
  private func commands() throws -> [String] {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    return text.matches(of: /```sh\n(.*?)```/.dotMatchesNewlines())
      .flatMap { $0.output.1.split(separator: "\n").map(String.init) }
  }

  @Test func `every command runs, on the files that ship`() throws {
    let place = try TemporaryPlace()
    let files = FileManager.default
    try files.copyItem(
      at: Self.root.appending(path: "Examples"), to: place.url.appending(path: "Examples"))
    try files.createSymbolicLink(
      at: place.url.appending(path: "Validation"),
      withDestinationURL: Self.root.appending(path: "Validation"))
    try files.createDirectory(
      at: place.url.appending(path: ".build"), withIntermediateDirectories: true)
    try files.createSymbolicLink(
      at: place.url.appending(path: ".build/release"),
      withDestinationURL: BuiltProgram("gcgan-solve").file.deletingLastPathComponent())
    let makefile = try String(
      contentsOf: Self.root.appending(path: "Makefile"), encoding: .utf8)

    var programs: Set<Substring> = []
    for command in try commands() {
      let words = command.split(separator: " ")
      if words.first == "make" {
        // 'make' builds and installs: that its rule is there has to do.
        #expect(makefile.contains("\n\(words[1]):"), "\(command)")
        continue
      }
      programs.insert(words[0].dropFirst(".build/release/".count))
      let run = try BuiltProgram(at: "/bin/sh").run(["-c", "cd '\(place.path)' && \(command)"])
      // The model of a tiny run may leave a load without material: then its parts are there, and the code is 3.
      let mayFail = command.contains("generate out/run ")
      #expect(run.code == 0 || (mayFail && run.code == 3), "\(command)\n\(run)")
    }
    #expect(
      programs == [
        "gcgan-solve", "gcgan-validate", "gcgan-generate", "gcgan-dataset", "gcgan-train",
      ])
    let names = Set(place.names)
    for name in [
      "bracket.dat", "bracket.vtu", "bracket.json", "designs/problem/part.yml",
      "designs/problem/gradient.npy", "parts/problem/design.png", "data/manifest.json",
      "run/model.safetensors", "first-parts/part-0003/part.yml",
    ] {
      #expect(names.contains("out/\(name)"))
    }
  }

  /// 6 F a / (b t²) by hand: a load twice as high has to be seen by the gate, and the limit on the stress, too.
  @Test func `the gate fails the bracket of Examples under twice its load`() throws {
    let place = try TemporaryPlace()
    try FileManager.default.copyItem(
      at: Self.root.appending(path: "Examples/bracket"), to: place.url.appending(path: "bracket"))
    for name in ["bracket/bracket.inp", "bracket/coarse.inp"] {
      let deck = try String(contentsOf: place.url.appending(path: name), encoding: .utf8)
      #expect(deck.contains("SHELF, P, 1000000"))
      try place.write(deck.replacing("SHELF, P, 1000000", with: "SHELF, P, 2000000"), to: name)
    }
    let run = try BuiltProgram("gcgan-validate").run([place.path])
    #expect(run.code == 1, "\(run)")
    for name in [
      "bending stress in the middle of the arm", "force on the bolts", "von Mises stress",
    ] {
      #expect(run.output.contains("✗ \(name)"), "\(run)")
    }
  }
}
