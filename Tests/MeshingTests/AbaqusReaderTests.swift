import Foundation
import Glibc
import TestSupport
import Testing

@testable import Files
@testable import Meshing

@Suite("The mesh of an Abaqus deck") struct AbaqusReaderTests {
  func mesh(_ text: String, includes: [String: String] = [:]) throws -> Mesh {
    try AbaqusReader.mesh(
      bytes: Array(text.utf8), name: "a.inp", includes: includes.mapValues { Array($0.utf8) })
  }

  /// The faults of a deck, one line each; empty where it is read.
  func faults(_ text: String, includes: [String: String] = [:]) -> [String] {
    do throws(InputFaults) {
      _ = try AbaqusReader.mesh(
        bytes: Array(text.utf8), name: "a.inp", includes: includes.mapValues { Array($0.utf8) })
      return []
    } catch { return error.faults.map(\.description) }
  }

  let square = """
    *NODE, NSET=ALL
    1, 0., 0.
    2, 1., 0.
    3, 1., 1.
    4, 0., 1.
    *ELEMENT, TYPE=CPS4, ELSET=PLATE
    10, 1, 2, 3, 4

    """

  @Test("nodes and cells keep their numbers and places")
  func plate() throws {
    let mesh = try mesh(square)
    #expect(mesh.nodes == [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]])
    #expect(mesh.nodeLabels == [1, 2, 3, 4])
    #expect(mesh.blocks.count == 1)
    #expect(mesh.blocks[0].elementType == .cps4)
    #expect(mesh.blocks[0].labels == [10])
    #expect(mesh.blocks[0].connectivity == [0, 1, 2, 3])
    #expect(mesh.nodeSets["ALL"] == [0, 1, 2, 3])
    #expect(mesh.cellSets["PLATE"] == [0])
  }

  @Test("case, blanks, tabs, comments, blank lines, CRLF and a byte order mark do not matter")
  func layout() throws {
    let odd =
      "\u{FEFF}** comment\r\n*node , nset = All\r\n\r\n1,0.,0.\r\n** 9,9,9\r\n\t2 , 1. ,\t0.\r\n"
      + "3,1,1\r\n4,0.,1.\r\n * Element, type=cps4,\r\nelset=Plate\r\n10,1,2,3,4,\r\n"
    #expect(try mesh(odd) == mesh(square))
  }

  @Test("a deck may end without a line feed, after data and after a keyword")
  func ending() throws {
    #expect(try mesh(square + "*NSET, NSET=A\n1").nodeSets["A"] == [0])
    #expect(try mesh(square + "*END STEP").nodes.count == 4)
  }

  @Test("cells of many nodes go on in the next line, and what is beyond the last node is ignored")
  func continuation() throws {
    let points = (1...20).map { "\($0), \(Double($0)), 0., 0.\n" }.joined()
    let text =
      "*NODE\n" + points + """
        *ELEMENT, TYPE=C3D20R
        7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
        ** a comment amid a cell
        11, 12, 13, 14, 15, 16, 17,
        18, 19, 20, 99, 98
        8, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6
        5, 4, 3, 2, 1
        """
    let block = try mesh(text).blocks[0]
    #expect(block.labels == [7, 8])
    #expect(block.nodes(of: 0).map { Int($0) } == Array(0..<20))
    #expect(block.nodes(of: 1).map { Int($0) } == Array((0..<20).reversed()))
  }

  @Test(
    "cells of one type form one block, in the order of the deck, and heat elements are the same")
  func blocks() throws {
    let text =
      square + """
        *ELEMENT, TYPE=CPS3, ELSET=T
        3, 1, 2, 3
        *ELEMENT, TYPE=CPS4, ELSET=PLATE
        11, 2, 3, 4, 1
        *ELEMENT, TYPE=DCPS3
        1, 1, 3, 4
        """
    let mesh = try mesh(text)
    #expect(mesh.blocks.map(\.labels) == [[10, 11], [3, 1]])
    #expect(mesh.cellSets["PLATE"] == [0, 1])
    #expect(mesh.cellSets["T"] == [2])
  }

  @Test("sets: numbers, ranges, sets of sets, growing by a second card, without repetition")
  func sets() throws {
    let text =
      square + """
        *NSET, NSET=ODD, GENERATE
        1, 3, 2
        *NSET, NSET=PAIR, UNSORTED
        4, 2
        *NSET, NSET=NESTED
        ODD, PAIR, 1
        *NSET, NSET=DEEP
        NESTED
        *NSET, NSET=ODD
        4
        *NSET, NSET=ONE, GENERATE
        2
        *ELSET, ELSET=E, GENERATE
        1, 1000000000
        *ELSET, ELSET=F
        PLATE, 10
        """
    let mesh = try mesh(text)
    #expect(mesh.nodeSets["ODD"] == [0, 2, 3])
    #expect(mesh.nodeSets["PAIR"] == [3, 1])
    #expect(mesh.nodeSets["NESTED"] == [0, 2, 3, 1])
    #expect(mesh.nodeSets["DEEP"] == [0, 2, 3, 1])
    #expect(mesh.nodeSets["ONE"] == [1])
    #expect(mesh.cellSets["E"] == [0])
    #expect(mesh.cellSets["F"] == [0])
  }

