"""Rings and crowns of stents against beam theory, and the plain tube against Lamé (cases A19, A20 and what belongs to them)."""

import math

from cases_analytic import MM, THIN, figure, models
from decks import Deck
from meshes import Mesh, arc, blend, even, line
from parts import Part, Quantity
from shapes import quarter_ring

E, NU = 200000.0, 0.3
SHEAR = E / (2 * (1 + NU))


def ring():
    mean, depth, width, force, t = 1.5, 0.1, 0.1, 0.01, 0.001
    inertia = width * depth ** 3 / 12
    across = force * mean ** 3 / (E * inertia) * (2 / math.pi - 0.5)
    along = force * mean ** 3 / (E * inertia) * (math.pi / 4 - 2 / math.pi)

    def build(model):
        around, radial = model.mesh
        mesh = quarter_ring(model.type, mean - depth / 2, mean + depth / 2, even(radial), even(around))
        deck = Deck(mesh, f"A19 ring under two opposite loads, {model.name}")
        deck.read("SIDE", mean, 0)
        deck.read("TOP", 0, mean)
        deck.nset("BOTTOM", mesh.nodes_where(lambda x, y: abs(y) < 1e-6))
        deck.nset("LEFT", mesh.nodes_where(lambda x, y: abs(x) < 1e-6))
        top = mesh.facets_where(lambda x, y: abs(x) < 1e-6)
        share = force / 2 / (depth * width)
        forces = mesh.consistent_forces(top, lambda x, y: (0.0, -share), t)
        deck.material("COBALT", elastic=(E, NU))
        deck.section("COBALT", thickness=t)
        deck.fix("BOTTOM", 2)
        deck.fix("LEFT", 1)
        deck.arrows.append((top, (0, -1), "P = 0.01 N"))
        deck.step("*STATIC", *deck.cloads(forces))
        return deck

    thin = "the thin ring leaves out axial and shear strain, a part of (h/R)² = 0.4 % each, and the spread of the load"
    return Part(
        "A19", "A19-stent-ring", "Ring under two opposite loads (parallel plates)", "stent",
        "Verifies the bending of a stent's ring between parallel plates.", MM,
        models(("CPS8", [(16, 2), (32, 2), (64, 4)], 1), ("CPS8R", [(32, 2)], None),
               ("CPS4", [(64, 4), (128, 8), (256, 16)], None)),
        [Quantity("growth of the radius across the load", "displacement x", {"set": "SIDE"},
                  figure(across / 2, "mm"), "2 %", thin),
         Quantity("shrinkage of the radius along the load", "displacement y", {"set": "TOP"},
                  figure(-along / 2, "mm"), "2 %", thin)],
        build, "Timoshenko, Strength of Materials II (1941), article 78",
        """A ring of mean radius 1.5 mm, 0.1 mm thick and wide, is pressed by two opposite forces of 0.01 N, which are spread over the cut section. A quarter
is modelled. E = 200 GPa, ν = 0.3. """ + THIN.replace("0.01", "0.001") + " The forces are scaled with it.")


def tube():
    inner, outer, pressure = 1.4, 1.5, 0.02
    b2, a2 = outer ** 2, inner ** 2
    constant = pressure * a2 / (b2 - a2)

    def u(r):
        return constant / E * ((1 - NU) * r + (1 + NU) * b2 / r)

    def build(model):
        around, radial = model.mesh
        mesh = quarter_ring(model.type, inner, outer, even(radial), even(around))
        deck = Deck(mesh, f"A19 plain tube under pressure, {model.name}")
        deck.read("INNER", inner, 0)
        deck.read("OUTER", 0, outer)
        deck.nset("BOTTOM", mesh.nodes_where(lambda x, y: abs(y) < 1e-6))
        deck.nset("LEFT", mesh.nodes_where(lambda x, y: abs(x) < 1e-6))
        wall = mesh.facets_where(lambda x, y: abs(math.hypot(x, y) - inner) < 1e-6)
        t = 0.001
        forces = mesh.consistent_forces(
            wall, lambda x, y: (pressure * x / math.hypot(x, y), pressure * y / math.hypot(x, y)), t)
        deck.material("COBALT", elastic=(E, NU))
        deck.section("COBALT", thickness=t)
        deck.fix("BOTTOM", 2)
        deck.fix("LEFT", 1)
        deck.arrows.append((wall, (0, 0), "p = 0.02 MPa"))
        deck.step("*STATIC", *deck.cloads(forces))
        return deck

    return Part(
        "A32", "A32-stent-tube", "Plain tube of a stent under pressure", "stent",
        "Verifies the radial stiffness of the tube that stents are cut from.", MM,
        models(("CPS8", [(8, 1), (16, 2), (32, 2)], 1), ("CPS8R", [(16, 2)], None),
               ("CPS4", [(32, 2), (64, 4), (128, 4)], None)),
        [Quantity("growth of the inner radius", "displacement x", {"set": "INNER"},
                  figure(u(inner), "mm"), "1 %", "the round boundary by quadratic elements"),
         Quantity("growth of the outer radius", "displacement y", {"set": "OUTER"},
                  figure(u(outer), "mm"), "1 %", "the round boundary by quadratic elements")],
        build, "Lamé; Timoshenko and Goodier, Theory of Elasticity, article 28",
        """A tube of radii 1.4 and 1.5 mm under an inner pressure of 0.02 MPa, its ends free: a quarter of a slice in plane stress. E = 200 GPa, ν = 0.3. """
        + THIN.replace("0.01", "0.001") + " The forces are scaled with it.")


