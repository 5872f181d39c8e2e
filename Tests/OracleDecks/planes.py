"""Decks on what CalculiX makes of plane and axisymmetric cells in sections, axes of nodes and body loads, and on loads that
live on between static and heat steps; generate.py imports this.
"""
from generate import (SHAPES, bend, bend2, build, elements_text, list_text, nodes_text, number,
                      shape_2d, temperature_text, warm, write)


def text(s):
    return s.strip("\n").split("\n")


class Bodies:
    """One body per element type, one above the other."""

    def __init__(self, kinds, axisymmetric=False):
        self.kinds, self.meshes, self.first = kinds, [], []
        self.nodes, self.elements = [], []
        node, cell = 1, 1
        for b, kind in enumerate(kinds):
            if kind.startswith("C3D"):
                shape, quadratic = SHAPES[kind]
                counts = (1, 1, 1) if quadratic else (2, 1, 1)
                mesh = build(shape, quadratic, counts, (1.5, 1.0, 0.8), bend, first=node,
                             origin=(0.0, 1.5 * b, 0.0))
            else:
                shape, quadratic = shape_2d(kind)
                counts = (2, 1) if quadratic else (2, 2)
                mesh = build(shape, quadratic, counts, (1.5, 1.0), bend2, first=node,
                             origin=(1.0 if axisymmetric else 0.0, 1.5 * b))
            self.meshes.append(mesh)
            self.first.append(cell)
            self.nodes += nodes_text(mesh)
            self.elements += elements_text(mesh, kind, "E" + kind, cell)
            node += len(mesh.key)
            cell += len(mesh.cells)

    def left(self):
        return [n for m in self.meshes for n in m.where(lambda k: k[0] == 0)]

    def right(self):
        return [n for m in self.meshes for n in m.where(lambda k, m=m: k[0] == max(q[0] for q in m.key))]


MATERIAL = text("""
*MATERIAL, NAME=M
*ELASTIC
2100., 0.3
*EXPANSION
1.2e-5
*CONDUCTIVITY
3.8
""")


def sections(family, kinds, name, section, heated):
    """Forces on sides, then heat through them; only types whose sides CalculiX integrates whole."""
    bodies = Bodies(kinds, family == "axisymmetric")
    out = bodies.nodes + bodies.elements + list_text(
        "*ELSET, ELSET=EALL", ["E" + k for k in kinds]) + MATERIAL
    for kind in kinds:
        out += ["*SOLID SECTION, ELSET=E%s, MATERIAL=M" % kind] + section
    for kind, mesh, first in zip(kinds, bodies.meshes, bodies.first):
        sides = 4 if shape_2d(kind)[0] == "quad" else 3
        for s in range(sides):
            out += ["*SURFACE, NAME=%s_%d" % (kind, s + 1)]
            out += ["%d, S%d" % (first + (c % len(mesh.cells)), s + 1) for c in range(2)]
    out += ["*INITIAL CONDITIONS, TYPE=TEMPERATURE"]
    out += ["%d, 20." % n for m in bodies.meshes for n, _ in m.coordinates()]
    out += list_text("*NSET, NSET=LEFT", bodies.left()) + list_text("*NSET, NSET=RIGHT", bodies.right())
    out += text("""
*BOUNDARY
LEFT, 1, 2
LEFT, 11, 11, 20.
*STEP
*STATIC
*BOUNDARY
RIGHT, 1, 1, 0.01
RIGHT, 2, 2, -0.004
*TEMPERATURE""")
    for mesh in bodies.meshes:
        out += temperature_text(mesh, warm)
    for kind in kinds:
        for s in range(4 if shape_2d(kind)[0] == "quad" else 3):
            out += ["*SECTION PRINT, SURFACE=%s_%d, NAME=P%s%d" % (kind, s + 1, kind, s), "SOF, SOM, SOAREA"]
    out += ["*NODE PRINT, NSET=LEFT", "U, RF", "*END STEP", "*STEP", "*HEAT TRANSFER, STEADY STATE", "1., 1.",
            "*BOUNDARY", "RIGHT, 11, 11, 90.", "*DFLUX"]
    out += ["E%s, BF, 6." % kind for kind in kinds]
    for kind in heated:
        for s in range(4 if shape_2d(kind)[0] == "quad" else 3):
            out += ["*SECTION PRINT, SURFACE=%s_%d, NAME=F%s%d" % (kind, s + 1, kind, s), "FLUX"]
    out += ["*NODE PRINT, NSET=LEFT", "NT", "*END STEP"]
    write(name, ["*SECTION PRINT on sides of %s cells: forces with temperatures, then heat; the types of which" % family,
                 "CalculiX counts all points of a side."], out)


