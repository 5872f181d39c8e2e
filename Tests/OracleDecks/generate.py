#!/usr/bin/env python3
"""Writes the oracle decks: families of one element type each here, one deck per part of the
deck language in features.py.

Standard library only. Run in this folder: python3 generate.py
"""
import math
import os

HERE = os.path.dirname(os.path.abspath(__file__))


# ---------------------------------------------------------------- meshes
def bend(p):
    """A smooth map of the unit-ish box that leaves no cell a parallelepiped."""
    x, y, z = p
    return (x + 0.08 * math.sin(2.1 * y + 0.7 * z) + 0.05 * x * z,
            y + 0.07 * math.sin(1.7 * z + 1.3 * x),
            z + 0.06 * math.sin(1.9 * x - 0.8 * y) + 0.04 * x * y)


def bend2(p):
    x, y = p
    return (x + 0.07 * math.sin(2.3 * y) + 0.04 * x * y, y + 0.06 * math.sin(1.9 * x))


class Mesh:
    """Nodes found by their place in a fine lattice, cells as lists of node numbers."""

    def __init__(self, place, first=1):
        self.place, self.first = place, first
        self.number, self.key, self.cells = {}, [], []

    def node(self, key):
        if key not in self.number:
            self.number[key] = self.first + len(self.key)
            self.key.append(key)
        return self.number[key]

    def coordinates(self):
        return [(self.first + i, self.place(k)) for i, k in enumerate(self.key)]

    def where(self, test):
        return [self.number[k] for k in self.key if test(k)]


HEX_EDGES = [(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4),
             (0, 4), (1, 5), (2, 6), (3, 7)]
WEDGE_EDGES = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3), (1, 4), (2, 5)]
TET_EDGES = [(0, 1), (1, 2), (2, 0), (0, 3), (1, 3), (2, 3)]
QUAD_EDGES = [(0, 1), (1, 2), (2, 3), (3, 0)]
TRI_EDGES = [(0, 1), (1, 2), (2, 0)]


def middle(a, b):
    return tuple((i + j) // 2 for i, j in zip(a, b))


def cells_3d(shape, counts):
    """Corner keys (even lattice numbers) of every cell of a box of counts cells."""
    nx, ny, nz = counts
    for k in range(nz):
        for j in range(ny):
            for i in range(nx):
                c = [(2 * (i + a), 2 * (j + b), 2 * (k + d)) for a, b, d in
                     [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0),
                      (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)]]
                if shape == "hex":
                    yield c
                elif shape == "wedge":
                    yield [c[0], c[1], c[2], c[4], c[5], c[6]]
                    yield [c[0], c[2], c[3], c[4], c[6], c[7]]
                else:
                    for t in [(0, 1, 2, 6), (0, 2, 3, 6), (0, 3, 7, 6),
                              (0, 7, 4, 6), (0, 4, 5, 6), (0, 5, 1, 6)]:
                        yield [c[n] for n in t]


def cells_2d(shape, counts):
    nx, ny = counts
    for j in range(ny):
        for i in range(nx):
            c = [(2 * (i + a), 2 * (j + b)) for a, b in [(0, 0), (1, 0), (1, 1), (0, 1)]]
            if shape == "quad":
                yield c
            else:
                yield [c[0], c[1], c[2]]
                yield [c[0], c[2], c[3]]


def build(shape, quadratic, counts, size, place, first=1, origin=None):
    """A mesh of the box `size` cut into `counts`, mapped by `place`."""
    origin = origin or (0.0,) * len(size)
    scale = [s / (2.0 * n) for s, n in zip(size, counts)]
    mesh = Mesh(lambda k: place(tuple(o + s * i for o, s, i in zip(origin, scale, k))), first)
    edges = {"hex": HEX_EDGES, "wedge": WEDGE_EDGES, "tet": TET_EDGES,
             "quad": QUAD_EDGES, "tri": TRI_EDGES}[shape]
    lattice = cells_3d(shape, counts) if len(size) == 3 else cells_2d(shape, counts)
    corners = list(lattice)
    if not quadratic:
        mesh.cells = [[mesh.node(k) for k in c] for c in corners]
    else:
        mesh.cells = [[mesh.node(k) for k in c + [middle(c[a], c[b]) for a, b in edges]]
                      for c in corners]
    return mesh


SHAPES = {"C3D4": ("tet", False), "C3D10": ("tet", True),
          "C3D6": ("wedge", False), "C3D15": ("wedge", True),
          "C3D8": ("hex", False), "C3D8R": ("hex", False), "C3D8I": ("hex", False),
          "C3D20": ("hex", True), "C3D20R": ("hex", True)}


