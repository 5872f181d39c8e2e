import DeckLanguage
import Files
import Meshing

/// A brick of one cell, held on one side, with room for cards of a test.
enum DeckText {
  static let mesh = """
    *NODE, NSET=ALL
    1, 0., 0., 0.
    2, 1., 0., 0.
    3, 1., 1., 0.
    4, 0., 1., 0.
    5, 0., 0., 1.
    6, 1., 0., 1.
    7, 1., 1., 1.
    8, 0., 1., 1.
    *ELEMENT, TYPE=C3D8, ELSET=BODY
    1, 1, 2, 3, 4, 5, 6, 7, 8
    *NSET, NSET=ROOT
    1, 2, 3, 4
    *NSET, NSET=TIP
    5, 6, 7, 8
    *SURFACE, NAME=TOP
    BODY, S2

    """
  static let steel = """
    *MATERIAL, NAME=STEEL
    *ELASTIC
    210000., 0.3

    """
  static let section = "*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL\n"
  static let step = "*STEP\n*STATIC\n*END STEP\n"

  /// A whole deck of a brick.
  ///
  /// - Parameters:
  ///   - material: What replaces the cards of the material.
  ///   - section: What replaces the section.
  ///   - model: Further cards before the step.
  ///   - step: What replaces the steps.
  static func brick(
    material: String = steel, section: String = section, model: String = "", step: String = step
  ) -> String {
    mesh + material + section + model + step
  }

  /// A static step with the given cards; the first is line 24 of ``brick(material:section:model:step:)``.
  static func step(_ cards: String) -> String { "*STEP\n*STATIC\n" + cards + "*END STEP\n" }

  /// The deck a text says.
  static func deck(_ text: String) throws(InputFaults) -> Deck {
    try Deck(bytes: Array(text.utf8), name: "a.inp")
  }

  /// The faults of a text, one line each; empty where it is read.
  static func faults(_ text: String) -> [String] {
    do throws(InputFaults) {
      _ = try deck(text)
      return []
    } catch { return error.faults.map(\.description) }
  }
}