def densities(family, kinds, name, section):
    """Gravity and rotation with a density that depends on temperature."""
    bodies = Bodies(kinds, family == "axisymmetric")
    out = bodies.nodes + bodies.elements + list_text("*ELSET, ELSET=EALL", ["E" + k for k in kinds])
    out += text("""
*MATERIAL, NAME=M
*ELASTIC
2100., 0.3
*DENSITY
1.e-3, 0.
2.e-3, 60.
5.e-3, 140.""")
    for kind in kinds:
        out += ["*SOLID SECTION, ELSET=E%s, MATERIAL=M" % kind] + section
    out += ["*INITIAL CONDITIONS, TYPE=TEMPERATURE"]
    out += ["%d, 20." % n for m in bodies.meshes for n, _ in m.coordinates()]
    out += list_text("*NSET, NSET=LEFT", bodies.left())
    hold = 3 if family == "solid" else 2
    axis = "0., 0., 0., 0., 1., 0." if family == "axisymmetric" else "0.2, -0.3, 0., 0., 0., 1."
    out += ["*BOUNDARY", "LEFT, 1, %d" % hold, "*STEP", "*STATIC", "*TEMPERATURE"]
    for mesh in bodies.meshes:
        out += temperature_text(mesh, lambda p: 40.0 + 30.0 * p[0] * p[0] + 9.0 * p[1] - 6.0 * p[0] * p[1])
    out += ["*DLOAD", "EALL, GRAV, 9.81, %s" % ("0., -1., 0." if family == "axisymmetric" else "0.4, -1., 0.")]
    for kind in kinds:
        out += ["*NODE PRINT, NSET=LEFT, TOTALS=YES", "U, RF"] if kind == kinds[0] else []
    out += ["*EL PRINT, ELSET=EALL, TOTALS=YES", "S, EMAS", "*END STEP", "*STEP", "*STATIC", "*DLOAD, OP=NEW",
            "EALL, CENTRIF, 30., " + axis,
            "*NODE PRINT, NSET=LEFT, TOTALS=YES", "U, RF", "*EL PRINT, ELSET=EALL, TOTALS=YES", "S", "*END STEP"]
    write(name, ["*DENSITY that depends on temperature under gravity and rotation, one body per %s type." % family], out)


def transforms(family, kind, name, section, values=False):
    """Supports along axes that lie in the plane, the local third one among them."""
    axisymmetric = family == "axisymmetric"
    shape, quadratic = shape_2d(kind)
    mesh = build(shape, quadratic, (2, 1) if quadratic else (3, 2), (1.5, 1.0), bend2,
                 origin=(1.0 if axisymmetric else 0.0, 0.0))
    last = max(k[0] for k in mesh.key)
    out = nodes_text(mesh) + elements_text(mesh, kind)
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
    out += list_text("*NSET, NSET=FLOOR", mesh.where(lambda k: k[1] == 0 and k[0] not in (0, last)))
    out += list_text("*NSET, NSET=RIGHT", mesh.where(lambda k: k[0] == last))
    out += ["*TRANSFORM, NSET=FLOOR, TYPE=R", "0.8, 0.6, 0., 0., 0., 1.",
            "*TRANSFORM, NSET=RIGHT, TYPE=C", "-1., -0.5, 0., 3., -2., 0."]
    out += MATERIAL + ["*SOLID SECTION, ELSET=EALL, MATERIAL=M"] + section
    tip = mesh.where(lambda k: k[0] == last)[-1]
    out += ["*BOUNDARY", "LEFT, 1, 2"]
    # Of plane cells CalculiX holds the third direction of such nodes at zero whatever the deck says.
    out += ["FLOOR, 3, 3, 0.002", "RIGHT, 1, 1, -0.003", "%d, 3, 3, 0.004" % tip] if values else ["FLOOR, 3", "RIGHT, 3"]
    out += ["*STEP", "*STATIC", "*CLOAD"]
    load = {"axisymmetric": "40.", "plane strain": "0.5"}.get(family, "1.e-3")
    out += ["%d, 1, %s" % (tip, load), "%d, 3, %s" % (tip, load), "FLOOR, 1, " + load, "FLOOR, 2, " + load]
    prints = ["*NODE PRINT, NSET=NALL, TOTALS=YES", "U, RF", "*NODE PRINT, NSET=RIGHT, GLOBAL=YES", "U, RF",
              "*EL PRINT, ELSET=EALL", "S", "*END STEP"]
    out += prints
    write(name, ["*TRANSFORM whose third direction lies in the plane: supports, forces and prints along it, rectangular and",
                 "cylindrical axes, %s." % kind], out)


