import Foundation

/// A folder of its own that goes away with its owner.
package final class TemporaryFolder {
  /// Where it is.
  package let path: String

  /// Makes it.
  package init() {
    var template = Array((NSTemporaryDirectory() + "/gcgan-XXXXXX").utf8CString)
    path = String(cString: mkdtemp(&template))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names of everything inside, hidden files too.
  package var contents: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }
}
