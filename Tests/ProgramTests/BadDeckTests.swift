import Foundation
import TestSupport
import Testing

/// `gcgan-solve` on bad decks, from the shell's side: the exit code, the words, and that nothing is written.
@Suite("gcgan-solve on bad decks") struct BadDeckTests {
  /// A deck, how the program has to end, and passages its errors have to hold.
  struct Bad: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let deck: Data
    let code: Int32
    let passages: [String]

    init(_ name: String, _ deck: String, _ code: Int32, _ passages: String...) {
      self.init(name, bytes: Data(deck.utf8), code, passages)
    }

    init(_ name: String, bytes: Data, _ code: Int32, _ passages: [String]) {
      (testDescription, deck, self.code, self.passages) = (name, bytes, code, passages)
    }
  }

  private static let cell = "1, 1, 2, 3, 4, 5, 6, 7, 8\n"
  private static let noise = Data((0..<4096).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 3 ^ $0) })

  static let bad: [Bad] = [
    Bad("an empty file", "", 65, "deck.inp: the file has no keyword; "),
    Bad(
      "cut off in a cell", String(BrickDeck.sound.prefix(165)), 65, "deck.inp:11: cell 1 has ",
      "the file may be cut off here"),
    Bad(
      "cut off in the step", String(BrickDeck.sound.dropLast(20)), 65,
      "the step has no *END STEP; the file ends in the middle of a line and may be cut off"),
    Bad(
      "binary noise", bytes: noise, 65,
      ["deck.inp:1: the file is not text: it has the byte 0x", "; a deck is a text file"]),
    Bad(
      "binary noise after good lines", bytes: Data(BrickDeck.sound.utf8) + noise, 65,
      ["deck.inp:29: the file is not text: it has the byte 0x"]),
    Bad(
      "an unknown keyword", BrickDeck.with("*STATIC\n", "*FREQUENCY\n5\n"), 65,
      "deck.inp:23: the keyword *FREQUENCY is not supported; supported are *AMPLITUDE, *BOUNDARY,",
      "*TRANSFORM"),
    Bad(
      "an undefined set", BrickDeck.with("TIP, 1, 2.5", "TPI, 1, 2.5"), 65,
      "deck.inp:25: the deck has no node set named 'TPI'; it has ", "TIP"),
    Bad(
      "an undefined material", BrickDeck.with("MATERIAL=STEEL", "MATERIAL=STELE"), 65,
      "deck.inp:15: the deck has no material named 'STELE'; it has STEEL"),
    Bad(
      "no section", BrickDeck.with("*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL\n", ""), 65,
      "deck.inp:11: cell 1 has no section; write *SOLID SECTION"),
    Bad(
      "a node that is used but not defined", BrickDeck.with("8, 0., 1., 1.\n", ""), 65,
      "deck.inp:10: cell 1 names node 8, which is not defined; add the node under *NODE"),
    Bad(
      "a node twice", BrickDeck.adding("*NODE\n3, 9., 9., 9.\n"), 65,
      "deck.inp:21: node 3 is defined again at another place; it is at ", "deck.inp:4 first"),
    Bad(
      "a cell twice", BrickDeck.adding("*ELEMENT, TYPE=C3D8, ELSET=BODY\n" + cell), 65,
      "deck.inp:21: cell 1 is defined again; it is at ", "deck.inp:11 first; remove or renumber"),
    Bad(
      "a load on a node without cells",
      BrickDeck.adding("*NODE\n99, 5., 5., 5.\n").replacing("TIP, 1, 2.5", with: "99, 1, 2.5"), 65,
      "deck.inp:27: the load acts on node 99, which belongs to no cell; remove the load"),
    Bad(
      "a free body", BrickDeck.with("*BOUNDARY\nROOT, 1, 3\n", ""), 3,
      "deck.inp: the part (all elements) is free to move: it is not held at all (6 rigid motions); "
        + "hold for example node 1 in direction 1"),
    Bad(
      "a hinge", BrickDeck.with("ROOT, 1, 3\n", "1, 1, 3\n4, 1, 3\n"), 3,
      "deck.inp: the part (all elements) is free to move: rotation about the axis along y through ",
      "; hold for example node "),
    Bad(
      "two bodies that are not joined", BrickDeck.adding(BrickDeck.secondBody), 3,
      "deck.inp: the body with element 2 is free to move: it is not held at all (6 rigid motions); "
        + "hold for example node 11 in direction 1"),
    Bad(
      "NaN for a coordinate", BrickDeck.with("3, 1., 1., 0.", "3, nan, 1., 0."), 65,
      "deck.inp:4: node 3 has a bad coordinate: 'nan' is not a finite number"),
    Bad(
      "1e999 for a load", BrickDeck.with("TIP, 1, 2.5", "TIP, 1, 1e999"), 65,
      "deck.inp:25: '1e999' is too large a number"),
    Bad(
      "1e999 for a modulus", BrickDeck.with("1000., 0.3", "1e999, 0.3"), 65,
      "deck.inp:14: '1e999' is too large a number"),
    Bad(
      "a count of 1e12", BrickDeck.adding("*EQUATION\n1000000000000\n1,1,1.\n"), 65,
      "deck.inp:21: the equation has 1 of 1000000000000 terms; add the missing terms"),
    Bad(
      "a node number of 1e12", BrickDeck.adding("*NODE\n1000000000000, 0., 0., 0.\n"), 65,
      "deck.inp:21: 1000000000000 is too large a number of a node; the largest is "),
    Bad(
      "an include outside the folder", BrickDeck.adding("*INCLUDE, INPUT=../secret\n"), 65,
      "deck.inp:20: the file '../secret' is outside the folder of the deck; copy it beside the deck"
    ),
    Bad(
      "an include of itself", BrickDeck.adding("*INCLUDE, INPUT=deck.inp\n"), 65,
      "deck.inp:20: the file 'deck.inp' includes itself; remove the *INCLUDE"),
    Bad(
      "sets in a circle", BrickDeck.adding("*NSET, NSET=A\nB\n*NSET, NSET=B\nA\n"), 65,
      "deck.inp:21: a set contains itself: A → B → A; "),
    Bad(
      "a negative modulus", BrickDeck.with("1000., 0.3", "-1000., 0.3"), 65,
      "deck.inp:14: Young's modulus -1000.0 is not positive"),
    Bad(
      "a modulus of zero", BrickDeck.with("1000., 0.3", "0., 0.3"), 65,
      "deck.inp:14: Young's modulus 0.0 is not positive"),
    Bad(
      "a Poisson's ratio of 0.5", BrickDeck.with("1000., 0.3", "1000., 0.5"), 65,
      "deck.inp:14: Poisson's ratio 0.5 is not below 0.5"),
    Bad(
      "several faults at once",
      BrickDeck.with("1000., 0.3", "-1000., 0.3").replacing("TIP, 1, 2.5", with: "TPI, 1, 2.5")
        .replacing("8, 0., 1., 1.\n", with: ""),
      65, "deck.inp:10: ", "deck.inp:13: ", "deck.inp:24: "),
  ]

  @Test("end with their code, say where and what to do, and leave nothing", arguments: bad)
  func refuses(_ bad: Bad) throws { try check(bad) }

  static let badCells: [Bad] = [
    Bad(
      "an inverted cell", BrickDeck.with(cell, "1, 5, 6, 7, 8, 1, 2, 3, 4\n"), 65,
      "deck.inp:11: ", "; "),
    Bad(
      "a cell pressed flat",
      BrickDeck.with(
        ", 1.\n6, 1., 0., 1.\n7, 1., 1., 1.\n8, 0., 1., 1.\n",
        ", 0.\n6, 1., 0., 0.\n7, 1., 1., 0.\n8, 0., 1., 0.\n"), 65,
      "deck.inp:11: ", "; "),
    Bad(
      "two inverted cells",
      BrickDeck.with(cell, "1, 5, 6, 7, 8, 1, 2, 3, 4\n2, 6, 7, 8, 5, 2, 3, 4, 1\n"), 65,
      "deck.inp:11: ", "deck.inp:12: "),
  ]

  @Test("with cells inside out or flat are no different", arguments: badCells)
  func refusesCells(_ bad: Bad) throws { try check(bad) }

  private func check(_ bad: Bad) throws {
    let place = try TemporaryPlace()
    try place.write("1, 0., 0., 0.\n", to: "secret")
    let deck = try place.write(bad.deck, to: "decks/deck.inp")
    let run = try BuiltProgram("gcgan-solve").run([deck, "-o", place.path + "/answers/new"])
    #expect(run.code == bad.code, "\(run)")
    for passage in bad.passages { #expect(run.errors.contains(passage), "\(run.errors)") }
    #expect(run.errors.hasPrefix(deck), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(place.names == ["decks", "decks/deck.inp", "secret"])
  }

  @Test func `two gibibytes of blanks are refused before they are read`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write("", to: "blanks.inp")
    #expect(truncate(deck, 1 << 31) == 0)  // a hole takes no room on the disk
    let run = try BuiltProgram("gcgan-solve").run([deck])
    #expect(run.code == 65)
    #expect(run.errors.hasPrefix("\(deck): the file has 2147483648 bytes, and a deck may have "))
    #expect(place.names == ["blanks.inp"])
  }

  @Test func `blanks within the limit of size are refused by their first line`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(Data(repeating: 0x20, count: 1 << 24), to: "blanks.inp")
    let run = try BuiltProgram("gcgan-solve").run([deck])
    #expect(run.code == 65)
    #expect(run.errors.hasPrefix("\(deck):1: the line is longer than "))
  }

  @Test func `what was there before stays as it was`() throws {
    let place = try TemporaryPlace()
    let deck = try place.write(BrickDeck.with("ROOT, 1, 3\n", "1, 1, 3\n"), to: "deck.inp")
    for file in ["deck.dat", "deck.vtu", "deck.json"] { try place.write("old", to: file) }
    #expect(try BuiltProgram("gcgan-solve").run([deck]).code == 3)
    #expect(place.names == ["deck.dat", "deck.inp", "deck.json", "deck.vtu"])
    for file in ["deck.dat", "deck.vtu", "deck.json"] {
      #expect(try String(contentsOf: place.url.appending(path: file), encoding: .utf8) == "old")
    }
  }
}