  @Test("surfaces of sides and of nodes")
  func surfaces() throws {
    let text =
      square + """
        *SURFACE, NAME=EDGE
        PLATE, S2
        10, S3
        *SURFACE, NAME=POINTS, TYPE=NODE
        ALL
        """
    let mesh = try mesh(text)
    #expect(mesh.surfaces["EDGE"] == [Facet(cell: 0, side: 1), Facet(cell: 0, side: 2)])
    #expect(mesh.nodeSets["POINTS"] == [0, 1, 2, 3])
  }

  @Test("nodes far apart in number are found like others")
  func sparseNumbers() throws {
    let text = """
      *NODE
      2000000000, 0, 0
      7, 1, 0
      1000000, 0, 1
      *ELEMENT, TYPE=CPE3
      1999999999, 2000000000, 7, 1000000
      *NSET, NSET=R, GENERATE
      1, 2000000000, 1
      """
    let mesh = try mesh(text)
    #expect(mesh.blocks[0].connectivity == [0, 1, 2])
    #expect(mesh.nodeSets["R"] == [1, 2, 0])
  }

  @Test("a node written twice at one place is one node")
  func repeatedNode() throws {
    let text = square + "*NODE, NSET=MORE\n3, 1., 1.\n5, 2., 0.\n"
    let mesh = try mesh(text)
    #expect(mesh.nodeLabels == [1, 2, 3, 4, 5])
    #expect(mesh.nodeSets["ALL"]?.count == 4)
    #expect(mesh.nodeSets["MORE"] == [4])
  }

