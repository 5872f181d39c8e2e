import Foundation
import TestSupport
import Testing

/// `Scripts/install-missing` with stand-ins for the system's commands, so that nothing is installed.
@Suite("Installing what is missing") struct InstallScriptTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Scripts/install-missing").path

  /// Runs the script where `present` are installed and `user` calls; its stand-in for `apt-get` writes to standard error.
  private func install(_ packages: [String], present: [String], user: Int) throws
    -> BuiltProgram.Run
  {
    let place = try TemporaryPlace()
    func command(_ name: String, _ body: String) throws {
      let path = try place.write("#!/bin/sh\n" + body + "\n", to: "bin/" + name)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    // The package asked for is the last argument.
    try command(
      "dpkg-query",
      """
      for last; do :; done
      case " \(present.joined(separator: " ")) " in *" $last "*) echo 'install ok installed';; *) exit 1;; esac
      """)
    try command("id", "echo \(user)")
    try command("apt-get", "echo \"apt-get $*\" >&2")
    // Nothing else of the system is to be found, sudo least of all.
    for tool in ["bash", "grep", "env"] {
      try FileManager.default.createSymbolicLink(
        atPath: place.path + "/bin/" + tool, withDestinationPath: "/usr/bin/" + tool)
    }
    return try BuiltProgram(at: "/usr/bin/env").run(
      ["-i", "PATH=\(place.path)/bin", "/bin/bash", Self.script] + packages)
  }

  @Test func `does nothing where all is there`() throws {
    let run = try install(["alpha", "beta"], present: ["beta", "alpha"], user: 1000)
    #expect(run.code == 0)
    #expect(run.output.isEmpty)
    #expect(run.errors.isEmpty)
  }

  @Test func `names what is missing before it installs just that`() throws {
    let run = try install(["alpha", "beta", "gamma"], present: ["beta"], user: 0)
    #expect(run.code == 0, "\(run)")
    let lines = run.errors.split(separator: "\n")
    #expect(lines.first == "installing Debian packages: alpha gamma")
    #expect(lines.contains { $0.hasPrefix("apt-get install") && $0.hasSuffix(" alpha gamma") })
  }

  @Test func `says what to do where it may not install`() throws {
    let run = try install(["alpha"], present: [], user: 1000)
    #expect(run.code == 1)
    #expect(run.errors.contains("installing Debian packages: alpha"))
    #expect(run.errors.contains("not root and no sudo"))
    #expect(!run.errors.contains("apt-get install"))
  }
}
