internal import CKernels
internal import LinearAlgebra

/// Rows dealt to threads, whose columns reach no further than the next chunk: products with a symmetric matrix of which the lower triangle is
/// stored write what belongs to the next chunk aside.
///
/// The chunks depend on the pattern alone, never on the threads, and sums are taken in their order.
struct RowChunks: Sendable {
  private(set) var chunks: [gck_rows] = []
  /// Where each chunk's part of what is written aside starts, in rows; one more than the chunks.
  private(set) var beyond: [Int] = [0]
  var count: Int { chunks.count }
  /// All rows as one.
  let whole: gck_rows

  init(_ pattern: SparsityPattern) {
    let size = Int32(pattern.size)
    whole = gck_rows(from: 0, to: size, last: size)
    var count = pattern.size >= 1024 ? 8 : 1
    while count > 1 && !deal(pattern, to: count) { count /= 2 }
    if count == 1 { chunks = [whole] }
    for chunk in chunks { beyond.append(beyond[beyond.count - 1] + Int(chunk.last - chunk.to)) }
  }

  /// Deals the rows to chunks of as many entries; false where one reaches beyond the next.
  private mutating func deal(_ pattern: SparsityPattern, to count: Int) -> Bool {
    chunks = []
    var from = 0
    for chunk in 1...count {
      let end = pattern.entryCount / count * chunk
      var to = from
      while to < pattern.size && (chunk == count || pattern.columnStarts[to] < end) { to += 1 }
      var last = to
      for entry in pattern.columnStarts[from]..<pattern.columnStarts[to] {
        last = max(last, Int(pattern.rows[entry]) + 1)
      }
      chunks.append(gck_rows(from: Int32(from), to: Int32(to), last: Int32(last)))
      from = to
    }
    return (1..<count).allSatisfy { chunks[$0 - 1].last <= chunks[$0].to }
  }
}
