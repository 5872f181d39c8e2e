import Foundation
import TestSupport
import Testing

@testable import Files
@testable import ProgramSupport

@Suite("A claim of a folder") struct FolderClaimTests {
  @Test func `keeps others out until it ends, and names who has it`() throws {
    let place = try TemporaryPlace()
    let first = try FolderClaim(place.path, for: .dataset)
    let fault = #expect(throws: FolderFault.self) { try FolderClaim(place.path, for: .dataset) }
    let text = fault?.description ?? ""
    #expect(text.hasPrefix("\(place.path): another process is making a data set in it (process "))
    #expect(text.contains("(process \(getpid()), "))
    #expect(text.hasSuffix("; wait for its end, or choose another folder"))
    // No file tells of it.
    #expect(place.names.isEmpty)
    first.end()
    try FolderClaim(place.path, for: .training).end()
  }

  @Test func `of a folder that is not there says so`() {
    #expect {
      try FolderClaim("/nowhere", for: .drawing)
    } throws: {
      "\($0)" == "/nowhere: No such file or directory"
    }
  }

  /// Lines as Linux prints them; `->` is one that waits.
  @Test func `is found among all locks by device and number of the folder`() {
    let locks = """
      1: POSIX  ADVISORY  WRITE 11 fe:00:77 0 EOF
      2: FLOCK  ADVISORY  WRITE 12 08:01:77 0 EOF
      3: FLOCK  ADVISORY  WRITE 13 fe:00:77 0 EOF
      3: -> FLOCK  ADVISORY  WRITE 14 fe:00:77 0 EOF
      4: FLOCK  ADVISORY  WRITE 15 00:2b:78 0 EOF
      5: FLOCK  ADVISORY  WRITE 16 00:2b:177 0 EOF

      """
    // Device fe:00 is 254 · 256.
    #expect(LockHolder.process(in: locks, device: 254 << 8, inode: 77) == 13)
    // A device that no line has: two locks have the number, so none is named; of one number there is one.
    #expect(LockHolder.process(in: locks, device: 5, inode: 77) == nil)
    #expect(LockHolder.process(in: locks, device: 5, inode: 78) == 15)
    #expect(LockHolder.process(in: locks, device: 254 << 8, inode: 7) == nil)
  }

  @Test(arguments: [
    ("/usr/bin/gcgan-train\0p1.yml\0-o\0runs/p1\0", "gcgan-train p1.yml -o runs/p1"),
    ("sh\0-c\0a\nb\0", "sh -c a b"), ("", nil),
    ("x\0" + String(repeating: "y", count: 200), "x " + String(repeating: "y", count: 118) + "…"),
  ])
  func `tells a command line in a line`(arguments: String, text: String?) {
    #expect(LockHolder.command(arguments) == text)
  }
}
