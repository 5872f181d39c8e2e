"""The decks that test one part of the deck language each; generate.py imports this.

Every deck is its mesh plus the text below, so the text is what to read.
"""
from generate import (build, bend, elements_text, list_text, nodes_text, number,
                      temperature_text, warm, write, bend2)
import math


def bar(kind="C3D8", counts=(2, 1, 1), place=bend, size=(2.0, 1.2, 1.0)):
    shape = {"C3D4": "tet", "C3D10": "tet", "C3D6": "wedge", "C3D15": "wedge"}.get(kind, "hex")
    mesh = build(shape, kind in ("C3D10", "C3D15", "C3D20", "C3D20R"), counts, size, place)
    last = [2 * c for c in counts]
    out = nodes_text(mesh) + elements_text(mesh, kind)
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
    out += list_text("*NSET, NSET=RIGHT", mesh.where(lambda k: k[0] == last[0]))
    out += list_text("*NSET, NSET=TIP", [mesh.number[tuple(last)]])
    return mesh, out


def sector(kind, place_extra=None, counts=(2, 2, 1)):
    """A sector of 60 degrees of a ring, radius 2..3, height 1, axis z."""
    def place(p):
        r, t, z = 2.0 + p[0], math.radians(60.0) * p[1], p[2]
        return (r * math.cos(t), r * math.sin(t), z)
    mesh = build("hex", kind in ("C3D20", "C3D20R"), counts, (1.0, 1.0, 1.0), place)
    last = [2 * c for c in counts]
    out = nodes_text(mesh) + elements_text(mesh, kind)
    for name, axis, end in (("INNER", 0, 0), ("OUTER", 0, last[0]), ("START", 1, 0),
                            ("END", 1, last[1]), ("FLOOR", 2, 0), ("TOP", 2, last[2])):
        out += list_text("*NSET, NSET=" + name, mesh.where(lambda k, a=axis, e=end: k[a] == e))
    return mesh, out


STEEL = ["*MATERIAL, NAME=STEEL", "*ELASTIC", "2100., 0.3", "*EXPANSION", "1.2e-5",
         "*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL"]


def text(s):
    return s.strip("\n").split("\n")