def crown(part, folder, length, radius, width, thickness, count):
    """Half a crown, a strut along the axis and half a crown: what each strut of a ring is."""
    force, t = 0.01, 0.001
    inertia, area = thickness * width ** 3 / 12, thickness * width
    half = length / 2
    bending = 2 * radius * (half ** 2 * math.pi / 2 + 2 * half * radius + radius ** 2 * math.pi / 4) + length ** 3 / 12
    # Of each crown the axial and the shear force are F cos φ and F sin φ, of the strut the shear force is F; the shear factor of a rectangle is 6/5.
    arcs = 2 * radius * math.pi / 4
    flexibility = (bending / (E * inertia) + arcs / (E * area) + 1.2 * (arcs + length) / (SHEAR * area))
    stretch = force * flexibility

    def build(model):
        along, across, around = model.mesh
        mesh = Mesh(tolerance=1e-7)
        r, w = radius, width / 2
        # Quarter crown about (0, r) from the apex (0, 0), strut, quarter crown about (2 r, r + L) to the apex (2 r, 2 r + L).
        mesh.add_patch(blend(arc((0, r), r - w, -90, 0), arc((0, r), r + w, -90, 0)), even(around), even(across), model.type)
        mesh.add_patch(blend(line((r - w, r), (r - w, r + length)), line((r + w, r), (r + w, r + length))),
                       even(along), even(across), model.type)
        mesh.add_patch(blend(arc((2 * r, r + length), r + w, 180, 90), arc((2 * r, r + length), r - w, 180, 90)),
                       even(around), even(across), model.type)
        deck = Deck(mesh, f"{part} crown of a stent, {model.name}")
        deck.read("APEX", 2 * r, 2 * r + length)
        deck.nset("ROOT", mesh.nodes_where(lambda x, y: abs(x) < 1e-6))
        deck.read("FOOT", 0, 0)
        end = mesh.nodes_where(lambda x, y: abs(x - 2 * r) < 1e-6)
        deck.tie(end, 1)
        deck.material("COBALT", elastic=(E, NU))
        deck.section("COBALT", thickness=t)
        deck.fix("ROOT", 1)
        deck.fix("FOOT", 2)
        deck.step("*STATIC", *deck.cloads({end[0]: (force * t / thickness, 0.0)}))
        return deck

    k = 1 / flexibility
    return Part(
        part, folder, f"Crown and strut of a stent, strut {length:g} mm, crown {radius:g} mm", "stent",
        "Verifies the stiffness of a stent's ring against opening: bending of struts and crowns.", MM,
        models(("CPS8", [(12, 2, 8), (24, 4, 16), (48, 8, 32)], 1), ("CPS8R", [(24, 4, 16)], None),
               ("CPS4", [(48, 8, 32), (96, 16, 64), (192, 16, 64)], None)),
        [Quantity("stretch from apex to apex", "displacement x", {"set": "APEX"}, figure(stretch, "mm"), "1 %",
                  "the formula is that of straight beams, in the crowns too")],
        build, "Castigliano; Timoshenko, Strength of Materials I (1940), article 68",
        f"""A strut of {length:g} mm along the axis between two quarter crowns of mean radius {radius:g} mm, {width:g} mm wide and {thickness:g} mm thick, is stretched by
0.01 N along the circumference. The sections at both apexes keep their place along it. E = 200 GPa, ν = 0.3. Bending, axial and shear strain together give the stiffness
{k:.6g} N/mm; a ring of {count} struts has the radial stiffness 4 π² k / {count} = {4 * math.pi ** 2 * k / count:.5g} N/mm. """ + THIN.replace("0.01", "0.001") + " The force is scaled with it.")


def parts():
    return [ring(), crown("A20", "A20-stent-crown", 1.2, 0.35, 0.08, 0.08, 16), tube(),
            crown("A33", "A33-stent-crown-long", 1.8, 0.25, 0.1, 0.1, 12)]
