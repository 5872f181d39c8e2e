extension [InputFault] {
  /// One line per kind of fault: those that differ in their numbers alone are one line, with their count and the first few
  /// places.
  ///
  /// Up to three of a kind stay lines of their own.
  package var lines: [String] {
    var members: [String: [InputFault]] = [:]
    for fault in self { members[fault.kind, default: []].append(fault) }
    var isSaid: Set<String> = []
    return compactMap { fault in
      let kind = fault.kind
      guard let all = members[kind], all.count > Self.longestList else { return fault.description }
      guard isSaid.insert(kind).inserted else { return nil }
      return fault.description + " (and \(all.count - 1) more of this kind\(Self.places(of: all)))"
    }
  }

  /// So many faults of a kind are listed one by one.
  private static var longestList: Int { 3 }

  /// Where the second and the next ones are.
  private static func places(of faults: [InputFault]) -> String {
    var places: [String] = []
    for fault in faults.dropFirst() {
      guard let line = fault.location.line else { continue }
      let place =
        fault.location.file == faults[0].location.file
        ? "\(line)" : "\(fault.location.file):\(line)"
      if !places.contains(place), fault.location != faults[0].location { places.append(place) }
      if places.count > longestList { break }
    }
    guard !places.isEmpty else { return "" }
    let isMore = places.count > longestList
    return (places.count == 1 ? ", in line " : ", in lines ")
      + places.prefix(longestList).joined(separator: ", ") + (isMore ? ", …" : "")
  }
}

extension InputFault {
  /// The fault's words, its numbers left out.
  fileprivate var kind: String {
    var kind = ""
    var isInNumber = false
    for letter in (problem + "\n" + remedy).unicodeScalars {
      switch letter {
      case "0"..."9":
        if !isInNumber { kind.unicodeScalars.append("#") }
        isInNumber = true
      case "." where isInNumber, "-" where isInNumber, "+" where isInNumber: break
      case "-": isInNumber = false
      default:
        kind.unicodeScalars.append(letter)
        isInNumber = false
      }
    }
    return kind
  }
}
