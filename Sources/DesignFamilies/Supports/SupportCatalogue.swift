internal import DesignProblem
internal import Manufacturability

/// The named ways in which parts are held: 77 cases in 16 families, each with all its mirrored and turned images.
///
/// Three families are left out of training: what a generator has never seen held like this (L2 of Docs/Design.md §5) is measured on them.
package enum SupportCatalogue {
  /// Families that training never sees.
  package static let unseenFamilies: Set<String> = ["diagonal", "edge-and-corner", "propped"]

  /// All cases, in a fixed order.
  package static let all: [SupportCase] = table.flatMap { family, holds in
    var images: [[SupportCase.Hold]] = []
    for symmetry in Symmetry.ofSquare {
      let image = holds.map { hold in
        SupportCase.Hold(
          place: hold.place.imaged(symmetry),
          axes: hold.axes.map(symmetry.axis).sorted { $0.index < $1.index })
      }
      // An image that holds the same places is the same case.
      if !images.contains(where: { Set($0.map(\.key)) == Set(image.map(\.key)) }) {
        images.append(image)
      }
    }
    return images.enumerated().map {
      SupportCase(family: family, name: "\(family)/\($0.offset + 1)", holds: $0.element)
    }
  }
  /// The cases that training sees.
  package static let seen = all.filter { !unseenFamilies.contains($0.family) }
  /// The others.
  package static let unseen = all.filter { unseenFamilies.contains($0.family) }

  private static let both: [GridAxis] = [.x, .y]

  /// One case of each family; the others are its images.
  private static let table: [(family: String, holds: [SupportCase.Hold])] = [
    ("cantilever", [.init(place: .side(.left, from: 0, to: 1), axes: both)]),
    ("half-edge", [.init(place: .side(.left, from: 0, to: 0.5), axes: both)]),
    ("mid-edge", [.init(place: .side(.left, from: 0.25, to: 0.75), axes: both)]),
    (
      "two-corners",
      [.init(place: .point(x: 0, y: 0), axes: both), .init(place: .point(x: 0, y: 1), axes: both)]
    ),
    (
      "simple-beam",
      [.init(place: .point(x: 0, y: 0), axes: both), .init(place: .point(x: 1, y: 0), axes: [.y])]
    ),
    (
      "fixed-beam",
      [
        .init(place: .side(.left, from: 0, to: 1), axes: both),
        .init(place: .side(.right, from: 0, to: 1), axes: both),
      ]
    ),
    (
      "bridge",
      [
        .init(place: .side(.bottom, from: 0, to: 0.125), axes: both),
        .init(place: .side(.bottom, from: 0.875, to: 1), axes: both),
      ]
    ),
    (
      "half-beam",
      [
        .init(place: .side(.left, from: 0, to: 1), axes: [.x]),
        .init(place: .point(x: 1, y: 0), axes: [.y]),
      ]
    ),
    (
      "three-corners",
      [
        .init(place: .point(x: 0, y: 0), axes: both), .init(place: .point(x: 1, y: 0), axes: both),
        .init(place: .point(x: 0, y: 1), axes: both),
      ]
    ),
    (
      "four-corners",
      [
        .init(place: .point(x: 0, y: 0), axes: both), .init(place: .point(x: 1, y: 0), axes: both),
        .init(place: .point(x: 0, y: 1), axes: both), .init(place: .point(x: 1, y: 1), axes: both),
      ]
    ),
    (
      "corner-bracket",
      [
        .init(place: .side(.left, from: 0, to: 1), axes: both),
        .init(place: .side(.bottom, from: 0, to: 1), axes: both),
      ]
    ),
    (
      "two-bolts",
      [
        .init(place: .bolt(x: 0.125, y: 0.25, radius: 0.0625), axes: both),
        .init(place: .bolt(x: 0.125, y: 0.75, radius: 0.0625), axes: both),
      ]
    ),
    ("pedestal", [.init(place: .side(.bottom, from: 0.375, to: 0.625), axes: both)]),
    (
      "diagonal",
      [.init(place: .point(x: 0, y: 0), axes: both), .init(place: .point(x: 1, y: 1), axes: both)]
    ),
    (
      "edge-and-corner",
      [
        .init(place: .side(.left, from: 0, to: 0.5), axes: both),
        .init(place: .point(x: 1, y: 1), axes: both),
      ]
    ),
    (
      "propped",
      [
        .init(place: .side(.left, from: 0, to: 1), axes: both),
        .init(place: .point(x: 1, y: 0), axes: [.y]),
      ]
    ),
  ]
}

extension SupportCase.Hold {
  /// A text that is the same for the same hold.
  fileprivate var key: String { "\(place) \(axes.map(\.rawValue).joined())" }
}