def equation_in_plane():
    mesh = build("quad", False, (3, 2), (1.5, 1.0), bend2, origin=(1.0, 0.0))
    last = max(k[0] for k in mesh.key)
    right = mesh.where(lambda k: k[0] == last)
    out = nodes_text(mesh) + elements_text(mesh, "CAX4")
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0)) + list_text("*NSET, NSET=RIGHT", right)
    out += ["*TRANSFORM, NSET=RIGHT, TYPE=R", "0.8, 0.6, 0., 0., 0., 1."]
    out += MATERIAL + ["*SOLID SECTION, ELSET=EALL, MATERIAL=M", "*EQUATION"]
    out += ["2", "%d, 3, 1., %d, 3, -1." % (right[1], right[0]), "3",
            "%d, 3, 1., %d, 3, -0.5, %d, 1, 0.25" % (right[2], right[0], right[1])]
    out += ["*BOUNDARY", "LEFT, 1, 2", "*STEP", "*STATIC", "*CLOAD", "%d, 1, 40." % right[2], "%d, 3, -25." % right[1],
            "*NODE PRINT, NSET=NALL, TOTALS=YES", "U, RF", "*EL PRINT, ELSET=EALL", "S", "*END STEP"]
    write("axisymmetric-equation-transform",
          ["*EQUATION along axes of nodes that lie in the plane, the third one among them."], out)


def square():
    return text("""
*NODE, NSET=NALL
1, 0., 0., 0.
2, 1., 0.1, 0.
3, 1.1, 1., 0.
4, 0., 0.9, 0.
5, 2., 0., 0.
6, 2.2, 1.1, 0.
*ELEMENT, TYPE=CPE4, ELSET=EALL
1, 1, 2, 3, 4
2, 2, 5, 6, 3
*NSET, NSET=LEFT
1, 4
*NSET, NSET=RIGHT
5, 6
*AMPLITUDE, NAME=A
0., 0., 1., 0.5
*AMPLITUDE, NAME=AT, TIME=TOTAL TIME
0., 0., 10., 1.
""") + MATERIAL + text("""
*SOLID SECTION, ELSET=EALL, MATERIAL=M
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 0.
""")


