internal import CBuild

/// The versions of gcgan and of what its programs are built with.
package enum Versions {
  /// A name and its version.
  package typealias Entry = (name: String, version: String)

  /// gcgan's own version.
  package static let gcgan = "0.1.0"
  /// The commit this is built from; `unknown` outside a checkout.
  package static let commit = String(cString: gcgan_commit())
  /// swift-argument-parser, which every program reads its arguments by.
  package static let argumentParser: Entry = (
    "argumentParser", String(cString: gcgan_argument_parser_version())
  )
  /// Yams, of the programs that read parts and problems.
  package static let yams: Entry = ("yams", String(cString: gcgan_yams_version()))
  /// swift-mustache, of the program that writes reports.
  package static let mustache: Entry = ("mustache", String(cString: gcgan_mustache_version()))
  /// GRDB, of the program that keeps a history.
  package static let grdb: Entry = ("grdb", String(cString: gcgan_grdb_version()))

  /// gcgan and its commit.
  package static var program: [Entry] { [("gcgan", gcgan), ("commit", commit)] }

  /// What a program answers to `--version`: one line per name.
  ///
  /// - Parameter libraries: The libraries it is made with.
  package static func text(with libraries: [Entry]) -> String {
    (program + libraries).map { "\($0.name) \($0.version)" }.joined(separator: "\n")
  }
}