  @Test(
    "faults name file, line, problem and remedy",
    arguments: [
      (
        "*NODE\n1,0,0\n1,0,5\n",
        "a.inp:3: node 1 is defined again at another place; it is at a.inp:2 first; remove or renumber one of them"
      ),
      ("*NODE\n1,nan,0\n", "a.inp:2: node 1 has a bad coordinate: 'nan' is not a finite number"),
      ("*NODE\n1,0,1e999\n", "a.inp:2: node 1 has a bad coordinate: '1e999' is too large a number"),
      (
        "*NODE\n1000000000000,0,0\n",
        "a.inp:2: 1000000000000 is too large a number of a node; the largest is 2147483647"
      ),
      ("*NODE\n0,1,1\n", "a.inp:2: 0 is not the number of a node: they start at 1"),
      ("*NODE\n1.5,1,1\n", "a.inp:2: '1.5' is not the number of a node"),
      (
        "nonsense\n*NODE\n1,0,0\n",
        "a.inp:1: there is text before the first keyword; a deck starts with a keyword line such as *HEADING or *NODE"
      ),
      (
        "just text\n",
        "a.inp:1: there is text before the first keyword; a deck starts with a keyword line such as *HEADING or *NODE"
      ),
      (
        "",
        "a.inp: the file has no keyword; a deck is made of keyword lines such as *NODE, and data under them"
      ),
      (
        "*NODE\n*ELEMENT\n1,2\n",
        "a.inp:2: *ELEMENT has no TYPE; write *ELEMENT, TYPE=C3D8 or the like"
      ),
      (
        "*NODE\n1,0,0\n*NSET, NSET=A\nB\n*NSET, NSET=B\nA\n",
        "a.inp:4: a set contains itself: A → B → A; a set may hold only sets that do not hold it"
      ),
      (
        "*NODE\n1,0,0\n*NSET, NSET=A\nA\n",
        "a.inp:4: a set contains itself: A → A; a set may hold only sets that do not hold it"
      ),
      (
        "*NODE\n1,0,0\n*NSET, NSET=A\nB\n*NSET, NSET=B\n1\n",
        "a.inp:4: node set B is used before it is defined at a.inp:5; move its definition up"
      ),
      (
        "*NODE, NSET=TIP\n1,0,0\n*NSET, NSET=A\nTPI\n",
        "a.inp:4: the deck has no node set named 'TPI'; it has TIP"
      ),
      (
        "*NODE\n1,0,0\n*NSET, NSET=A, GENERATE\n5, 1\n",
        "a.inp:4: the first number, 5, is after the last, 1"
      ),
      (
        "*NODE\n1,0,0\n*NSET, NSET=A, GENERATE\n1, 5, 0\n",
        "a.inp:4: the increment 0 is not positive; write 1 or more"
      ),
      ("*NODE\n1,0,0\n*NSET\n1\n", "a.inp:3: *NSET has no name; write *NSET, NSET=name"),
      ("*NODE\n1,0,0\n*5\n", "a.inp:3: '*5' is not a keyword; comments start with two asterisks"),
      ("*HEADING\nno mesh\n", "a.inp: the deck has no nodes"),
    ])
  func messages(text: String, fault: String) { #expect(faults(text) == [fault]) }

  @Test(
    "faults in cells name the cell",
    arguments: [
      (
        "*ELEMENT, TYPE=CPS3\n10, 1, 2, 3\n",
        "a.inp:9: cell 10 is defined again; it is at a.inp:7 first; remove or renumber one of them"
      ),
      (
        "*ELEMENT, TYPE=CPS3\n2, 1, 2, 9\n",
        "a.inp:9: cell 2 names node 9, which is not defined; add the node under *NODE or correct the number"
      ),
      (
        "*ELEMENT, TYPE=CPS3\n2, 1, 2,\n",
        "a.inp:9: cell 2 has 2 nodes where a CPS3 has 3; complete the line; the file may be cut off here"
      ),
      (
        "*ELEMENT, TYPE=CPS3\n2, 1, 2, x\n",
        "a.inp:9: cell 2 has a bad node: 'x' is not the number of a node"
      ),
      (
        "*SURFACE, NAME=S\nPLATE, S5\n",
        "a.inp:9: cell 10, a CPS4, has no side S5; its sides are S1 to S4"
      ),
      (
        "*SURFACE, NAME=S\nPLATE, T1\n",
        "a.inp:9: 'T1' is not a side of a cell; write the cell or element set, a comma, and S1 to S6"
      ),
      (
        "*SURFACE, NAME=S\nPLTE, S1\n",
        "a.inp:9: the deck has no element set named 'PLTE'; it has PLATE"
      ),
      (
        "*SURFACE, NAME=S, TYPE=CUT\n",
        "a.inp:8: *SURFACE, TYPE=CUT is not supported; supported are ELEMENT and NODE"
      ),
    ])
  func cellMessages(text: String, fault: String) { #expect(faults(square + text) == [fault]) }

  @Test("an element type that is not supported is named with those that are")
  func elementType() {
    let found = faults(square + "*ELEMENT, TYPE=S4R\n1,1,2,3,4\n*ELSET, ELSET=A\n1\n")
    #expect(found.count == 1)
    #expect(
      found[0].hasPrefix("a.inp:8: the element type S4R is not supported; supported are CPS3,"))
  }

  @Test("all faults of a deck are listed at once, in the order of their lines")
  func allAtOnce() {
    let found = faults(
      "*NODE\n1,x,0\n2,0,0\n*ELEMENT,TYPE=CPS3\n1,1,2,3\n*NSET,NSET=A\nQ\n*NODE\n3,nan\n")
    #expect(found.map { $0.prefix(8) } == ["a.inp:2:", "a.inp:7:", "a.inp:9:"])
  }

  @Test("a thousand faults are a hundred lines and a count")
  func manyFaults() {
    let found = faults("*NODE\n" + (1...1000).map { "\($0),x\n" }.joined())
    #expect((100...101).contains(found.count))
  }

  @Test("includes are read in place, within data too, and faults name their file")
  func includes() throws {
    let text = "*NODE\n*INCLUDE, INPUT=Nodes.txt\n3, 1., 1.\n*INCLUDE, INPUT=\"rest.inp\"\n"
    let files = ["Nodes.txt": "1,0.,0.\n2,1.,0.\n", "rest.inp": "*ELEMENT,TYPE=CPS3\n1,1,2,3\n"]
    let mesh = try mesh(text, includes: files)
    #expect(mesh.nodeLabels == [1, 2, 3])
    #expect(mesh.blocks[0].labels == [1])
    #expect(
      faults("*NODE\n*INCLUDE, INPUT=n\n", includes: ["n": "1,0\n2,z\n"])
        == ["n:2: node 2 has a bad coordinate: 'z' is not a number"])
  }