def ramps():
    prints = "*NODE PRINT, NSET=NALL\nNT, U, RF\n*END STEP"
    static, heat = "*STEP\n*STATIC\n0.5, 1.", "*STEP\n*HEAT TRANSFER, STEADY STATE, DIRECT\n0.5, 1."
    def deck(name, purpose, before, steps):
        out = square() + ["*BOUNDARY", "LEFT, 1, 2"] + before
        for kind, cards in steps:
            out += text(kind) + (text(cards) if cards else []) + (["*CFLUX", "2, 11, 1."] if kind == heat else [])
            out += text(prints)
        write(name, [purpose], out)
    deck("ramp-held-before-static", "Temperatures and displacements held since before a static step, in the heat and static steps after it.",
         ["LEFT, 11, 11, 50.", "RIGHT, 1, 1, 0.01"],
         [(static, ""), (heat, ""), (static, ""), (heat, "*BOUNDARY\nLEFT, 11, 11, 80."), (static, "")])
    deck("ramp-given-in-static", "Temperatures given and changed in static steps: where the heat steps after them begin.",
         ["LEFT, 11, 11, 20."],
         [(static, "*BOUNDARY\nLEFT, 11, 11, 50.\nRIGHT, 1, 1, 0.01"), (heat, "*BOUNDARY\nRIGHT, 1, 1, 0.02"),
          (static, "*BOUNDARY\nLEFT, 11, 11, 90.\nRIGHT, 11, 11, 10."), (heat, ""), (static, "")])
    deck("ramp-amplitudes", "Amplitudes on temperatures that a static step gives, in step time and in total time.",
         ["LEFT, 11, 11, 20."],
         [(static, "*BOUNDARY, AMPLITUDE=A\nRIGHT, 11, 11, 50.\nRIGHT, 1, 1, 0.01\n*BOUNDARY, AMPLITUDE=AT\n3, 11, 11, 70."),
          (heat, ""), (static, ""), (heat, "")])
    deck("ramp-cleared", "*BOUNDARY, OP=NEW after a static step: a temperature that is given again goes on from its value.",
         ["LEFT, 11, 11, 20."],
         [(static, "*BOUNDARY\nRIGHT, 11, 11, 50.\nRIGHT, 1, 1, 0.01"),
          (heat, "*BOUNDARY, OP=NEW\nLEFT, 1, 2\nLEFT, 11, 11, 30."),
          (static, "*BOUNDARY\nRIGHT, 1, 1, 0.03"), (heat, "*BOUNDARY\nRIGHT, 11, 11, 10.")])
    deck("ramp-after-heat", "Temperatures given in static steps that go in increments, after a heat step.",
         ["LEFT, 11, 11, 20.", "RIGHT, 1, 1, 0.01"],
         [(heat, ""), (static, "*BOUNDARY\nRIGHT, 11, 11, 50."), (heat, ""), (static, "*TEMPERATURE\nNALL, 100."),
          (heat, "*BOUNDARY\n3, 11, 11, 70.\n*BOUNDARY, FIXED\nRIGHT, 11, 11"), (static, "")])


def rotations():
    mesh = build("hex", False, (2, 1, 1), (2.0, 1.0, 1.0), bend)
    out = nodes_text(mesh) + elements_text(mesh, "C3D8")
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
    out += text("""
*ELSET, ELSET=AB
1, 2
*ELSET, ELSET=A
1, 2
*ELSET, ELSET=Z
2,
*AMPLITUDE, NAME=DOWN
0., 0., 1., -1.
*MATERIAL, NAME=M
*ELASTIC
1000., 0.3
*DENSITY
1.e-3
*SOLID SECTION, ELSET=EALL, MATERIAL=M
*BOUNDARY
LEFT, 1, 3
""")
    prints = text("*NODE PRINT, NSET=NALL\nU, RF\n*END STEP")
    for cards in ("EALL, CENTRIF, 9., 0., 0., 0., 0., 0., 1.",
                  "EALL, CENTRIF, 20., 0., 5., 0., 0., 0., 1.",
                  "A, CENTRIF, 30., 0., 1., 0., 1., 0., 0.\nZ, CENTRIF, 40., 0., 0., 1., 0., 1., 0.",
                  "1, CENTRIF, 50., 3., 0., 0., 0., 0., 1.\nEALL, CENTRIF, 7., 0., 0., 4., 0., 0., 1.",
                  "AB, CENTRIF, 12., 0., 2., 0., 0., 1., 1.\nAB, GRAV, 2., 0., 0., 1.\nA, GRAV, 3., 0., 0., 1."):
        out += ["*STEP", "*STATIC", "*DLOAD"] + text(cards) + prints
    out += ["*STEP", "*STATIC", "*DLOAD, AMPLITUDE=DOWN", "Z, CENTRIF, 40., 0., 0., 1., 0., 1., 0."] + prints
    write("rotation-axes", ["Several axes of rotation for one cell, by sets and by number, and a squared speed below zero: which one acts."],
          out)


