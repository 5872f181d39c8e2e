import Foundation
import TestSupport
import Testing

/// The files and commands of Docs/Tutorial-family.md, from the top to the bottom, with fewer designs.
@Suite("The tutorial on families") struct TutorialTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Docs/Tutorial-family.md")

  /// What the page says, and what is small enough for a test.
  private static let smaller = [
    ("--preview 16", "--preview 2"), ("--random 200", "--random 20"),
    ("--count 1024", "--count 48"), ("designs: 6000", "designs: 64"),
    ("--count 4 --seed 7 --refine 5", "--count 2 --seed 7 --refine 5"),
  ]

  @Test func `every command runs on the files of the page`() throws {
    var text = try String(contentsOf: Self.page, encoding: .utf8)
    for (long, short) in Self.smaller {
      #expect(text.contains(long))
      text = text.replacing(long, with: short)
    }
    let place = try TemporaryPlace()
    for block in text.matches(of: /```yaml\n# (\S+)\n(.*?)```/.dotMatchesNewlines()) {
      try place.write(String(block.output.2), to: String(block.output.1))
    }
    let programs = BuiltProgram("gcgan-solve").file.deletingLastPathComponent().path
    let commands = text.matches(of: /```sh\n(.*?)```/.dotMatchesNewlines())
      .flatMap { $0.output.1.split(separator: "\n").map(String.init) }
    #expect(commands.count == 8)
    for command in commands {
      let run = try BuiltProgram(at: "/bin/sh").run([
        "-c", "cd '\(place.path)' && PATH='\(programs)':$PATH && \(command)",
      ])
      // A network that has seen 64 designs may draw what breaks a limit.
      let mayFail =
        command.hasPrefix("gcgan-generate")
        ? [0, 3] : command.hasPrefix("gcgan-validate") ? [0, 1] : [0]
      #expect(mayFail.contains(Int(run.code)), "\(command)\n\(run)")
      if command.contains("--random") {
        // What the page says of random designs.
        #expect(run.output.hasPrefix("0 of 20 random designs are signed off"), "\(run)")
      }
      if command.contains("--count 48") {
        #expect(
          run.output.contains("sound: 48 of 48; limits of the problem kept: 48 of 48"), "\(run)")
      }
    }
    let names = Set(place.names)
    for name in [
      "shelf.png", "data/manifest.json", "run/model.safetensors", "parts/shelf-0001/part.yml",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }
}
