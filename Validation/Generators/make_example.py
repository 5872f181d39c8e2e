"""Writes the decks of Examples/bracket: an angle bracket bolted to a wall, in metres.

    python3 Validation/Generators/make_example.py

The flange (x from -6 to 0 mm) lies on the wall and has two bolt holes; the arm goes 60 mm out along x. Width along y, up is z.
"""

import math
import pathlib

from decks import Deck, number
from meshes import Mesh, even

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Examples" / "bracket"

WIDTH = 0.040                     # of flange and arm, along y
THICKNESS = 0.006                 # of both
LENGTH = 0.060                    # of the arm, from the flange's face
HOLES = (0.021, 0.051)            # heights of the bolts' axes
RADIUS = 0.0045                   # of the holes
SHELF = 0.010                     # length of the loaded strip at the arm's end
PRESSURE = 1e6                    # on the strip: 400 N in all


def hole_patch(height, turn):
    """A quarter of the square around a hole: the side that looks along `turn`, from the hole outwards."""
    half = WIDTH / 2
    up = (HOLES[1] - HOLES[0]) / 2

    def mapping(through, out, along):
        angle = math.radians(turn - 45 + 90 * along)
        inner = (RADIUS * math.cos(angle), RADIUS * math.sin(angle))
        side = 2 * along - 1
        outer = {0: (half, up * side), 90: (-half * side, up),
                 180: (-half, -up * side), 270: (half * side, -up)}[turn]
        y, z = ((1 - out) * a + out * b for a, b in zip(inner, outer))
        return (-THICKNESS * (1 - through), y, height + z)
    return mapping


def box(low, high):
    return lambda *p: tuple(a + (b - a) * t for a, b, t in zip(low, high, p))


def bracket(across, outwards, through, along):
    """The mesh: cells across the width, from hole to edge, through the thickness and along the arm."""
    mesh = Mesh(tolerance=1e-8)
    for height in HOLES:
        for turn in (0, 90, 180, 270):
            mesh.add_block(hole_patch(height, turn), even(through), even(outwards), even(across),
                           "C3D20R")
    half = WIDTH / 2
    mesh.add_block(box((-THICKNESS, -half, 0), (0, half, THICKNESS)), even(through), even(across),
                   even(through), "C3D20R")
    mesh.add_block(box((0, -half, 0), (LENGTH, half, THICKNESS)), even(along), even(across),
                   even(through), "C3D20R")
    return mesh


def deck(title, **counts):
    mesh = bracket(**counts)
    deck = Deck(mesh, title, "make_example.py")
    on_hole = lambda y, z: any(abs(math.hypot(y, z - h) - RADIUS) < 1e-7 for h in HOLES)
    deck.nset("HOLES", mesh.nodes_where(lambda x, y, z: on_hole(y, z)))
    deck.nset("CORNER", mesh.nodes_where(
        lambda x, y, z: abs(x) < 1e-9 and abs(z - THICKNESS) < 1e-9))
    deck.nset("SECTION", mesh.nodes_where(
        lambda x, y, z: abs(x - LENGTH / 2) < 1e-9 and abs(z - THICKNESS) < 1e-9))
    deck.nset("TIP", mesh.nodes_where(lambda x, y, z: abs(x - LENGTH) < 1e-9 and z < 1e-9))
    deck.surface("SHELF", mesh.facets_where(
        lambda x, y, z: abs(z - THICKNESS) < 1e-9 and x > LENGTH - SHELF - 1e-9))
    deck.material("STEEL", elastic=(2.1e11, 0.3))
    deck.section("STEEL")
    deck.fix("HOLES", 1, 3)
    deck.step("*STATIC", "*DSLOAD", f"SHELF, P, {number(PRESSURE)}")
    deck.history.insert(-1, "*NODE PRINT, NSET=HOLES, TOTALS=ONLY\nRF")
    deck.history.insert(-1, "*NODE PRINT, NSET=TIP\nU")
    return deck


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, title, counts in (
        ("coarse", "Angle bracket, coarse",
         dict(across=2, outwards=2, through=1, along=6)),
        ("bracket", "Angle bracket",
         dict(across=4, outwards=3, through=2, along=12)),
    ):
        model = deck(title, **counts)
        (FOLDER / f"{name}.inp").write_text(model.text())
        print(f"{name}.inp: {len(model.mesh.elements)} elements, {len(model.mesh.points)} nodes")


if __name__ == "__main__":
    main()
