import Foundation
import TestSupport
import Testing

/// What is left of a run that is killed.
@Suite("Runs that are killed", .serialized) struct KilledRunTests {
  /// The processes whose parent has a number, by the system's table.
  private func children(of parent: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(Int32.init).filter { process in
      let line = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      // What follows the name in parentheses: the state and the parent.
      let fields = (line.split(separator: ")").last ?? "").split(separator: " ")
      return fields.count > 1 && fields[1] == "\(parent)"
    }
  }

  /// Whether a process still has a program, or is a zombie that nobody waits for.
  private func isAlive(_ process: Int32) -> Bool {
    let line = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    let fields = (line.split(separator: ")").last ?? "").split(separator: " ")
    return !(fields.isEmpty || fields[0] == "Z" || fields[0] == "X")
  }

  @Test func `its worker ends with it`() throws {
    let place = try TemporaryPlace()
    // Minutes of work on any machine.
    let deck = try place.write(BrickDeck.cube(edge: 48), to: "large.inp")
    let process = try BuiltProgram("gcgan-validate").start(
      [deck], output: place.url.appending(path: "out"), errors: place.url.appending(path: "err"))
    var workers: [Int32] = []
    for _ in 0..<1000 where workers.isEmpty {
      usleep(10_000)
      workers = children(of: process.processIdentifier)
    }
    let worker = try #require(workers.first)
    // It has begun to read the deck, well before it is done.
    usleep(300_000)
    #expect(isAlive(worker))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    for _ in 0..<500 where isAlive(worker) { usleep(10_000) }
    let survives = isAlive(worker)
    if survives { kill(worker, SIGKILL) }
    #expect(!survives)
  }
}