def materials():
    mesh, out = bar("C3D20R")
    out += text("""
*MATERIAL, NAME=WOOD
*ELASTIC, TYPE=ORTHO
** D1111, D1122, D2222, D1133, D2233, D3333, D1212, D1313,
** D2323, temperature
1500., 400., 900., 350., 300., 700., 260., 220.,
180., 20.
1200., 300., 800., 250., 240., 600., 200., 180.,
150., 120.
*EXPANSION, TYPE=ORTHO, ZERO=15.
1.e-5, 2.e-5, 3.e-5, 20.
2.e-5, 2.5e-5, 5.e-5, 120.
*SOLID SECTION, ELSET=EALL, MATERIAL=WOOD
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 25.
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*CLOAD
TIP, 1, 1.
TIP, 2, -0.5
TIP, 3, 0.25
*TEMPERATURE""") + temperature_text(mesh, warm) + text("""
*NODE PRINT, NSET=NALL
U, RF
*EL PRINT, ELSET=EALL
S, E, ME, ENER
*END STEP""")
    write("material-ortho", ["*ELASTIC, TYPE=ORTHO and *EXPANSION, TYPE=ORTHO with tables, no orientation."], out)

    mesh, out = bar("C3D20R")
    out += text("""
*ORIENTATION, NAME=TILTED
1., 0.5, 0.2, -0.4, 1., 0.1
*MATERIAL, NAME=FIBRE
*ELASTIC, TYPE=ENGINEERING CONSTANTS
** E1, E2, E3, nu12, nu13, nu23, G12, G13,
** G23
1400., 900., 700., 0.28, 0.22, 0.31, 300., 260.,
210.
*EXPANSION, TYPE=ANISO, ZERO=20.
** a11, a22, a33, a12, a13, a23
1.e-5, 2.e-5, 3.e-5, 0.4e-5, -0.3e-5, 0.2e-5
*SOLID SECTION, ELSET=EALL, MATERIAL=FIBRE, ORIENTATION=TILTED
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*DLOAD
2, P4, 2.
*TEMPERATURE""") + temperature_text(mesh, warm) + text("""
*NODE PRINT, NSET=NALL
U, RF
** local system of the orientation: the default
*EL PRINT, ELSET=EALL
S, E, ME
*EL PRINT, ELSET=EALL, GLOBAL=YES
S, E, ME
*END STEP""")
    write("material-engineering-constants",
          ["*ELASTIC, TYPE=ENGINEERING CONSTANTS in a rectangular *ORIENTATION, *EXPANSION, TYPE=ANISO;",
           "stresses and strains printed in the local and in the global system."], out)

    mesh, out = sector("C3D20")
    out += text("""
*ORIENTATION, NAME=POLAR, SYSTEM=CYLINDRICAL
0., 0., 0., 0., 0., 1.
*MATERIAL, NAME=CRYSTAL
*ELASTIC, TYPE=ANISO
** D1111, D1122, D2222, D1133, D2233, D3333, D1112, D2212,
** D3312, D1212, D1113, D2213, D3313, D1213, D1313, D1123,
** D2223, D3323, D1223, D1323, D2323
1500., 400., 1100., 350., 300., 900., 40., -30.,
20., 300., 25., -15., 10., 12., 260., -22.,
18., -9., 14., -11., 230.
*EXPANSION, TYPE=ORTHO
1.e-5, 2.e-5, 3.e-5
*SOLID SECTION, ELSET=EALL, MATERIAL=CRYSTAL, ORIENTATION=POLAR
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 10.
*STEP
*STATIC
*BOUNDARY
START, 1, 3
*DLOAD
1, P6, 3.
*TEMPERATURE
NALL, 10.
OUTER, 60.
*NODE PRINT, NSET=NALL
U, RF
*EL PRINT, ELSET=EALL
S, E
*EL PRINT, ELSET=EALL, GLOBAL=YES
S
*EL FILE
S
*END STEP""")
    write("material-aniso-cylindrical",
          ["*ELASTIC, TYPE=ANISO in a cylindrical *ORIENTATION: 21 constants on three lines."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += text("""
*ELSET, ELSET=FIRST
1
*ELSET, ELSET=OTHERS
2, 3
*ORIENTATION, NAME=TILTED
0.9, 0.3, 0., -0.3, 0.9, 0.2
*MATERIAL, NAME=FIBRE
*ELASTIC, TYPE=ENGINEERING CONSTANTS
1400., 900., 700., 0.28, 0.22, 0.31, 300., 260.,
210.
*MATERIAL, NAME=ISO
*ELASTIC
1000., 0.25
*SOLID SECTION, ELSET=FIRST, MATERIAL=FIBRE, ORIENTATION=TILTED
*SOLID SECTION, ELSET=OTHERS, MATERIAL=ISO
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*CLOAD
RIGHT, 2, 0.3
*NODE PRINT, NSET=NALL
U
** one element with an orientation, two without: marked and unmarked rows in one block
*EL PRINT, ELSET=EALL
S, E
*EL FILE
S, ENER
*END STEP""")
    write("material-two-sections",
          ["Two sections and materials that share nodes, one with an orientation;",
           "engineering constants and an isotropic neighbour."], out)

    mesh, out = bar("C3D20", counts=(2, 1, 1))
    out += text("""
*MATERIAL, NAME=ALLOY
*ELASTIC
2100., 0.28, 20.
1900., 0.30, 45.
1500., 0.33, 70.
*EXPANSION, ZERO=-10.
1.0e-5, 0.
1.4e-5, 40.
2.1e-5, 90.
*DENSITY
7.8e-3, 0.
7.2e-3, 100.
*SOLID SECTION, ELSET=EALL, MATERIAL=ALLOY
*INITIAL CONDITIONS, TYPE=TEMPERATURE""") + temperature_text(mesh, lambda p: 12.0 + 4.0 * p[0] - 3.0 * p[2] * p[1]) + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*DLOAD
EALL, GRAV, 9.81, 0., 0., -1.
2, P4, -1.
*TEMPERATURE""") + temperature_text(mesh, warm) + text("""
*NODE PRINT, NSET=NALL
U, RF, NT
*EL PRINT, ELSET=EALL
S, ME, ENER
*END STEP""")
    for kind in ("C3D20", "C3D8", "C3D10"):
        if kind != "C3D20":
            other, head = bar(kind, counts=(2, 1, 1))
            cut = next(i for i, l in enumerate(out) if l.startswith("*MATERIAL"))
            body = out[cut:]
            first = body.index("*INITIAL CONDITIONS, TYPE=TEMPERATURE")
            step = body.index("*STEP")
            temp = body.index("*TEMPERATURE")
            tail = next(i for i, l in enumerate(body) if l.startswith("*NODE PRINT"))
            body = (body[:first + 1] + temperature_text(other, lambda p: 12.0 + 4.0 * p[0] - 3.0 * p[2] * p[1])
                    + body[step:temp + 1] + temperature_text(other, warm) + body[tail:])
            deck = head + body
        else:
            deck = out
        write("tables-" + kind.lower(),
              ["Tables of E, nu, alpha (with ZERO) and density against temperature, %s," % kind,
               "a reference temperature that varies, temperatures below and above the tables."], deck)

    mesh, out = bar("C3D8", counts=(2, 2, 1))
    out += text("""
*ORIENTATION, NAME=TILTED
1., 0.4, 0., -0.4, 1., 0.3
*MATERIAL, NAME=LAMINATE
*CONDUCTIVITY, TYPE=ORTHO
5., 2., 1.
*SOLID SECTION, ELSET=EALL, MATERIAL=LAMINATE, ORIENTATION=TILTED
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 0.
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, 11, 10.
*DFLUX
2, S4, 6.
4, S4, -2.
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*EL PRINT, ELSET=EALL
HFL
*EL PRINT, ELSET=EALL, GLOBAL=YES
HFL
*END STEP""")
    write("conductivity-ortho", ["*CONDUCTIVITY, TYPE=ORTHO in a tilted *ORIENTATION, flux printed local and global."], out)

    mesh, out = sector("C3D20R")
    out += text("""
*ORIENTATION, NAME=POLAR, SYSTEM=CYLINDRICAL
0., 0., 0., 0., 0., 1.
*MATERIAL, NAME=CRYSTAL
*CONDUCTIVITY, TYPE=ANISO
** k11, k22, k33, k12, k13, k23
5., 3., 2., 0.6, -0.4, 0.3
*SOLID SECTION, ELSET=EALL, MATERIAL=CRYSTAL, ORIENTATION=POLAR
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
INNER, 11, 11, 100.
*FILM
EALL, F4, 20., 2.5
*DFLUX
EALL, BF, 3.
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*EL PRINT, ELSET=EALL
HFL
*EL FILE
HFL
*END STEP""")
    write("conductivity-aniso", ["*CONDUCTIVITY, TYPE=ANISO in a cylindrical *ORIENTATION; film and body heat on an element set."], out)

    mesh, out = bar("C3D20R", counts=(3, 1, 1), size=(3.0, 1.2, 1.0))
    out += text("""
*MATERIAL, NAME=ALLOY
*CONDUCTIVITY
2., 0.
3., 50.
6., 120.
*SOLID SECTION, ELSET=EALL, MATERIAL=ALLOY
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 10.
*AMPLITUDE, NAME=EARLY
0., 0., 0.05, 1., 1., 1.
*STEP, INC=1000
*HEAT TRANSFER, STEADY STATE, DIRECT
0.05, 1.
*BOUNDARY, AMPLITUDE=EARLY
LEFT, 11, 11, 100.
*FILM, AMPLITUDE=EARLY, FILM AMPLITUDE=EARLY
3, F4, 15., 1.5
*NODE PRINT, NSET=NALL, TOTALS=YES, FREQUENCY=1000
NT, RFL
*EL PRINT, ELSET=EALL, FREQUENCY=1000
HFL
*END STEP""")
    write("conductivity-table",
          ["*CONDUCTIVITY that depends on temperature. The load is full after the first of twenty fixed",
           "increments, so ccx has iterated to the end long before the one increment that is printed."], out)


def syntax():
    lines = ["** part of sets-and-syntax: nodes, in a file of their own", "*node, nset=nall"]
    mesh, _ = bar("C3D8", counts=(3, 2, 1), size=(3.0, 2.0, 1.0))
    for n, p in mesh.coordinates():
        if n % 3 == 0:
            lines.append("%d,%.7e,%.7e, %.7e, 1., 2., 3." % (n, p[0], p[1], p[2]))
        elif n % 3 == 1:
            lines.append("  %d ,\t%s, %s ,%s" % (n, ("%.9e" % p[0]).replace("e", "D"),
                                                 ("%.9f" % p[1]).lstrip("0") if 0 < p[1] < 1 else "%.9f" % p[1],
                                                 "%.9E" % p[2]))
        else:
            lines.append("%d, %.9g, %.9g, %.9g" % ((n,) + p))
    import os
    from generate import HERE
    with open(os.path.join(HERE, "sets-and-syntax-nodes.inc"), "w") as f:
        f.write("\n".join(lines) + "\n")
    out = ["*HEADING", "A heading: anything may stand here, 1, 2, , 3.",
           "  even more than a line", "*INCLUDE, INPUT=sets-and-syntax-nodes.inc",
           "** connectivity cut at odd places, extra spaces, a blank line", "*Element , Type = c3d8 , Elset = All"]
    for i, c in enumerate(mesh.cells):
        a = [str(11 * (i + 1))] + [str(n) for n in c]
        cut = 3 + i
        if cut < len(a):
            out += ["  " + " , ".join(a[:cut]) + " ,", "", "   " + ",".join(a[cut:])]
        else:
            out += [",".join(a)]
    left = mesh.where(lambda k: k[0] == 0)
    right = mesh.where(lambda k: k[0] == 6)
    out += ["*nset,nset=left"] + [",".join(str(n) for n in left[:4]) + ",", ",".join(str(n) for n in left[4:])]
    out += list_text("*NSET,NSET=Right", right)
    out += text("""
** generated with a step, with two ranges, without a step
*NSET, NSET=ODD, GENERATE
1, 23, 2
*nset, nset=Ranges, Generate
2, 4
20, 24, 2
** a set of sets and numbers, appended to later, out of order, one member twice
*NSET, NSET=SOME
RIGHT, 7, 3, 3
*NSET, NSET=NESTED
SOME, ODD
*NSET, NSET=SOME
1
*ELSET, ELSET=HALF, GENERATE
11, 33, 11
*ELSET, ELSET=REST
44, 55
66
*ELSET, ELSET=BOTH
REST, HALF
*MATERIAL,NAME=Steel
*Elastic
 2.1D3 , .3
*Solid Section,Elset=BOTH,Material=STEEL
*STEP
*STATIC

*BOUNDARY
LEFT, 1, 3
*CLOAD
RIGHT, 1, 0.5
** the same node again: added to what is there
%d, 1, 0.25
%d, 2, -1
** *NODE PRINT may have several labels a line and several lines
*NODE PRINT, NSET=NESTED
U
RF
*NODE PRINT, NSET=SOME, TOTALS=YES
RF
*NODE PRINT,NSET=RANGES,TOTALS=ONLY
RF
*EL PRINT, ELSET=BOTH
S,E
ELSE
*EL PRINT, ELSET=HALF, TOTALS=ONLY
EVOL, ELSE
*END STEP""" % (right[0], right[1]))
    write("sets-and-syntax",
          ["What the reader must take: lower case, blanks, blank lines, continued lines, Fortran numbers,",
           "numbers too many, *INCLUDE, sets of sets, sets appended to, GENERATE, the order of rows."], out)


def constraints():
    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += text("""
*TRANSFORM, NSET=LEFT
1., 0.5, 0., -0.5, 1., 0.
*TRANSFORM, NSET=TIP, TYPE=R
0., 0., 1., 0., 1., 0.3""") + STEEL + text("""
*STEP
*STATIC
*BOUNDARY
** in the system of LEFT
LEFT, 1, 1
LEFT, 2, 2, 0.001
LEFT, 3, 3
*CLOAD
** in the system of TIP
TIP, 1, 2.
TIP, 2, 0.5
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*NODE PRINT, NSET=NALL, TOTALS=YES, GLOBAL=YES
U, RF
*NODE FILE, GLOBAL=YES
U, RF
*END STEP""")
    write("transform-rectangular",
          ["*TRANSFORM, TYPE=R: supports with a value and a nodal force in turned systems,",
           "displacements and reactions printed local (the default) and global."], out)

    mesh, out = sector("C3D20R")
    out += text("""
*NSET, NSET=PLANES
START, END
*TRANSFORM, NSET=PLANES, TYPE=C
0., 0., 0., 0., 0., 1.""") + STEEL + text("""
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 0.
*STEP
*STATIC
*BOUNDARY
** no motion around the axis on both planes of symmetry
PLANES, 2, 2
FLOOR, 3, 3
*DLOAD
1, P6, 5.
3, P6, 5.
*CLOAD
** radial force at one node of the system
%d, 1, 0.4
*TEMPERATURE
NALL, 30.
INNER, 80.
*NODE PRINT, NSET=PLANES, TOTALS=YES
U, RF
*NODE PRINT, NSET=PLANES, GLOBAL=YES
U, RF
*EL PRINT, ELSET=EALL
S
*END STEP""" % mesh.number[(4, 0, 2)])
    write("transform-cylindrical",
          ["*TRANSFORM, TYPE=C: a ring sector with symmetry planes, pressure and heat."], out)

    mesh, out = bar("C3D20R", counts=(2, 1, 1))
    right = mesh.where(lambda k: k[0] == 4)
    master, others = right[0], right[1:]
    eq = []
    for n in others:
        eq += ["2", "%d, 1, 1., %d, 1, -1." % (n, master)]
    eq += ["** a mean of three, on two lines",
           "5", "%d, 2, 2., %d, 2, -0.5, %d, 2, -0.5, %d, 3, -0.25," % (others[2], others[0], others[1], master),
           "%d, 3, 0.125" % others[3]]
    out += ["*EQUATION"] + eq + STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*CLOAD
%d, 1, 3.
** a force on a dependent node
%d, 2, -1.
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S
*END STEP""" % (master, others[2]))
    write("equation",
          ["*EQUATION: an end face kept plane, a weighted mean of three nodes, forces on",
           "independent and dependent nodes, reactions at nodes with equations."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    left = mesh.where(lambda k: k[0] == 0)
    right = mesh.where(lambda k: k[0] == 6)
    out += ["*EQUATION", "** turned nodes in an equation: its components are those of the turned system",
            "2", "%d, 1, 1., %d, 1, -1." % (right[1], right[0]),
            "** a dependent component that hangs on a supported one with a value",
            "2", "%d, 2, 1., %d, 2, 2." % (right[2], right[3]),
            "*TRANSFORM, NSET=RIGHT", "1., 0.3, 0., -0.3, 1., 0.2"] + STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
%d, 2, 2, 0.002
*CLOAD
%d, 1, 1.
*NODE PRINT, NSET=NALL
U, RF
*END STEP""" % (right[3], right[0]))
    write("equation-transform",
          ["*EQUATION between nodes with a *TRANSFORM, and on a supported component with a value."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    right = mesh.where(lambda k: k[0] == 6)
    mid = mesh.where(lambda k: k[0] == 4)
    out += ["*EQUATION", "** the end face at one temperature"]
    for n in right[1:]:
        out += ["2", "%d, 11, 1., %d, 11, -1." % (n, right[0])]
    out += text("""
*MATERIAL, NAME=COPPER
*CONDUCTIVITY
3.8
*SOLID SECTION, ELSET=EALL, MATERIAL=COPPER
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, , 10.
*CFLUX
%d, 0, 5.
%d, 11, 1.
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*EL PRINT, ELSET=EALL
HFL
*END STEP""" % (right[0], mid[1]))
    write("heat-equation", ["*EQUATION on temperatures (degree of freedom 11) in a heat step; *CFLUX on 0 and 11."], out)


def steps():
    mesh, out = bar("C3D8", counts=(3, 1, 1))
    right = mesh.where(lambda k: k[0] == 6)
    mid = mesh.where(lambda k: k[0] == 4)
    pr = ["*NODE PRINT, NSET=NALL, TOTALS=YES", "U, RF", "*EL PRINT, ELSET=EALL", "S"]
    out += STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*CLOAD
RIGHT, 1, 1.
{a}, 2, 0.5
*DLOAD
1, P2, 1.
2, P2, 2.
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S
*END STEP
** step 2: one value changed, the others and the print requests stay
*STEP
*STATIC
*CLOAD
{a}, 2, -1.
*DLOAD
2, P2, 3.
*END STEP
** step 3: OP=NEW removes all nodal forces, then gives one; pressures stay
*STEP
*STATIC
*CLOAD, OP=NEW
{b}, 3, 2.
*DLOAD, OP=MOD
1, P1, 0.5
*NODE PRINT, NSET=RIGHT
U
*END STEP
** step 4: no pressures at all; element prints of step 1 still stand
*STEP
*STATIC
*DLOAD, OP=NEW
*CLOAD, OP=MOD
{b}, 3, 1.
*END STEP""".format(a=right[0], b=right[1]))
    write("steps-loads", ["Four steps: *CLOAD and *DLOAD with OP=MOD and OP=NEW, print requests carried over."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    right = mesh.where(lambda k: k[0] == 6)
    out += STEEL + text("""
*BOUNDARY
LEFT, 1, 3
*STEP
*STATIC
*BOUNDARY
RIGHT, 1, 1, 0.01
{a}, 2, 2, -0.004
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*END STEP
** step 2: a value changed, a support added, the rest stays
*STEP
*STATIC
*BOUNDARY, OP=MOD
{a}, 2, 2, 0.006
{b}, 3, 3, 0.002
*END STEP
** step 3: all supports are removed and only these set
*STEP
*STATIC
*BOUNDARY, OP=NEW
LEFT, 1, 3
RIGHT, 2, 2, 0.003
*END STEP
** step 4: what is there is kept fixed where it is
*STEP
*STATIC
*BOUNDARY, FIXED
{a}, 1, 3
*CLOAD
{b}, 3, 0.7
*END STEP""".format(a=right[0], b=right[1]))
    write("steps-boundary", ["Four steps: *BOUNDARY outside and inside of steps, OP=MOD, OP=NEW, FIXED, values."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += STEEL + text("""
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 15.
*AMPLITUDE, NAME=WARMUP
0., 0., 1., 0.5, 2., 1.
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*TEMPERATURE
NALL, 40.
RIGHT, 80.
*NODE PRINT, NSET=NALL
NT, U, RF
*EL PRINT, ELSET=EALL
S, ME
*END STEP
** step 2: nothing said about temperatures: they stay
*STEP
*STATIC
*CLOAD
TIP, 2, 0.5
*END STEP
** step 3: some changed
*STEP
*STATIC
*TEMPERATURE
RIGHT, 20.
*END STEP
** step 4: OP=NEW takes all back to the initial temperature, then sets one end
*STEP
*STATIC
*TEMPERATURE, OP=NEW
RIGHT, 55.
*END STEP
** step 5: with an amplitude; the step lasts 2
*STEP
*STATIC
1., 2.
*TEMPERATURE, AMPLITUDE=WARMUP
LEFT, 60.
*END STEP""")
    write("steps-temperature", ["Five steps: *TEMPERATURE kept, changed, OP=NEW, with an amplitude; initial temperature 15."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    right = mesh.where(lambda k: k[0] == 6)
    out += STEEL + text("""
** eight numbers a line, four points a line
*AMPLITUDE, NAME=SAW
0., 0., 0.5, 1., 1., 0.25, 1.5, 2.,
2., 0.5
*AMPLITUDE, NAME=TOTAL, TIME=TOTAL TIME
0., 0., 4., 2.
*STEP
*STATIC
0.5, 1.
*BOUNDARY
LEFT, 1, 3
*BOUNDARY, AMPLITUDE=SAW
{a}, 2, 2, 0.01
*CLOAD, AMPLITUDE=SAW
RIGHT, 1, 1.
*DLOAD, AMPLITUDE=TOTAL
1, P2, 2.
*DLOAD
2, P1, 1.
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S
*END STEP
** step 2: step time starts again, total time goes on; what had a step-time amplitude and is
** not named again keeps the value it had at the end of step 1
*STEP
*STATIC
0.5, 1.5
*CLOAD, AMPLITUDE=SAW
{b}, 3, 1.
*END STEP""".format(a=right[0], b=right[1]))
    write("static-amplitude",
          ["*AMPLITUDE in linear *STATIC steps: one solution at the end of the step, values at that time;",
           "step time and total time, boundary values, forces, pressures."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += text("""
*MATERIAL, NAME=COPPER
*CONDUCTIVITY
3.8
*SOLID SECTION, ELSET=EALL, MATERIAL=COPPER
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 10.
*AMPLITUDE, NAME=PULSE
0., 0., 0.25, 1., 0.5, 0.5, 1., 2.
*STEP
*HEAT TRANSFER, STEADY STATE
0.25, 1.
*BOUNDARY
** no amplitude: grows from the initial temperature over the step
LEFT, 11, 11, 30.
*DFLUX, AMPLITUDE=PULSE
3, S4, 8.
1, BF, 2.
*FILM, AMPLITUDE=PULSE
2, F2, 20., 0.5
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*EL PRINT, ELSET=EALL
HFL
*END STEP
** step 2: fixed increments of 0.2; flux at step-time amplitude of step 1 keeps its last value
*STEP
*HEAT TRANSFER, STEADY STATE, DIRECT
0.2, 1.
*BOUNDARY
LEFT, 11, 11, 0.
*NODE PRINT, NSET=RIGHT, TOTALS=ONLY
NT, RFL
*EL PRINT, ELSET=EALL, FREQUENCY=2
HFL
*END STEP""")
    write("heat-increments",
          ["Steady heat transfer in increments: growth of the increment, amplitudes, values without",
           "amplitude that ramp, DIRECT, FREQUENCY."], out)

    mesh, out = bar("C3D20R", counts=(2, 1, 1))
    out += text("""
*MATERIAL, NAME=COPPER
*CONDUCTIVITY
3.8
*SOLID SECTION, ELSET=EALL, MATERIAL=COPPER
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 0.
*TIME POINTS, NAME=WHEN
0.15, 0.4, 0.75
*TIME POINTS, NAME=EVERY, GENERATE
0.25, 1., 0.25
*STEP
*HEAT TRANSFER, STEADY STATE
0.3, 1.
*BOUNDARY
LEFT, 11, 11, 0.
*CFLUX
TIP, 11, 4.
*NODE PRINT, NSET=NALL, TIME POINTS=WHEN
NT
*EL PRINT, ELSET=EALL
HFL
*END STEP
*STEP
*HEAT TRANSFER, STEADY STATE
0.4, 1.
*CFLUX
TIP, 11, -2.
*NODE PRINT, NSET=RIGHT, TIME POINTS=EVERY
NT, RFL
*END STEP""")
    write("heat-time-points", ["*TIME POINTS, listed and generated: where the increments end and what is printed."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += text("""
*MATERIAL, NAME=STEEL
*ELASTIC
2100., 0.3
1800., 0.32, 100.
*EXPANSION
1.2e-5
*CONDUCTIVITY
4.
*DENSITY
7.8
*SPECIFIC HEAT
0.46
*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, 11, 20.
*DFLUX
3, S4, 60.
*NODE PRINT, NSET=NALL
NT, RFL
*EL PRINT, ELSET=EALL
HFL
*END STEP
** the temperatures of step 1 load the structure; the reference is the initial temperature
*STEP
*STATIC
1., 1.
*BOUNDARY
LEFT, 1, 3
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, U, RF
*EL PRINT, ELSET=EALL
S, E, ME
*END STEP
** and once more, in two increments, to another temperature and with a force
*STEP
*STATIC, DIRECT
0.5, 1.
*TEMPERATURE
RIGHT, 120.
*CLOAD
TIP, 3, 0.8
*END STEP""".replace("2100., 0.3\n", "2100., 0.3, 0.\n"))
    write("heat-then-static",
          ["Steady heat transfer, then *STATIC with its temperatures, then two increments more:",
           "after a heat step ccx takes the incremental path also for linear statics."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += text("""
*MATERIAL, NAME=STEEL
*ELASTIC
2100., 0.3
*EXPANSION
1.2e-5
*CONDUCTIVITY
4.
*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, 11, 30.
*DFLUX
3, S4, 60.
*NODE PRINT, NSET=NALL
NT, U
*EL PRINT, ELSET=EALL
S
*END STEP
** the temperatures grow from the initial ones to those of step 1
*STEP
*STATIC, DIRECT
0.5, 1.
*BOUNDARY
LEFT, 1, 3
*CLOAD
TIP, 2, 0.6
*END STEP
*STEP
*HEAT TRANSFER, STEADY STATE, DIRECT
0.5, 1.
*DFLUX
3, S4, 20.
*END STEP
** and now from those of step 1 to those of step 3
*STEP
*STATIC, DIRECT
0.5, 1.
*END STEP""")
    write("heat-static-heat-static",
          ["Heat and statics by turns, the static steps in two increments: how temperatures and forces grow."], out)

    mesh, out = bar("C3D20R", counts=(2, 1, 1))
    out += text("""
*MATERIAL, NAME=STEEL
*ELASTIC
2100., 0.3
*EXPANSION
1.2e-5
*CONDUCTIVITY
4.
*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, 11, 20.
*FILM
2, F4, 150., 2.
*DFLUX
EALL, BF, 5.
*NODE PRINT, NSET=NALL
NT
*END STEP
*STEP
*STATIC
1., 1.
*BOUNDARY
LEFT, 1, 3
*NODE PRINT, NSET=NALL
NT, U, RF
*EL PRINT, ELSET=EALL
S
*EL FILE
S
*END STEP""")
    write("heat-then-static-quadratic", ["The same flow with C3D20R cells: quadratic temperatures into thermal strain."], out)


def surfaces():
    mesh, out = bar("C3D8", counts=(3, 2, 1), size=(3.0, 2.0, 1.0))
    out += text("""
*ELSET, ELSET=UPPER
4, 5, 6
*SURFACE, NAME=TOPSIDE, TYPE=ELEMENT
UPPER, S5
*SURFACE, NAME=ENDS
3, S4
6, S4
1, S6
*SURFACE, NAME=POINTS, TYPE=NODE
RIGHT
1""") + STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*DSLOAD
TOPSIDE, P, 2.
ENDS, P, -1.
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S
*END STEP
*STEP
*STATIC
** OP=NEW also takes away what a *DLOAD gave
*DSLOAD, OP=NEW
TOPSIDE, P, 3.
*DLOAD
1, P1, 0.5
*END STEP""")
    write("surface-dsload", ["*SURFACE of element faces (sets and single cells) and of nodes, *DSLOAD."], out)

    mesh, out = bar("C3D20R", counts=(2, 2, 1), size=(2.0, 2.0, 1.0))
    out += text("""
*SURFACE, NAME=CUT
1, S4
3, S4
*SURFACE, NAME=FOOT
1, S6
3, S6""") + STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*CLOAD
TIP, 1, 1.
TIP, 2, -2.
TIP, 3, 0.5
*NODE PRINT, NSET=LEFT, TOTALS=ONLY
RF
*SECTION PRINT, SURFACE=CUT, NAME=SP1
SOF, SOM, SOAREA
*SECTION PRINT, SURFACE=FOOT, NAME=SP2
SOF
*END STEP""")
    write("section-print", ["*SECTION PRINT: force, moment and area of an inner and an outer section, C3D20R."], out)

    mesh, out = bar("C3D8", counts=(2, 2, 1), size=(2.0, 2.0, 1.0))
    out += text("""
*SURFACE, NAME=CUT
1, S4
3, S4
*SURFACE, NAME=EXIT
2, S4
4, S4
*MATERIAL, NAME=STEEL
*CONDUCTIVITY
4.
*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, 11, 50.
*FILM
2, F4, 10., 2.
4, F4, 5., 1.
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*SECTION PRINT, SURFACE=CUT, NAME=SP1
FLUX
*SECTION PRINT, SURFACE=EXIT, NAME=SP2
FLUX
*END STEP""")
    write("section-print-flux", ["*SECTION PRINT of heat flux through an inner and an outer section, C3D8."], out)

    mesh, out = bar("C3D10", counts=(2, 1, 1))
    out += text("""
*SURFACE, NAME=FOOT""") + ["%d, S%d" % (i + 1, f) for i, f in tet_faces(mesh, lambda k: k[0] == 0)] + STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*DSLOAD
FOOT, P, 1.
*CLOAD
TIP, 2, 1.
*NODE PRINT, NSET=LEFT, TOTALS=YES
RF
*SECTION PRINT, SURFACE=FOOT, NAME=SP1
SOF
*END STEP""")
    write("section-print-tet", ["*SECTION PRINT and *DSLOAD on faces of C3D10."], out)


def tet_faces(mesh, test):
    faces = [(0, 1, 2), (0, 3, 1), (1, 3, 2), (2, 3, 0)]
    keys = {n: k for k, n in mesh.number.items()}
    for i, c in enumerate(mesh.cells):
        for f, nodes in enumerate(faces):
            if all(test(keys[c[n]]) for n in nodes):
                yield i, f + 1


def planes():
    # plane stress where ccx's expanded cells and the two-dimensional theory are the same
    out, elements, sections, bc, loads, temps = [], [], [], [], [], []
    first, cell = 1, 1
    kinds = ["CPS3", "CPS4", "CPS6", "CPS8", "CPS8R"]
    # a CPS8R cell alone is a mechanism: ccx does not look, gcgan refuses it
    for b, kind in enumerate(kinds[:4]):
        shape = "tri" if kind[3] in "36" else "quad"
        place = lambda p, b=b: (p[0] + 0.3 * p[1] + 2.5 * b, p[1] + 0.2 * p[0])
        mesh = build(shape, kind[3] in "68", (1, 1), (1.5, 1.0), place, first=first)
        mesh.cells = mesh.cells[:1]
        used = sorted({n for c in mesh.cells for n in c})
        keys = {n: k for k, n in mesh.number.items()}
        out += ["*NODE, NSET=NALL"] + ["%d, %s" % (n, ", ".join(number(x) for x in mesh.place(keys[n]))) for n in used]
        elements += elements_text(mesh, kind, "EALL", cell)
        bc += ["%d, 1, 2" % mesh.number[(0, 0)], "%d, 2, 2" % mesh.number[(2, 0)]]
        loads += ["%d, P%d, %s" % (cell, f + 1, number(0.5 * f - 0.4 + 0.1 * b)) for f in range(3)]
        loads += ["%d, GRAV, 9.81, 0.5, -1., 0." % cell, "%d, CENTRIF, 2., 0.1, 0.2, 0., 0., 0., 1." % cell]
        temps += ["%d, %s" % (n, number(20.0 + 7.0 * mesh.place(keys[n])[0] - 5.0 * mesh.place(keys[n])[1])) for n in used]
        first += len(mesh.key)
        cell += 1
    out += elements + text("""
*MATERIAL, NAME=SHEET
*ELASTIC
2100., 0.3
*DENSITY
1.e-2
*EXPANSION
1.2e-5
*SOLID SECTION, ELSET=EALL, MATERIAL=SHEET
1.e-3
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*STATIC
*BOUNDARY""") + bc + ["*DLOAD"] + loads + text("""
*NODE PRINT, NSET=NALL
U, RF
*EL PRINT, ELSET=EALL
S, E
*EL PRINT, ELSET=EALL, TOTALS=YES
EVOL, ELSE
*END STEP
*STEP
*STATIC
*TEMPERATURE""") + temps + text("""
*END STEP""")
    write("plane-stress-single",
          ["One parallelogram or straight triangle of each fully integrated plane-stress type alone, thin: here (only) the",
           "cells ccx expands and the two-dimensional theory agree although nu is not 0."], out)

    out, elements, bc, loads, tips = [], [], [], [], []
    first, cell = 1, 1
    for b, kind in enumerate(kinds):
        shape = "tri" if kind[3] in "36" else "quad"
        place = lambda p, b=b: tuple(x + y for x, y in zip(bend2(p), (0.0, 1.6 * b)))
        quadratic = kind[3] in "68"
        mesh = build(shape, quadratic, (2, 1) if quadratic else (3, 2), (2.0, 1.0), place, first=first)
        out += nodes_text(mesh)
        elements += elements_text(mesh, kind, "EALL", cell)
        bc += ["%d, 1, 2" % n for n in mesh.where(lambda k: k[0] == 0)]
        loads += ["%d, P%d, %s" % (cell + f % len(mesh.cells), f + 1, number(1.0 - 0.4 * f)) for f in range(3)]
        end = mesh.where(lambda k: k[0] == (4 if quadratic else 6))
        tips += ["%d, 2, 1.e-3" % end[-1], "%d, 1, -5.e-4" % end[0]]
        first += len(mesh.key)
        cell += len(mesh.cells)
    out += elements + text("""
*MATERIAL, NAME=SHEET
*ELASTIC
2100., 0.
*DENSITY
1.e-2
*SOLID SECTION, ELSET=EALL, MATERIAL=SHEET
1.e-3
*STEP
*STATIC
*BOUNDARY""") + bc + ["*DLOAD"] + loads + ["EALL, GRAV, 9.81, 0.3, -1., 0.", "*CLOAD"] + tips + text("""
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S, E
*END STEP""")
    write("plane-stress-nu0",
          ["Bending of distorted plane-stress cells with nu = 0, where thickness plays no part:",
           "the expanded cells and the two-dimensional theory agree on any mesh."], out)

    mesh = build("quad", True, (2, 2), (2.0, 1.5), bend2)
    out = nodes_text(mesh) + elements_text(mesh, "CPE8R")
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
    out += list_text("*NSET, NSET=RIGHT", mesh.where(lambda k: k[0] == 4))
    out += text("""
*ORIENTATION, NAME=TILTED
1., 0.5, 0., -0.5, 1., 0.
*TRANSFORM, NSET=LEFT
0.8, -0.6, 0., 0.6, 0.8, 0.
*TRANSFORM, NSET=RIGHT
0.6, 0.8, 0., -0.8, 0.6, 0.
*MATERIAL, NAME=FIBRE
*ELASTIC, TYPE=ENGINEERING CONSTANTS
1400., 900., 700., 0.28, 0.22, 0.31, 300., 260.,
210.
*EXPANSION, TYPE=ORTHO
1.e-5, 2.e-5, 3.e-5
*SOLID SECTION, ELSET=EALL, MATERIAL=FIBRE, ORIENTATION=TILTED
0.25
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 0.
*STEP
*STATIC
*BOUNDARY
** in the turned system
LEFT, 1, 1
LEFT, 2, 2, 0.001
*CLOAD
RIGHT, 1, 0.2
*TEMPERATURE""") + temperature_text(mesh, warm) + text("""
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*NODE PRINT, NSET=LEFT, GLOBAL=YES
U, RF
*EL PRINT, ELSET=EALL
S, E
*EL PRINT, ELSET=EALL, GLOBAL=YES
S
*END STEP""")
    write("plane-strain-orientation",
          ["CPE8R with engineering constants in an *ORIENTATION, supports and forces in a *TRANSFORM."], out)

    mesh = build("quad", True, (2, 2), (1.0, 2.0), bend2, origin=(0.0, 0.0))
    mesh.place = lambda k, f=mesh.place: f(k)
    mesh = build("quad", True, (2, 2), (1.0, 2.0), lambda p: (p[0] * (1.0 + 0.1 * math.sin(p[1])), p[1] + 0.1 * p[0] * p[0]))
    keys = {n: k for k, n in mesh.number.items()}
    out = nodes_text(mesh) + elements_text(mesh, "CAX8R")
    out += list_text("*NSET, NSET=AXIS", mesh.where(lambda k: k[0] == 0))
    out += list_text("*NSET, NSET=FLOOR", mesh.where(lambda k: k[1] == 0))
    out += list_text("*NSET, NSET=MANTLE", mesh.where(lambda k: k[0] == 4))
    out += text("""
*MATERIAL, NAME=WOOD
*ELASTIC, TYPE=ORTHO
1500., 400., 900., 350., 300., 700., 260., 220.,
180.
*EXPANSION, TYPE=ORTHO
1.e-5, 2.e-5, 3.e-5
*CONDUCTIVITY, TYPE=ORTHO
5., 2., 3.
*DENSITY
0.01
*SOLID SECTION, ELSET=EALL, MATERIAL=WOOD
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
FLOOR, 11, 11, 100.
*FILM
2, F2, 20., 2.
4, F2, 20., 2.
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*EL PRINT, ELSET=EALL
HFL
*END STEP
*STEP
*STATIC
1., 1.
*BOUNDARY
AXIS, 1, 1
FLOOR, 2, 2
*DLOAD
EALL, CENTRIF, 4., 0., 0., 0., 0., 1., 0.
*NODE PRINT, NSET=NALL
NT, U, RF
*EL PRINT, ELSET=EALL
S
*END STEP""")
    write("axisymmetric-solid-cylinder",
          ["CAX8R down to the axis (r = 0), orthotropic, heat and then stress and rotation in one deck."], out)

    # a uniform state on distorted cells: exact in plane stress too
    out, elements, bc, loads = [], [], [], []
    first, cell = 1, 1
    for b, kind in enumerate(["CPS4", "CPS8R", "CPS3"]):
        shape = "tri" if kind[3] in "36" else "quad"
        quadratic = kind[3] in "68"
        def place(p, b=b):
            inside = 16.0 * p[0] * (1 - p[0]) * p[1] * (1 - p[1])
            return (p[0] + 0.06 * inside * math.sin(7 * p[1]), p[1] + 0.05 * inside + 1.5 * b)
        mesh = build(shape, quadratic, (2, 2), (1.0, 1.0), place, first=first)
        # straight edges inside, so that the uniform state is exact
        keys = {n: k for k, n in mesh.number.items()}
        pos = {n: mesh.place(keys[n]) for n in keys}
        if quadratic:
            for c in mesh.cells:
                for e, (i, j) in enumerate([(0, 1), (1, 2), (2, 3), (3, 0)]):
                    pos[c[4 + e]] = tuple((x + y) / 2 for x, y in zip(pos[c[i]], pos[c[j]]))
        out += ["*NODE, NSET=NALL"] + ["%d, %s" % (n, ", ".join(number(x) for x in pos[n])) for n in sorted(keys)]
        elements += elements_text(mesh, kind, "EALL", cell)
        side = 2
        for i, c in enumerate(mesh.cells):
            edges = [(0, 1), (1, 2), (2, 3), (3, 0)] if shape == "quad" else [(0, 1), (1, 2), (2, 0)]
            for f, (p, q) in enumerate(edges):
                a, d = keys[c[p]], keys[c[q]]
                if a[0] == d[0] == 4:
                    loads.append("%d, P%d, -2." % (cell + i, f + 1))
                if a[1] == d[1] == 4:
                    loads.append("%d, P%d, 1." % (cell + i, f + 1))
        bc += ["%d, 1, 1" % n for n in sorted(keys) if keys[n][0] == 0]
        bc += ["%d, 2, 2" % n for n in sorted(keys) if keys[n][1] == 0]
        first += len(mesh.key)
        cell += len(mesh.cells)
    out += elements + text("""
*MATERIAL, NAME=SHEET
*ELASTIC
2100., 0.3
*EXPANSION
1.2e-5
*SOLID SECTION, ELSET=EALL, MATERIAL=SHEET
1.e-3
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 20.
*STEP
*STATIC
*BOUNDARY""") + bc + ["*DLOAD"] + loads + text("""
*TEMPERATURE
NALL, 70.
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S, E, ME
*END STEP""")
    write("plane-stress-uniform",
          ["A patch test in plane stress with nu = 0.3 and uniform heating: uniform stress on distorted cells."], out)


def mixed():
    # hexahedra, wedges and tetrahedra in one body is hard to join; side by side with equations is not
    mesh = build("hex", False, (2, 1, 1), (2.0, 1.0, 1.0), bend)
    keys = mesh.number
    out = nodes_text(mesh)
    c = mesh.cells
    out += ["*ELEMENT, TYPE=C3D8, ELSET=EALL", "1, " + ", ".join(map(str, c[0])),
            "*ELEMENT, TYPE=C3D6, ELSET=EALL",
            "2, " + ", ".join(str(c[1][i]) for i in (0, 1, 2, 4, 5, 6)),
            "3, " + ", ".join(str(c[1][i]) for i in (0, 2, 3, 4, 6, 7))]
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
    out += list_text("*NSET, NSET=TIP", [mesh.number[(4, 2, 2)]])
    out += ["** nodes that belong to nothing", "*NODE, NSET=LOOSE", "101, 5., 5., 5.", "102, 6., 5., 5."]
    out += STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*CLOAD
TIP, 1, 1.
TIP, 3, 1.
*NODE PRINT, NSET=NALL
U, RF
*NODE PRINT, NSET=LOOSE
U
*EL PRINT, ELSET=EALL
S, E
*EL PRINT, ELSET=EALL, TOTALS=YES
EVOL
*NODE FILE
U
*EL FILE
S
*END STEP""")
    write("mixed-cells", ["C3D8 and C3D6 in one element set, blocks with rows of different counts; loose nodes."], out)


def more_heat():
    mesh, out = bar("C3D8", counts=(3, 1, 1))
    right = mesh.where(lambda k: k[0] == 6)
    out += text("""
*MATERIAL, NAME=COPPER
*CONDUCTIVITY
3.8
*SOLID SECTION, ELSET=EALL, MATERIAL=COPPER
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 10.
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY
LEFT, 11, 11, 30.
*CFLUX
RIGHT, 11, 0.5
*DFLUX
1, S1, 2.
2, BF, 1.
*FILM
2, F3, 50., 0.5
*NODE PRINT, NSET=NALL, TOTALS=YES
NT, RFL
*END STEP
** step 2: changed and added, two increments: coefficients ramp, the sink temperature does not
*STEP
*HEAT TRANSFER, STEADY STATE, DIRECT
0.5, 1.
*FILM, OP=MOD
2, F3, 90., 1.5
3, F5, 20., 0.3
*CFLUX
{a}, 11, 2.
*DFLUX
1, S1, 3.
** the same once more in the same step: added
1, S1, 1.
*END STEP
** step 3: each kind cleared on its own
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*FILM, OP=NEW
2, F3, 60., 0.7
*CFLUX, OP=NEW
{b}, 11, 1.
*DFLUX, OP=NEW
3, BF, 2.
*END STEP
** step 4: supports cleared, one film holds the body
*STEP
*HEAT TRANSFER, STEADY STATE
1., 1.
*BOUNDARY, OP=NEW
{b}, 11, 11, 5.
*END STEP""".format(a=right[0], b=right[1]))
    write("heat-steps", ["Four heat steps: *CFLUX, *DFLUX, *FILM, *BOUNDARY carried over, changed, added, OP=NEW."], out)

    for kind in ("C3D8", "C3D20", "C3D10"):
        mesh, out = bar(kind, counts=(3, 1, 1) if kind == "C3D8" else (2, 1, 1))
        last = len(mesh.cells)
        out += text("""
*MATERIAL, NAME=ALLOY
*CONDUCTIVITY, TYPE=ORTHO
2., 3., 1., 20.
4., 4., 3., 80.
*SOLID SECTION, ELSET=EALL, MATERIAL=ALLOY
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 10.
*AMPLITUDE, NAME=EARLY
0., 0., 0.05, 1., 1., 1.
*STEP, INC=1000
*HEAT TRANSFER, STEADY STATE, DIRECT
0.05, 1.
*BOUNDARY, AMPLITUDE=EARLY
LEFT, 11, 11, 100.
*DFLUX, AMPLITUDE=EARLY
%d, BF, 8.
*CFLUX, AMPLITUDE=EARLY
TIP, 11, -6.
*NODE PRINT, NSET=NALL, TOTALS=YES, FREQUENCY=1000
NT, RFL
*EL PRINT, ELSET=EALL, FREQUENCY=1000
HFL
*END STEP""" % last)
        write("conductivity-table-" + kind.lower(),
              ["Orthotropic conductivity that depends on temperature, %s: at which temperature it is taken." % kind,
               "Printed after nineteen increments at rest, see conductivity-table."], out)


def more_surfaces():
    for kind in ("C3D8", "C3D20", "C3D6", "C3D15"):
        mesh, out = bar(kind, counts=(2, 1, 1))
        hexa = kind in ("C3D8", "C3D20")
        out += ["*SURFACE, NAME=FOOT"] + (["1, S6"] if hexa else ["2, S5"])
        out += ["*SURFACE, NAME=HEAD"] + (["2, S4"] if hexa else ["3, S4"])
        out += STEEL + text("""
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*DSLOAD
HEAD, P, -2.
*CLOAD
TIP, 2, 0.5
*NODE PRINT, NSET=LEFT, TOTALS=YES
RF
*EL PRINT, ELSET=EALL
S
*SECTION PRINT, SURFACE=FOOT, NAME=SP1
SOF
*SECTION PRINT, SURFACE=HEAD, NAME=SP2
SOF
*END STEP""")
        write("section-print-" + kind.lower(),
              ["*SECTION PRINT on %s: nodal stresses extrapolated and averaged as ccx does." % kind], out)

    mesh = build("quad", True, (2, 1), (2.0, 1.0), bend2)
    out = nodes_text(mesh) + elements_text(mesh, "CPE8")
    out += list_text("*NSET, NSET=LEFT", mesh.where(lambda k: k[0] == 0))
    out += text("""
*ELSET, ELSET=BOTH
1, 2
*SURFACE, NAME=TOPSIDE
BOTH, S3
*SURFACE, NAME=END
2, S2
*MATERIAL, NAME=STEEL
*ELASTIC
2100., 0.3
*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL
0.2
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 2
*DSLOAD
TOPSIDE, P, 1.5
END, P, -0.5
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL
S, E
*END STEP""")
    write("surface-dsload-plane", ["*DSLOAD on sides of CPE8: plane cells in surfaces, numbered by sides."], out)

    mesh, out = bar("C3D8", counts=(3, 1, 1))
    out += text("""
*AMPLITUDE, NAME=HALF
0., 0., 2., 1.
*MATERIAL, NAME=STEEL
*ELASTIC
2100., 0.3
*DENSITY
7.8e-3
*SOLID SECTION, ELSET=EALL, MATERIAL=STEEL
*ELSET, ELSET=END
3
*STEP
*STATIC
*BOUNDARY
LEFT, 1, 3
*DLOAD
EALL, GRAV, 9.81, 0., 0., -2.
EALL, GRAV, 4., 1., 0., 0.
END, CENTRIF, 3., 0., 0., 0., 0., 0., 2.
*NODE PRINT, NSET=NALL, TOTALS=YES
U, RF
*EL PRINT, ELSET=EALL, TOTALS=YES
ELSE
*END STEP
** step 2: the same direction again replaces, with an amplitude; the other stays
*STEP
*STATIC
*DLOAD, AMPLITUDE=HALF
EALL, GRAV, 20., 0., 0., -1.
*END STEP
** step 3: all body loads gone but this
*STEP
*STATIC
*DLOAD, OP=NEW
END, GRAV, 9.81, 0., -1., 0.
*END STEP""")
    write("steps-body-loads",
          ["GRAV in two directions and CENTRIF on a set: what adds, what replaces, what stays; directions not of length one."], out)


def all_features():
    more_heat()
    more_surfaces()
    materials()
    syntax()
    constraints()
    steps()
    surfaces()
    planes()
    mixed()
