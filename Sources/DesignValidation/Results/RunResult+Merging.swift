/// Why results cannot be merged.
package struct MergeFault: Error, CustomStringConvertible, Equatable {
  /// A sentence, and what to do.
  package let description: String
}

extension RunResult {
  /// The result of a whole run from those of its shards, as if one machine had evaluated all parts.
  ///
  /// Parts of a shard that is missing, and those that an interrupted shard did not come to, are not evaluable, and say why. Shards that end at their first
  /// failure give the run that ends at the first of all.
  ///
  /// - Parameter shards: Results and the names of their files, in any order.
  /// - Throws: ``MergeFault`` where a result is of no shard, of another run than the first one, or of a shard that another file has already.
  package init(merging shards: [(file: String, result: RunResult)]) throws(MergeFault) {
    guard let first = shards.first else {
      throw MergeFault(description: "there is nothing to merge")
    }
    guard let shard = first.result.shard, let all = first.result.allParts else {
      throw MergeFault(
        description: "'\(first.file)' is the result of a whole run: only shards are merged")
    }
    var byNumber: [Int: (file: String, result: RunResult)] = [:]
    for (file, result) in shards {
      guard let other = result.shard else {
        throw MergeFault(
          description: "'\(file)' is the result of a whole run: only shards are merged")
      }
      if let difference = first.result.difference(from: result) {
        throw MergeFault(
          description: "'\(file)' is of another run than '\(first.file)': \(difference)")
      }
      if let twin = byNumber[other.number] {
        throw MergeFault(
          description: "shard \(other) is in '\(twin.file)' and in '\(file)': name it once")
      }
      byNumber[other.number] = (file, result)
    }
    var merged: [PartResult] = []
    var results: [Int: [PartLabel: PartResult]] = [:]
    for (number, (file, result)) in byNumber {
      results[number] = try Self.parts(of: result, in: file, among: all)
    }
    for (place, label) in all.enumerated() {
      let number = place % shard.count + 1
      if let part = results[number]?[label] {
        merged.append(part)
        if first.result.failsFast == true, part.verdict.isFailure { break }
        continue
      }
      let folder = PartFolder(name: label.name, path: label.path, kind: .partFile)
      if let (file, result) = byNumber[number] {
        guard result.isInterrupted else {
          throw MergeFault(description: "'\(file)' lacks the part '\(label.name)': it is not whole")
        }
        merged.append(
          PartResult(
            folder,
            failure: .init(.interrupted, "shard \(number)/\(shard.count) was interrupted before it")
          ))
      } else {
        merged.append(
          PartResult(
            folder, failure: .init(.lostShard, "shard \(number)/\(shard.count) is missing")))
      }
    }
    self.init(
      program: first.result.program, directory: first.result.directory, parts: merged,
      notes: first.result.notes ?? [])
    failsFast = first.result.failsFast
    if merged.count < all.count { allParts = all }
  }

  /// The shards that are missing in a merged result, as `2/3`, in order.
  ///
  /// - Parameter shards: What was merged.
  package static func lostShards(of shards: [RunResult]) -> [String] {
    let numbers = Set(shards.compactMap { $0.shard?.number })
    let count = shards.first?.shard?.count ?? 1
    return (1...count).filter { !numbers.contains($0) }.map { "\($0)/\(count)" }
  }

  /// The parts of a shard by their labels, where all are its own.
  private static func parts(of result: RunResult, in file: String, among all: [PartLabel])
    throws(MergeFault) -> [PartLabel: PartResult]
  {
    let mine = Set(
      all.enumerated().filter { result.shard?.takes($0.offset) ?? false }.map(\.element))
    var parts: [PartLabel: PartResult] = [:]
    for part in result.parts {
      let label = PartLabel(name: part.name, path: part.path)
      guard mine.contains(label) else {
        throw MergeFault(
          description: "'\(file)' has the part '\(part.name)', which is not one of its shard")
      }
      guard parts.updateValue(part, forKey: label) == nil else {
        throw MergeFault(description: "'\(file)' has the part '\(part.name)' twice")
      }
    }
    return parts
  }

  /// What tells that two shards are not of one run; `nil` where nothing does.
  private func difference(from other: RunResult) -> String? {
    if shard?.count != other.shard?.count {
      return "it has \(other.shard?.count ?? 0) shards, not \(shard?.count ?? 0)"
    }
    if program.version != other.program.version || program.commit != other.program.commit {
      return "another version of the program made it"
    }
    let libraries = program.libraries
    for (name, version) in other.program.libraries.sorted(by: { $0.key < $1.key })
    where libraries[name] != version {
      return "its \(name) is \(version), not \(libraries[name] ?? "unknown")"
    }
    if program != other.program { return "another version of the program made it" }
    if directory != other.directory {
      return "it is of '\(other.directory)', not of '\(directory)'"
    }
    if allParts != other.allParts { return "its parts are others" }
    if notes != other.notes { return "its notes are others" }
    if failsFast != other.failsFast { return "only one of them ends at the first failure" }
    return nil
  }
}