def shape_2d(name):
    n = name[3:].rstrip("R")
    return {"3": ("tri", False), "6": ("tri", True),
            "4": ("quad", False), "8": ("quad", True)}[n]


# ---------------------------------------------------------------- text
def number(x):
    s = "%.9g" % x
    return s if ("." in s or "e" in s) else s + "."


def nodes_text(mesh, nset="NALL"):
    out = ["*NODE, NSET=%s" % nset]
    for n, p in mesh.coordinates():
        out.append("%d, %s" % (n, ", ".join(number(x) for x in p)))
    return out


def elements_text(mesh, kind, elset="EALL", first=1):
    out = ["*ELEMENT, TYPE=%s, ELSET=%s" % (kind, elset)]
    for i, c in enumerate(mesh.cells):
        line = [str(first + i)] + [str(n) for n in c]
        while len(line) > 12:
            out.append(", ".join(line[:11]) + ",")
            line = line[11:]
        out.append(", ".join(line))
    return out


def list_text(header, members):
    out = [header]
    for i in range(0, len(members), 10):
        out.append(", ".join(str(m) for m in members[i:i + 10]))
    return out


def temperature_text(mesh, field, places=lambda p: p):
    return ["%d, %s" % (n, number(field(p))) for n, p in mesh.coordinates()]


def warm(p):
    """Neither linear nor quadratic, so that every rule of interpolation shows."""
    x, y = p[0], p[1]
    z = p[2] if len(p) > 2 else 0.0
    return 40.0 + 30.0 * x * x - 25.0 * y + 18.0 * x * y + 12.0 * math.sin(2.0 * z + x) * (1.0 + y)


def write(name, purpose, lines):
    text = "".join("** %s\n" % p for p in purpose) + "\n".join(lines) + "\n"
    with open(os.path.join(HERE, name + ".inp"), "w") as f:
        f.write(text)


MATERIAL = ["*MATERIAL, NAME=STEEL", "*ELASTIC", "2100., 0.3", "*EXPANSION, ZERO=20.",
            "1.2e-5", "*DENSITY", "7.8e-3", "*CONDUCTIVITY", "50."]


# ---------------------------------------------------------------- decks, solids
def solid(kind):
    shape, quadratic = SHAPES[kind]
    counts = (2, 1, 1) if quadratic else (2, 2, 2)
    mesh = build(shape, quadratic, counts, (2.0, 1.2, 1.0), bend)
    cells = len(mesh.cells)
    left = mesh.where(lambda k: k[0] == 0)
    top = 2 * counts[2]
    tip = mesh.number[(2 * counts[0], 2 * counts[1], top)]
    faces = {"hex": 6, "wedge": 5, "tet": 4}[shape]
    out = nodes_text(mesh) + elements_text(mesh, kind)
    out += list_text("*NSET, NSET=LEFT", left) + list_text("*NSET, NSET=TIP", [tip])
    out += MATERIAL + ["*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL",
                       "*INITIAL CONDITIONS, TYPE=TEMPERATURE", "NALL, 20.",
                       "*STEP", "*STATIC", "*BOUNDARY", "LEFT, 1, 3"]
    out += ["*DLOAD"] + ["%d, P%d, %s" % (1 + (f % cells), f + 1, number(3.0 - 0.7 * f))
                         for f in range(faces)]
    out += ["%d, P%d, 1.5" % (cells, f + 1) for f in (0, faces - 1)]
    out += ["EALL, GRAV, 9.81, 0.3, -0.2, -1.", "*CLOAD", "TIP, 1, 0.8", "TIP, 2, -0.4",
            "*NODE PRINT, NSET=NALL, TOTALS=YES", "U, RF",
            "*EL PRINT, ELSET=EALL", "S, E, ENER",
            "*EL PRINT, ELSET=EALL, TOTALS=YES", "ELSE, EVOL, EMAS", "*EL PRINT, ELSET=EALL", "COORD", "*END STEP"]
    out += ["** second step: the pressures go, rotation and temperatures come",
            "*STEP", "*STATIC", "*DLOAD, OP=NEW",
            "EALL, CENTRIF, 2.5, 0.1, -0.2, 0., 0.2, 0.1, 1.",
            "*TEMPERATURE"] + temperature_text(mesh, warm)
    out += ["*NODE PRINT, NSET=NALL, TOTALS=YES", "U, RF, NT",
            "*EL PRINT, ELSET=EALL", "S, E, ME",
            "*EL PRINT, ELSET=EALL, TOTALS=ONLY", "ELSE",
            "*NODE FILE", "U, NT", "*EL FILE", "S, E", "*END STEP"]
    write("solid-" + kind.lower(), [
        "%s, distorted cells: pressure on every face number, gravity, nodal forces;" % kind,
        "then rotation and a temperature field that no shape function holds exactly."], out)


