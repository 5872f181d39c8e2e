import Mustache

/// The templates of the pages, parsed once.
///
/// Texts are escaped by the templates (`{{name}}`); only drawings, addresses and data that are made here stand between three braces.
struct PageTemplates {
  private let library: MustacheLibrary

  /// The templates that ship.
  init() throws {
    var library = MustacheLibrary()
    for (name, bytes) in [
      ("index", PackageResources.index_mustache), ("part", PackageResources.part_mustache),
      ("change", PackageResources.change_mustache), ("turn", PackageResources.turn_mustache),
    ] {
      try library.register(String(decoding: bytes, as: UTF8.self), named: name)
    }
    self.library = library
  }

  /// A template filled.
  func render(_ content: Content, _ name: String) -> String {
    library.render(content, withTemplate: name) ?? ""
  }

  /// The style sheet, and the script.
  static let css = String(decoding: PackageResources.report_css, as: UTF8.self)
  static let js = String(decoding: PackageResources.report_js, as: UTF8.self)
}