  @Test("an include of itself, in a circle, or of nothing is refused")
  func badIncludes() {
    #expect(
      faults("*INCLUDE, INPUT=a.inp\n", includes: ["a.inp": "*INCLUDE, INPUT=a.inp\n"])
        == ["a.inp:1: the file 'a.inp' includes itself; remove the *INCLUDE"])
    #expect(
      faults(
        "*INCLUDE, INPUT=b\n", includes: ["b": "*INCLUDE,INPUT=c\n", "c": "\n*INCLUDE,INPUT=b\n"])
        == ["c:2: the files include one another: b → c → b; remove the *INCLUDE"])
    #expect(faults("*INCLUDE, INPUT=q\n") == ["a.inp:1: there is no file 'q' to include"])
    #expect(
      faults("*INCLUDE\n") == ["a.inp:1: *INCLUDE names no file; write *INCLUDE, INPUT=name"])
    let chain = Dictionary(
      uniqueKeysWithValues: (0..<20).map { ("f\($0)", "*INCLUDE, INPUT=f\($0 + 1)\n") })
    #expect(
      faults("*INCLUDE, INPUT=f0\n", includes: chain)
        == ["f8:1: includes nest deeper than 9 levels; include the files from the deck itself"])
  }

  @Test("binary noise is named as such")
  func binary() {
    var bytes = Array("*NODE\n1,0,0\n2,".utf8)
    bytes += [0x00, 0xFF, 0x13]
    do throws(InputFaults) {
      _ = try AbaqusReader.mesh(bytes: bytes, name: "noise.inp")
      Issue.record("noise was read")
    } catch {
      #expect(
        error.description
          == "noise.inp:3: the file is not text: it has the byte 0x00; "
          + "a deck is a text file; save it as ASCII or UTF-8")
    }
  }

  @Test("letters beyond ASCII are welcome in comments, headings and names")
  func umlauts() throws {
    let text = "*HEADING\nTräger\n** Schöne Grüße\n" + square + "*NSET, NSET=Füße\n1\n"
    #expect(try mesh(text).nodeSets["FüßE"] == [0])
  }

  // MARK: Files

  /// A new folder, removed afterwards.
  func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/gcgan-abaqus-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
  }

  func fault(of path: String) -> String {
    do throws(InputFaults) {
      _ = try AbaqusReader.mesh(contentsOf: path)
      return ""
    } catch { return error.description }
  }

  @Test("includes stay in the folder of the deck, whatever dots and links say")
  func includesStayInside() throws {
    try withFolder { folder in
      mkdir(folder + "/deck", 0o700)
      mkdir(folder + "/deck/sub", 0o700)
      try write("9,9.,9.\n", to: folder + "/secret")
      try write("1,0.,0.\n", to: folder + "/deck/sub/nodes")
      symlink(folder + "/secret", folder + "/deck/link")
      let deck = folder + "/deck/a.inp"
      for name in ["../secret", folder + "/secret", "link", "sub/../../secret"] {
        try write("*NODE\n*INCLUDE, INPUT=\(name)\n", to: deck)
        #expect(
          fault(of: deck)
            == "\(deck):2: the file '\(name)' is outside the folder of the deck; "
            + "copy it beside the deck; includes may not leave the deck's folder")
      }
      try write("*NODE\n*INCLUDE, INPUT=sub/../sub/nodes\n", to: deck)
      #expect(try AbaqusReader.mesh(contentsOf: deck).nodeLabels == [1])
      try write("*NODE\n*INCLUDE, INPUT=a.inp\n", to: deck)
      #expect(
        fault(of: deck) == "\(deck):2: the file 'a.inp' includes itself; remove the *INCLUDE")
    }
  }

  @Test("two gibibytes of blanks, a folder and a missing file are refused at once")
  func monsters() throws {
    try withFolder { folder in
      let blanks = folder + "/blanks.inp"
      try write("", to: blanks)
      truncate(blanks, 1 << 31)  // a hole: it takes no room, and reads as zeros
      let start = threadTime()
      #expect(
        fault(of: blanks)
          == "\(blanks): the file has 2147483648 bytes, and a deck may have 1073741824; "
          + "split off large tables with *INCLUDE, or check that this is a deck")
      // One line without end, within the limit of size: refused from its first bytes.
      truncate(blanks, 1 << 30)
      #expect(fault(of: blanks).hasPrefix("\(blanks):1: the line is longer than 65536 bytes"))
      // Generous: reading a gibibyte would take longer on any machine that runs this.
      #expect(threadTime() - start < .milliseconds(200))
      #expect(
        fault(of: folder)
          == "\(folder): this is a folder; name a deck, a file whose name ends in .inp")
      #expect(
        fault(of: folder + "/no.inp")
          == "\(folder)/no.inp: the file cannot be opened: No such file or directory")
      #expect(
        fault(of: "/dev/zero")
          == "/dev/zero: this is not a file; name a deck, a file whose name ends in .inp")
    }
  }

  @Test("a line without end amid a deck is refused with its number")
  func longLine() {
    let text = "*NODE\n1,0,0\n" + String(repeating: " ", count: 70_000) + "\n"
    #expect(
      faults(text) == [
        "a.inp:3: the line is longer than 65536 bytes; check that this is a deck: a text file of short lines"
      ])
  }
}
