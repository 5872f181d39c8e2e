internal import ArrayFiles
internal import DesignValidation
internal import Parallelism
internal import Synchronization

/// The pictures of a part as files.
struct PartImages: Sendable {
  /// A picture, and the same of the run that this one is compared with, as PNG.
  struct Image: Sendable {
    var png: [UInt8]
    var before: [UInt8]?
  }
  /// The pictures.
  var pictures = PartPictures()
  /// Of each figure; `nil` where a picture cannot be written.
  var images: [Image?] = []

  /// No pictures.
  init() {}

  /// Draws and compresses the pictures of the part at a place.
  init(of place: Int, from source: ReportSource) {
    pictures = PartPictures(of: source.result.parts[place], from: source)
    images = pictures.figures.map { figure in
      guard let png = try? figure.picture.png() else { return nil }
      return Image(png: png, before: figure.before.flatMap { try? $0.png() })
    }
  }
}

/// Draws the pictures of parts in the order in which they are asked for, a few parts ahead, on all processors.
struct PicturesAhead {
  private let source: ReportSource
  private let order: [Int]
  /// Parts that were drawn and not asked for yet, by their places.
  private var ready: [Int: PartImages] = [:]
  private var next = 0

  /// Draws nothing yet.
  init(of order: [Int], from source: ReportSource) { (self.order, self.source) = (order, source) }

  /// The pictures of the part that is next in the order, or behind it.
  mutating func images(of place: Int) -> PartImages {
    while ready[place] == nil, next < order.count {
      let places = Array(order[next..<min(next + 4 * WorkerPool.threadCount, order.count)])
      next += places.count
      let drawn = Mutex<[Int: PartImages]>([:])
      WorkerPool.forEach(places.count) { [source] number in
        let images = PartImages(of: places[number], from: source)
        drawn.withLock { $0[places[number]] = images }
      }
      ready = drawn.withLock { $0 }
    }
    return ready.removeValue(forKey: place) ?? PartImages()
  }
}