def heat_solid(kind):
    shape, quadratic = SHAPES[kind]
    counts = (2, 1, 1) if quadratic else (2, 2, 2)
    mesh = build(shape, quadratic, counts, (2.0, 1.2, 1.0), bend)
    cells = len(mesh.cells)
    left = mesh.where(lambda k: k[0] == 0)
    tip = mesh.number[(2 * counts[0], 2 * counts[1], 2 * counts[2])]
    faces = {"hex": 6, "wedge": 5, "tet": 4}[shape]
    held = []
    if kind == "C3D8R":
        # one point and no hourglass control: both ends and one node between are held, or the
        # matrix is singular
        counts = (2, 1, 1)
        mesh = build(shape, quadratic, counts, (2.0, 1.2, 1.0), bend)
        cells = len(mesh.cells)
        left = mesh.where(lambda k: k[0] == 0)
        held = ["%d, 11, 11, 40." % n for n in mesh.where(lambda k: k[0] == 4)]
        held += ["%d, 11, 11, 30." % mesh.number[(2, 0, 0)]]
        tip = mesh.number[(2, 2, 2)]
    out = nodes_text(mesh) + elements_text(mesh, kind)
    out += list_text("*NSET, NSET=LEFT", left)
    out += ["*MATERIAL, NAME=COPPER", "*CONDUCTIVITY", "3.8",
            "*SOLID SECTION, ELSET=EALL, MATERIAL=COPPER",
            "*INITIAL CONDITIONS, TYPE=TEMPERATURE", "NALL, 0.",
            "*STEP", "*HEAT TRANSFER, STEADY STATE", "1., 1.",
            "*BOUNDARY", "LEFT, 11, 11, 25."] + held + ["*DFLUX"] + ["%d, S%d, %s" % (1 + (f % cells), f + 1, number(4.0 - 0.9 * f))
                         for f in range(faces)]
    out += ["%d, BF, 7.5" % cells, "*CFLUX", "%d, 11, 2.25" % tip,
            "*FILM"] + ["%d, F%d, %s, %s" % (cells - (f % cells), f + 1, number(80.0 - 5 * f),
                                           number(1.5 + 0.3 * f)) for f in range(faces)]
    out += ["*NODE PRINT, NSET=NALL, TOTALS=YES", "NT, RFL", "*EL PRINT, ELSET=EALL", "HFL",
            "*NODE FILE", "NT, RFL", "*EL FILE", "HFL", "*END STEP"]
    write("heat-" + kind.lower(), [
        "%s, distorted cells, steady conduction: flux and film on every face number," % kind,
        "body heat, a nodal flux and a held temperature."], out)


# ---------------------------------------------------------------- decks, plane and axisymmetric
def loads_2d(cells, sides):
    out = ["*DLOAD"] + ["%d, P%d, %s" % (1 + (f % cells), f + 1, number(2.0 - 0.6 * f))
                        for f in range(sides)]
    return out


def plane(kind, family, stem, thickness=None):
    shape, quadratic = shape_2d(kind)
    counts = (2, 1) if quadratic else (3, 2)
    origin = (1.0, 0.0) if family == "axisymmetric" else (0.0, 0.0)
    mesh = build(shape, quadratic, counts, (1.5, 1.0), bend2, origin=origin)
    cells = len(mesh.cells)
    bottom = mesh.where(lambda k: k[1] == 0)
    corner = mesh.number[(0, 0)]
    tip = mesh.number[(2 * counts[0], 2 * counts[1])]
    sides = 4 if shape == "quad" else 3
    out = nodes_text(mesh) + elements_text(mesh, kind)
    out += list_text("*NSET, NSET=BOTTOM", bottom)
    out += MATERIAL + ["*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL"]
    out += [thickness] if thickness else []
    out += ["*INITIAL CONDITIONS, TYPE=TEMPERATURE", "NALL, 20.",
            "*STEP", "*STATIC", "*BOUNDARY", "BOTTOM, 2, 2"]
    if family != "axisymmetric":
        out += ["%d, 1, 1" % corner]
    out += loads_2d(cells, sides)
    axis = "0., 0., 0., 0., 1., 0." if family == "axisymmetric" else "0.2, 0.1, 0., 0., 0., 1."
    # on an axisymmetric node: the total of the circumference
    force = {"plane stress": ("2.e-4", "-3.e-4"), "plane strain": ("0.1", "-0.15"),
             "axisymmetric": ("6.", "-9.")}[family]
    gravity = "0., -1., 0." if family == "axisymmetric" else "0.4, -1., 0."
    out += ["EALL, GRAV, 9.81, " + gravity, "EALL, CENTRIF, 3., " + axis,
            "*CLOAD", "%d, 1, %s" % (tip, force[0]), "%d, 2, %s" % (tip, force[1]),
            "*NODE PRINT, NSET=NALL, TOTALS=YES", "U, RF",
            "*EL PRINT, ELSET=EALL", "S, E", "*EL PRINT, ELSET=EALL, TOTALS=YES",
            "ELSE, EVOL, EMAS", "*EL PRINT, ELSET=EALL", "COORD", "*END STEP",
            "*STEP", "*STATIC", "*DLOAD, OP=NEW", "*CLOAD, OP=NEW",
            "*TEMPERATURE"] + temperature_text(mesh, warm)
    out += ["*NODE PRINT, NSET=NALL", "U, RF, NT", "*EL PRINT, ELSET=EALL", "S, E, ME, ENER",
            "*NODE FILE, OUTPUT=2D", "U", "*EL FILE", "S", "*END STEP"]
    write(stem + "-" + kind.lower(), [
        "%s, distorted cells: pressure on every side number, gravity, rotation, nodal forces;" % kind,
        "then temperatures alone."], out)


