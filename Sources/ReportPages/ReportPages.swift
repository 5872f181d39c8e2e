import ArrayFiles
import DesignValidation
import Files
import FoundationEssentials

/// The report of a run as pages: one file that needs nothing else, or a folder that build servers show with scripts switched off.
///
/// The same source gives the same bytes. The worst parts come first; what does not fit is left out from the end, and a sentence says what.
package struct ReportPages {
  /// The file that tells a folder of ours from others.
  package static let marker = "gcgan-report.txt"
  /// Bytes of a report at most: larger ones are slow to open, and servers refuse them.
  package static let largestByteCount = 25_000_000
  /// What every page has near its beginning.
  static let generator = "<meta name=\"generator\" content=\"gcgan-validate report\">"

  let source: ReportSource
  private let templates: PageTemplates
  private let slugs: [String]

  /// Bytes of this report at most.
  let byteLimit: Int

  /// Pages of a run.
  package init(_ source: ReportSource) throws {
    try self.init(source, byteLimit: Self.largestByteCount)
  }

  /// Pages of a run, within other limits than ``largestByteCount``.
  init(_ source: ReportSource, byteLimit: Int) throws {
    self.byteLimit = byteLimit
    self.source = source
    templates = try PageTemplates()
    slugs = PartContent.slugs(of: source.result.parts)
  }

  /// A word for a shell: quoted where it has other characters than those of usual paths.
  package static func quoted(_ word: String) -> String { PartContent.quoted(word) }

  /// Whether the report can be written there, asked before the work that it shows.
  ///
  /// - Throws: ``FileFault`` where something else than a report is there.
  package static func check(_ path: String) throws {
    guard !isPage(path) else {
      guard FilePlace.isDirectory(path.folder) else {
        throw FileFault(
          path: path, action: "write", reason: "there is no folder '\(path.folder)'; make it first")
      }
      guard FilePlace.exists(path) else { return }
      let begin = String(decoding: try AtomicFile.read(path).prefix(1000), as: UTF8.self)
      guard begin.isEmpty || begin.contains(generator) else {
        throw FileFault(
          path: path, action: "write",
          reason: "the file is no report of gcgan-validate; choose another name")
      }
      return
    }
    guard let names = FilePlace.names(in: path) else {
      // Folders that are not there are made, in one that is.
      var parent = path.folder
      while !FilePlace.exists(parent), parent != parent.folder { parent = parent.folder }
      guard FilePlace.isDirectory(parent) else {
        throw FileFault(
          path: path, action: "write", reason: "'\(parent)' is no folder; choose another place")
      }
      guard !FilePlace.exists(path) else {
        throw FileFault(
          path: path, action: "write",
          reason: "a file with this name is there; choose a folder, or a name that ends in .html")
      }
      return
    }
    guard names.isEmpty || names.contains(marker) else {
      throw FileFault(
        path: path, action: "write",
        reason: "the folder exists and has no \(marker); choose another folder")
    }
  }

  private static func isPage(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".html") || path.lowercased().hasSuffix(".htm")
  }

  /// Writes the report: a file where the path ends in `.html`, else a folder. Either appears whole or not at all.
  ///
  /// - Throws: ``FileFault`` where something else than a report is there, or nothing can be written.
  package func write(to path: String) throws {
    try Self.check(path)
    guard Self.isPage(path) else {
      try AtomicFolder.write(folder(), to: path, replacing: Self.marker)
      return
    }
    try AtomicFile.write(file(), to: path)
  }

  /// The report as one page.
  package func file() -> [UInt8] {
    let build = build(isFile: true) { _, png in
      "data:image/png;base64," + Data(png).base64EncodedString()
    }
    var content = build.index
    content["css"] = PageTemplates.css
    content["js"] = PageTemplates.js
    content["policy"] =
      "default-src 'none'; img-src data:; style-src '\(Self.hash(PageTemplates.css))'; "
      + "script-src '\(Self.hash(PageTemplates.js))'; base-uri 'none'; form-action 'none'"
    content["parts"] = build.parts.map(\.content)
    return Array(templates.render(content, "index").utf8)
  }

  /// The report as the files of a folder.
  package func folder() -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    let build = build(isFile: false) { name, png in
      files.append((name, png))
      return name
    }
    let policy = "default-src 'none'; img-src 'self'; style-src 'self'"
    files.append(("index.html", Array(templates.render(build.index, "index").utf8)))
    for part in build.parts {
      var content = part.content
      (content["level"], content["sub"]) = ("h1", "h2")
      let name = source.result.parts[part.place].name
      if let data = part.turnData {
        let turn = "turn-" + slugs[part.place] + ".html"
        content["turnLink"] = turn
        content["turnData"] = nil
        let page: Content = [
          "pageTitle": "\(PageText.shortened(name, to: 80)) in space", "marks": "",
          "back": slugs[part.place] + ".html",
          "turn": ["name": PageText.shortened(name), "data": data] as Content,
        ]
        files.append((turn, Array(templates.render(page, "turn").utf8)))
      }
      let page: Content = [
        "pageTitle": PageText.shortened(name, to: 80), "marks": VerdictMark.definitions,
        "part": content, "policy": policy,
      ]
      files.append((slugs[part.place] + ".html", Array(templates.render(page, "turn").utf8)))
    }
    files.append(("report.css", Array(PageTemplates.css.utf8)))
    files.append(("report.js", Array(PageTemplates.js.utf8)))
    files.append((Self.marker, Array("A report of gcgan-validate. Open index.html.\n".utf8)))
    return files
  }

  private struct Build {
    struct Part {
      var place: Int
      var content: Content
      var turnData: String?
    }
    var index: Content
    var parts: [Part]
  }

  /// The contents of all pages, within the bytes of a report.
  ///
  /// - Parameter keep: Takes the name and the bytes of a picture, and gives its address.
  private func build(isFile: Bool, _ keep: (String, [UInt8]) -> String) -> Build {
    let parts = source.result.parts
    let order = IndexContent.order(of: source)
    let templates = self.templates
    let index = IndexContent(source: source)
    let addresses = slugs.map { isFile ? "#" + $0 : $0 + ".html" }
    // The first screen has a row for every part; the sections share what it leaves.
    let first = index.content(
      links: addresses, thumbs: addresses.map { _ in nil }, leftOut: nil)
    var free = byteLimit - byteLimit / 125 - templates.render(first, "index").utf8.count
    free -= PageTemplates.css.utf8.count + PageTemplates.js.utf8.count
    // What does not pass has its section before anything has its pictures.
    var promised = 0
    for place in order where parts[place].verdict != .pass {
      promised += text(of: place).size
    }
    if promised > free * 3 / 4 { promised = free * 3 / 4 }
    var links = [String?](repeating: nil, count: parts.count)
    var thumbs = links
    var built: [Build.Part] = []
    var pictureCount = 0
    var ahead = PicturesAhead(of: order, from: source)
    for place in order {
      var (content, textSize) = text(of: place)
      guard textSize <= free else { break }
      free -= textSize
      if parts[place].verdict != .pass { promised = max(0, promised - textSize) }
      // A page with a few bytes left has no picture that fits, and drawing takes longest.
      let hasRoom = free - promised > 20_000
      let drawn = hasRoom ? ahead.images(of: place) : PartImages()
      let pictures = drawn.pictures
      if !hasRoom { content["pictureNote"] = "Pictures are left out to keep the report small." }
      var figures: [Content] = []
      var dropped = 0
      for (number, figure) in pictures.figures.enumerated() {
        guard
          let image = drawn.images[number],
          let shown = self.figure(
            figure, image, "\(slugs[place])-\(number + 1)", &free, promised, keep)
        else {
          dropped += 1
          continue
        }
        pictureCount += 1
        figures.append(shown)
        if number == min(1, pictures.figures.count - 1), parts[place].verdict != .pass,
          thumbs.count(where: { $0 != nil }) < 20
        {
          thumbs[place] = shown["image"] as? String
          if isFile { free -= thumbs[place]?.utf8.count ?? 0 }
        }
      }
      content["figures"] = figures
      content["hasFigures"] = !figures.isEmpty
      if let note = pictures.note { content["pictureNote"] = note }
      if dropped > 0 {
        content["pictureNote"] =
          "\(PageText.counted(dropped, "picture")) left out to keep the report small."
      }
      var turnData = pictures.turnData
      if let data = turnData, data.utf8.count + 2000 > free - promised || figures.isEmpty {
        turnData = nil
      } else {
        free -= turnData?.utf8.count ?? 0
      }
      if isFile, let turnData { content["turnData"] = turnData }
      links[place] = addresses[place]
      built.append(Build.Part(place: place, content: content, turnData: turnData))
    }
    var leftOut: String?
    if built.count < parts.count {
      let count = parts.count - built.count
      leftOut =
        "The report has at most \((Double(byteLimit) / 1e6).significant(2)) MB. The sections of \(PageText.counted(count, "part")) are left out, the passing ones first: they are listed without a link. \(PageText.counted(pictureCount, "picture")) are shown. To see one, run gcgan-validate on that part alone."
    }
    return Build(
      index: index.content(links: links, thumbs: thumbs, leftOut: leftOut), parts: built)
  }

  /// The section of a part without its pictures, and its bytes.
  private func text(of place: Int) -> (content: Content, size: Int) {
    let part = PartContent(
      part: source.result.parts[place], slug: slugs[place], source: source)
    let content = part.content
    return (content, templates.render(content, "part").utf8.count)
  }

  /// A picture with its address; `nil` where it does not fit any more.
  private func figure(
    _ figure: ReportFigure, _ image: PartImages.Image, _ name: String, _ free: inout Int,
    _ promised: Int, _ keep: (String, [UInt8]) -> String
  ) -> Content? {
    let (png, before) = (image.png, image.before)
    let size = (png.count + (before?.count ?? 0)) * 4 / 3 + figure.legend.utf8.count + 1000
    guard size <= free - promised else { return nil }
    free -= size
    var content: Content = [
      "name": figure.name, "caption": figure.caption, "alt": figure.alt,
      "legend": figure.legend, "image": keep(name + ".png", png),
      "width": figure.picture.width, "height": figure.picture.height, "isPair": before != nil,
    ]
    if let before { content["before"] = keep(name + "-baseline.png", before) }
    return content
  }

  private static func hash(_ text: String) -> String {
    "sha256-" + Data(SHA256Digest.bytes(of: text.utf8)).base64EncodedString()
  }
}
