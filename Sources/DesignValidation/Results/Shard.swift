/// One of several equal shares of a run, so that several machines take a run together.
///
/// Shares are dealt like cards: of three the second has the parts 2, 5, 8, … in the order of their names.
package struct Shard: Codable, Sendable, Equatable, CustomStringConvertible {
  private enum CodingKeys: CodingKey { case number, count }

  /// Which share, from 1.
  package let number: Int
  /// How many shares there are.
  package let count: Int

  /// The share that `2/3` names; `nil` where the text names none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Self.whole(parts[0]), let count = Self.whole(parts[1]),
      (1...100_000).contains(count), (1...count).contains(number)
    else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads a share; one that cannot be is no data.
  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    let number = try keys.decode(Int.self, forKey: .number)
    let count = try keys.decode(Int.self, forKey: .count)
    guard let shard = Self("\(number)/\(count)") else {
      throw DecodingError.dataCorruptedError(
        forKey: .number, in: keys, debugDescription: "there is no shard \(number)/\(count)")
    }
    self = shard
  }

  private static func whole(_ text: Substring) -> Int? {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? Int(text) : nil
  }

  /// Whether the part at a place, from 0, belongs to the share.
  package func takes(_ place: Int) -> Bool { place % count == number - 1 }

  /// `2/3`
  package var description: String { "\(number)/\(count)" }
}

/// What a part is called and where it is: enough to miss it by.
package struct PartLabel: Codable, Sendable, Hashable {
  /// The name in reports.
  package var name: String
  /// Where it is, as the user would write it.
  package var path: String

  /// A label.
  package init(name: String, path: String) { (self.name, self.path) = (name, path) }

  /// The label of a part.
  package init(_ part: PartFolder) { (name, path) = (part.name, part.path) }
}