def heat_plane(family, kinds, name, section):
    out, first_node, first_cell = [], 1, 1
    elements, sections, bc, flux, film, point = [], [], [], [], [], []
    for b, kind in enumerate(kinds):
        shape, quadratic = shape_2d(kind)
        counts = (2, 1) if quadratic else (2, 2)
        origin = (1.0, 1.5 * b) if family == "axisymmetric" else (0.0, 1.5 * b)
        mesh = build(shape, quadratic, counts, (1.5, 1.0), bend2, first=first_node, origin=origin)
        cells = len(mesh.cells)
        sides = 4 if shape == "quad" else 3
        out += nodes_text(mesh)
        elements += elements_text(mesh, kind, "E" + kind, first_cell)
        sections += ["*SOLID SECTION, ELSET=E%s, MATERIAL=COPPER" % kind] + section
        bc += ["%d, 11, 11, %s" % (n, number(20.0 + b)) for n in mesh.where(lambda k: k[0] == 0)]
        flux += ["%d, S%d, %s" % (first_cell + (f % cells), f + 1, number(3.0 - 0.8 * f))
                 for f in range(sides)] + ["%d, BF, 6." % (first_cell + cells - 1)]
        film += ["%d, F%d, %s, %s" % (first_cell + cells - 1 - (f % cells), f + 1,
                                      number(70.0 - 4 * f), number(1.2 + 0.4 * f))
                 for f in range(sides)]
        point += ["%d, 11, %s" % (mesh.number[(2 * counts[0], 2 * counts[1])],
                                 {"plane stress": "1.e-3", "plane strain": "0.4"}.get(family, "30."))]
        first_node += len(mesh.key)
        first_cell += cells
    out += elements + list_text("*ELSET, ELSET=EALL", ["E" + k for k in kinds])
    out += ["*MATERIAL, NAME=COPPER", "*CONDUCTIVITY", "3.8"] + sections
    out += ["*INITIAL CONDITIONS, TYPE=TEMPERATURE", "NALL, 0.",
            "*STEP", "*HEAT TRANSFER, STEADY STATE", "1., 1.",
            "*BOUNDARY"] + bc + ["*DFLUX"] + flux + ["*FILM"] + film + ["*CFLUX"] + point
    out += ["*NODE PRINT, NSET=NALL, TOTALS=YES", "NT, RFL", "*EL PRINT, ELSET=EALL", "HFL",
            "*END STEP"]
    write(name, ["Steady conduction in %s cells, one body per cell type:" % family,
                 "flux and film on every side number, body heat, nodal flux, held temperatures."], out)


def main():
    for kind in SHAPES:
        solid(kind)
        heat_solid(kind)
    for n in ("3", "4", "4R", "6", "8", "8R"):
        plane("CPE" + n, "plane strain", "plane-strain", "0.5")
        plane("CAX" + n, "axisymmetric", "axisymmetric")
        plane("CPS" + n, "plane stress", "plane-stress", "1.e-3")
    heat_plane("plane stress", ["CPS3", "CPS4", "CPS6", "CPS8", "CPS8R"], "heat-plane-stress",
               ["1.e-3"])
    heat_plane("plane strain", ["CPE3", "CPE4", "CPE6", "CPE8", "CPE8R"], "heat-plane-strain", ["0.5"])
    heat_plane("axisymmetric", ["CAX3", "CAX4", "CAX6", "CAX8", "CAX8R"], "heat-axisymmetric", [])


if __name__ == "__main__":
    main()
    import features
    features.all_features()
    import output
    output.outputs()
    import planes
    planes.all_decks()
