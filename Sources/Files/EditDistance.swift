/// The number of letters to change, add, drop, or swap with their neighbour to make one word of another.
///
/// - Source: Damerau, *Communications of the ACM* 7 (1964), in the restricted form.
/// - Complexity: The product of the lengths, in time and memory.
package func editDistance<Letter: Equatable>(_ a: [Letter], _ b: [Letter]) -> Int {
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), min(row[j], rows[i][j + 1]) + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        least = min(least, rows[i - 1][j - 1] + 1)
      }
      row.append(least)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
