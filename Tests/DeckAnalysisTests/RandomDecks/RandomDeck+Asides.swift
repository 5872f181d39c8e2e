extension RandomDeck {
  /// Now and then a card or parameter that CalculiX passes over with a warning.
  ///
  /// Drawn apart from all else, so that the rest of the deck is the same with it and without.
  mutating func writeAside() {
    var random = DeckRandomness(seed: seed ^ 0x6173_6964_65)
    guard random.chance(0.06) else { return }
    let steps = lines.indices.filter { lines[$0].hasPrefix("*STEP") }
    let ends = lines.indices.filter { lines[$0] == "*END STEP" }
    switch random.count(0...5) {
    case 0: lines.insert("*PREPRINT, ECHO=NO, MODEL=NO", at: 1)
    case 1: lines.insert("*MONITOR, NODE=1, DOF=1", at: random.one(of: ends))
    case 2: lines.insert(contentsOf: ["*NODE OUTPUT", "U"], at: random.one(of: ends))
    case 3:
      let cards = ["*NODE PRINT", "*EL PRINT", "*CLOAD", "*DLOAD", "*DFLUX", "*TEMPERATURE"]
      let lines = self.lines.indices.filter { line in
        cards.contains { self.lines[line].hasPrefix($0) }
      }
      self.lines[random.one(of: lines)] += ", UNHEARDOF=1"
    case 4:
      // No keyword of CalculiX: it warns and goes on, its data lines too.
      lines.insert(contentsOf: ["*COHESIVE SECTION, ELSET=EALL", "1., 2."], at: steps[0])
    default: lines.insert("*INERTIA RELIEF", at: random.one(of: ends))
    }
  }
}