def body_prints():
    for name, kind in (("output-body-loads", "C3D8"), ("output-body-loads-plane", "CPE8R"),
                       ("output-body-loads-axisymmetric", "CAX4")):
        if kind == "C3D8":
            mesh, section = build("hex", False, (2, 1, 1), (2.0, 1.0, 1.0), bend), []
        else:
            shape, quadratic = shape_2d(kind)
            mesh = build(shape, quadratic, (2, 1), (2.0, 1.0), bend2, origin=(1.0, 0.0))
            section = ["0.5"] if kind == "CPE8R" else []
        out = ["*HEADING body loads", "second line", "*SYSTEM"] + nodes_text(mesh) + elements_text(mesh, kind)
        out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
        out += MATERIAL + ["*DENSITY", "1.e-3", "*SOLID SECTION, ELSET=EALL, MATERIAL=M"] + section
        prints = text("""
*EL PRINT, ELSET=EALL, TOTALS=YES
EBHE, CENT
*EL PRINT, ELSET=EALL, TOTALS=ONLY
EBHE
*EL PRINT, ELSET=EALL, TOTALS=ONLY
CENT
*END STEP""")
        out += ["*BOUNDARY", "LEFT, 1, %d" % (3 if kind == "C3D8" else 2), "LEFT, 11, 11, 5.",
                "*STEP", "*HEAT TRANSFER, STEADY STATE, DIRECT", "0.5, 1.", "*DFLUX", "1, BF, 3.", "2, BF, -1."] + prints
        out += ["*STEP", "*STATIC, DIRECT", "0.5, 1.", "*DLOAD", "2, CENTRIF, 5., 0., 0., 0., 0., 1., 0."] + prints
        write(name, ["EBHE and CENT, the body loads of cells, in increments; text on the line of *HEADING, *SYSTEM without data; %s." % kind],
              out)


def axis_films():
    mesh = build("quad", False, (2, 2), (1.0, 1.0), lambda p: p)
    out = nodes_text(mesh) + elements_text(mesh, "CAX4")
    out += list_text("*NSET, NSET=AXIS", mesh.where(lambda k: k[0] == 0)) + MATERIAL
    out += text("""
*SOLID SECTION, ELSET=EALL, MATERIAL=M
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*BOUNDARY
AXIS, 1, 2
*STEP
*STATIC
*DLOAD
2, P2, 0.003
*NODE PRINT, NSET=NALL
U
*END STEP
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*FILM
1, F4, 95., 0.03
3, F4, 80., 0.07
2, F2, 60., 0.4
*DFLUX
1, S4, 5.
4, BF, 0.3
*NODE PRINT, NSET=NALL
NT, RFL
*END STEP""")
    write("axisymmetric-film-on-axis", ["Film and flux on sides on the axis, which have no area, after a static step."], out)


def all_decks():
    sections("plane strain", ["CPE3", "CPE4R", "CPE6", "CPE8"], "section-print-plane-strain", ["0.4"], ["CPE3", "CPE6", "CPE8"])
    sections("plane stress", ["CPS3", "CPS4R", "CPS6", "CPS8"], "plane-stress-section-print", ["0.4"], ["CPS3", "CPS6", "CPS8"])
    sections("axisymmetric", ["CAX3", "CAX4R", "CAX6", "CAX8"], "section-print-axisymmetric", [], ["CAX3", "CAX6", "CAX8"])
    densities("solid", list(SHAPES), "density-table-solids", [])
    for family, letters in (("plane strain", "CPE"), ("axisymmetric", "CAX")):
        densities(family, [letters + n for n in ("3", "4", "4R", "6", "8", "8R")],
                  "density-table-" + family.replace(" ", "-"), ["0.5"] if letters == "CPE" else [])
    densities("plane stress", ["CPS" + n for n in ("3", "4", "4R", "6", "8", "8R")], "plane-stress-density-table", ["1.e-2"])
    for kind in ("CPE4", "CPE8R"):
        transforms("plane strain", kind, "plane-strain-transform-" + kind.lower(), ["0.5"])
    for kind in ("CPS4", "CPS6"):
        transforms("plane stress", kind, "plane-stress-transform-" + kind.lower(), ["1.e-2"])
    for kind in ("CAX3", "CAX8"):
        transforms("axisymmetric", kind, "axisymmetric-transform-" + kind.lower(), [])
        transforms("axisymmetric", kind, "axisymmetric-transform-values-" + kind.lower(), [], values=True)
    equation_in_plane()
    ramps()
    rotations()
    body_prints()
    axis_films()
