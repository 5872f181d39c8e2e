"""The parts whose answer is known in closed form: cases A01 to A28."""

import math

from decks import Deck, number
from meshes import Mesh, arc, blend, box, even, graded, joined, piecewise_linear
from parts import Model, Part, Quantity
from shapes import quarter_plate_with_hole, quarter_ring, wall_section

MM = {"length": "mm", "force": "N"}
THIN = "The plane models are given a section of 0.01 mm so that programs which expand plane "\
       "elements to three dimensions agree with the plane theory."


def figure(value, unit=""):
    """A reference value with ten digits."""
    return f"{value:.10g} {unit}".strip()


def models(*table):
    """Models from rows (type, meshes ..., stated index or None)."""
    result = []
    for type_name, meshes, stated in table:
        result += [Model(type_name, mesh, stated=i == stated) for i, mesh in enumerate(meshes)]
    return result


# ---------------------------------------------------------------------------------------------------
# A01


def lame_cylinder():
    a, b, p, e, nu = 20.0, 40.0, 50.0, 210000.0, 0.3
    c = p * a * a / (b * b - a * a)

    def radial(r):
        return (1 + nu) / e * c * ((1 - 2 * nu) * r + b * b / r)

    def build(model):
        axial = model.type.startswith("CAX")
        radially, other = model.mesh
        if axial:
            mesh = wall_section(model.type, a, b, 5.0, even(radially), even(other))
            inside = mesh.facets_where(lambda r, z: abs(r - a) < 1e-6)
        else:
            mesh = quarter_ring(model.type, a, b, even(radially), even(other))
            inside = mesh.facets_where(lambda x, y: abs(math.hypot(x, y) - a) < 1e-6)
        deck = Deck(mesh, f"A01 Lame cylinder under internal pressure, {model.name}")
        deck.read("A", a, 0)
        deck.read("M", (a + b) / 2, 0)
        deck.read("B", b, 0)
        deck.watch("A")
        deck.nset("BOTTOM", mesh.nodes_where(lambda x, y: abs(y) < 1e-6))
        if axial:
            deck.nset("TOP", mesh.nodes_where(lambda x, y: abs(y - 5) < 1e-6))
        else:
            deck.nset("LEFT", mesh.nodes_where(lambda x, y: abs(x) < 1e-6))
        deck.surface("BORE", inside)
        deck.material("STEEL", elastic=(e, nu))
        deck.section("STEEL", thickness=None if axial else 1.0)
        deck.fix("BOTTOM", 2)
        deck.fix(*(("TOP", 2) if axial else ("LEFT", 1)))
        deck.arrows.append((inside, "normal", "p = 50 MPa"))
        deck.step("*STATIC", "*DSLOAD", f"BORE, P, {number(p)}")
        return deck

    edge = "boundary stress on a converged mesh, case A01"
    inner = "displacement on a converged mesh, case A01"
    mises = math.sqrt(((c * (1 + b * b / a / a) + p) ** 2 + (c * (1 + b * b / a / a) - 2 * nu * c) ** 2
                       + (2 * nu * c + p) ** 2) / 2)
    return Part(
        "A01", "A01-lame-cylinder", "Thick cylinder under internal pressure (Lamé)", "part",
        "Verifies axisymmetric and plane-strain elasticity, pressure on a curved edge and stresses "
        "recovered at a boundary.",
        MM,
        models(("CAX8", [(4, 1), (8, 2), (16, 4)], 2), ("CAX8R", [(16, 4)], None),
               ("CAX4", [(8, 2), (16, 4), (32, 8)], None), ("CAX4R", [(16, 4)], None),
               ("CAX6", [(16, 4)], None), ("CAX3", [(16, 4)], None),
               ("CPE8", [(4, 6), (8, 12), (16, 24)], 2), ("CPE8R", [(16, 24)], None),
               ("CPE4", [(8, 12), (16, 24), (32, 48)], None), ("CPE4R", [(16, 24)], None),
               ("CPE6", [(8, 12)], None), ("CPE3", [(16, 24)], None)),
        [Quantity("radial displacement at r = 20 mm", "displacement x", {"set": "A"},
                  figure(radial(a), "mm"), "0.1 %", inner),
         Quantity("radial displacement at r = 40 mm", "displacement x", {"set": "B"},
                  figure(radial(b), "mm"), "0.1 %", inner),
         Quantity("hoop stress at r = 20 mm", "stress max-principal", {"set": "A"},
                  figure(c * (1 + b * b / a / a), "MPa"), "1 %", edge),
         Quantity("hoop stress at r = 40 mm", "stress max-principal", {"set": "B"},
                  figure(c * 2, "MPa"), "1 %", edge),
         Quantity("radial stress at r = 30 mm", "stress min-principal", {"set": "M"},
                  figure(c * (1 - b * b / 900), "MPa"), "1 %", edge),
         Quantity("axial stress at r = 30 mm", "stress mid-principal", {"set": "M"},
                  figure(2 * nu * c, "MPa"), "1 %", edge),
         Quantity("von Mises stress at r = 20 mm", "stress von-mises", {"set": "A"},
                  figure(mises, "MPa"), "1 %", edge)],
        build, "Lamé; Timoshenko and Goodier, Theory of Elasticity, article 28",
        """A long cylinder, inner radius 20 mm and outer radius 40 mm, carries an internal pressure of
50 MPa. It cannot lengthen (plane strain). E = 210 GPa, ν = 0.3.

With c = p a²/(b² − a²): σ_r = c (1 − b²/r²), σ_θ = c (1 + b²/r²), σ_z = 2 ν c and
u_r = (1 + ν)/E · c ((1 − 2ν) r + b²/r).

The cylinder is modelled twice: as an axisymmetric section held at both ends (CAX), and as a quarter
ring in plane strain (CPE). At the three read-out points the hoop, axial and radial stresses are the
largest, middle and smallest principal stress, so the same reading serves both.""")


# ---------------------------------------------------------------------------------------------------
# A03


def kirsch_plate():
    a, w, s, e, nu, t = 5.0, 50.0, 100.0, 70000.0, 0.33, 0.01
    kappa = (3 - nu) / (1 + nu)
    shear = e / 2 / (1 + nu)

    def stress(x, y):
        r, angle = math.hypot(x, y), math.atan2(y, x)
        q = (a / r) ** 2
        c2, c4, s2, s4 = (f(n * angle) for f in (math.cos, math.sin) for n in (2, 4))
        return (s * (1 - q * (1.5 * c2 + c4) + 1.5 * q * q * c4),
                s * (-q * (0.5 * c2 - c4) - 1.5 * q * q * c4),
                s * (-q * (0.5 * s2 + s4) + 1.5 * q * q * s4))

    def displacement(x, y):
        r, angle = math.hypot(x, y), math.atan2(y, x)
        return s * a / 8 / shear * (
            r / a * (kappa + 1) * math.cos(angle)
            + 2 * a / r * ((1 + kappa) * math.cos(angle) + math.cos(3 * angle))
            - 2 * (a / r) ** 3 * math.cos(3 * angle))

    def build(model):
        around, radial = model.mesh
        mesh = quarter_plate_with_hole(model.type, a, w, w, around, radial)
        deck = Deck(mesh, f"A03 Kirsch hole with exact tractions, {model.name}")
        deck.read("A", a, 0)
        deck.read("B", 0, a)
        deck.read("E", w, 0)
        deck.watch("B")
        deck.nset("BOTTOM", mesh.nodes_where(lambda x, y: abs(y) < 1e-5))
        deck.nset("LEFT", mesh.nodes_where(lambda x, y: abs(x) < 1e-5))
        right = mesh.facets_where(lambda x, y: abs(x - w) < 1e-5)
        top = mesh.facets_where(lambda x, y: abs(y - w) < 1e-5)
        forces = mesh.consistent_forces(right, lambda x, y: stress(x, y)[0::2], t)
        upper = mesh.consistent_forces(top, lambda x, y: (stress(x, y)[2], stress(x, y)[1]), t)
        for node, force in upper.items():
            forces[node] = [p + q for p, q in zip(forces.get(node, (0, 0)), force)]
        deck.material("ALUMINIUM", elastic=(e, nu))
        deck.section("ALUMINIUM", thickness=t)
        deck.fix("BOTTOM", 2)
        deck.fix("LEFT", 1)
        deck.arrows.append((right, (1, 0), "exact tractions"))
        deck.arrows.append((top, (0, 1), ""))
        deck.step("*STATIC", *deck.cloads(dict(sorted(forces.items()))))
        return deck

    peak = "peak stress of the case, 1 %"
    disp = "displacement of the case, 0.1 %"
    return Part(
        "A03", "A03-kirsch-hole", "Hole in a plate with exact tractions (Kirsch)", "part",
        "Verifies a plane-stress stress concentration free of any finite-width error: the outer edges "
        "carry the tractions of the infinite plate.",
        MM,
        models(("CPS8", [(4, 6), (8, 12), (16, 24)], 2), ("CPS8R", [(16, 24)], None),
               ("CPS6", [(4, 6), (8, 12), (12, 18)], 2),
               ("CPS4", [(4, 6), (8, 12), (16, 24)], None), ("CPS3", [(16, 24)], None)),
        [Quantity("hoop stress at the top of the hole (0, 5)", "stress xx", {"set": "B"},
                  "300 MPa", "1 %", peak),
         Quantity("hoop stress at the side of the hole (5, 0)", "stress yy", {"set": "A"},
                  "-100 MPa", "1 %", peak),
         Quantity("stress across the ligament at (0, 10)", "stress xx", {"point": "0 mm, 10 mm"},
                  figure(stress(0, 10)[0], "MPa"), "1 %", peak),
         Quantity("displacement u_x at (5, 0)", "displacement x", {"set": "A"},
                  figure(displacement(a, 0), "mm"), "0.1 %", disp),
         Quantity("displacement u_y at (0, 5)", "displacement y", {"set": "B"},
                  figure(-s * a / e, "mm"), "0.1 %", disp),
         Quantity("displacement u_x at (50, 0)", "displacement x", {"set": "E"},
                  figure(displacement(w, 0), "mm"), "0.1 %", disp)],
        build, "Kirsch 1898; Timoshenko and Goodier, Theory of Elasticity, article 35",
        """A plate under a far tension of 100 MPa along x has a hole of radius 5 mm. One quarter of a
100 × 100 mm cut-out is modelled. On x = 50 mm and y = 50 mm the tractions of the infinite plate act,
as nodal forces integrated with each element's own shape functions, so that the closed solution is
exact on the finite square. E = 70 GPa, ν = 0.33, plane stress. """ + THIN + " The forces are scaled "
        "with it.")


# ---------------------------------------------------------------------------------------------------
# A05


def bent_bar():
    length, b, h, e, nu, moment = 50.0, 10.0, 8.0, 70000.0, 0.33, 2000.0
    inertia = b * h ** 3 / 12
    curvature = moment / e / inertia

    def build(model):
        nx, ny, nz = model.mesh
        mesh = Mesh(tolerance=1e-6)
        mesh.add_block(box((0, -b / 2, -h / 2), (length, b / 2, h / 2)), even(nx), even(ny), even(nz),
                       model.type)
        deck = Deck(mesh, f"A05 pure bending of a bar, {model.name}")
        deck.read("O", 0, 0, 0)
        deck.read("C", length, 0, 0)
        deck.read("S", length, b / 2, 0)
        deck.read("F", length / 2, 0, h / 2)
        deck.watch("F")
        deck.nset("ROOT", mesh.nodes_where(lambda x, y, z: abs(x) < 1e-6))
        deck.nset("AXISZ", mesh.nodes_where(lambda x, y, z: abs(x) + abs(y) < 1e-6))
        end = mesh.facets_where(lambda x, y, z: abs(x - length) < 1e-6)
        forces = mesh.consistent_forces(end, lambda x, y, z: (moment * z / inertia,))
        deck.material("ALUMINIUM", elastic=(e, nu))
        deck.section("ALUMINIUM")
        deck.fix("ROOT", 1)
        deck.fix("AXISZ", 2)
        deck.fix("O", 3)
        deck.arrows.append((end, lambda x, y, z: (z / h, 0, 0), "M = 2 N m"))
        deck.step("*STATIC", *deck.cloads(forces))
        return deck

    exact = "the solution is quadratic, so quadratic elements hold it exactly (patch test)"
    quantities = [
        Quantity("deflection of the centroid over 50 mm (curvature × 1250 mm²)", "displacement z",
                 {"set": "C"}, figure(-curvature * length ** 2 / 2, "mm"), "0.0001 %", exact,
                 minus="O"),
        Quantity("anticlastic deflection over 5 mm (ν × curvature × 12.5 mm²)", "displacement z",
                 {"set": "S"}, figure(nu * curvature * b * b / 8, "mm"), "0.0001 %", exact, minus="C"),
        Quantity("stress in the outer fibre", "stress xx", {"set": "F"},
                 figure(moment * h / 2 / inertia, "MPa"), "0.0001 %", exact)]
    return Part(
        "A05", "A05-bent-bar", "Pure bending of a bar with anticlastic curvature", "part",
        "Verifies that solid elements hold a quadratic displacement field: every quadratic element "
        "must reproduce the bar to round-off on any of these meshes.",
        MM,
        models(("C3D20R", [(2, 2, 2), (4, 2, 2), (8, 4, 4)], 1), ("C3D20", [(2, 2, 2), (4, 2, 2)], 1),
               ("C3D10", [(2, 2, 2), (4, 2, 2)], 1), ("C3D15", [(2, 2, 2), (4, 2, 2)], 1),
               ("C3D8I", [(4, 2, 2), (8, 4, 4)], None),
               ("C3D8", [(4, 2, 2), (8, 4, 4), (16, 4, 4)], None),
               ("C3D8R", [(16, 4, 4)], None), ("C3D6", [(16, 4, 4)], None),
               ("C3D4", [(16, 4, 4)], None)),
        quantities, build, "St-Venant bending; Timoshenko and Goodier, Theory of Elasticity, article 102",
        """A bar of 50 × 10 × 8 mm is bent by a moment of 2000 N mm, brought in as the linear traction
σ_x = M z/I on the end x = 50 mm. The other end may not move along x; its centre is held, and its
vertical middle line may not move sideways. E = 70 GPa, ν = 0.33.

The exact field is u = (k x z, −ν k y z, −(k/2)(x² + ν(z² − y²))) with k = M/(E I) =
6.6964286e-05 1/mm. Curvatures are read as deflections: over 50 mm the centroid sinks by
k · 1250 mm², and from the middle to the side of the end face the bar curls up by ν k · 12.5 mm².""",
        "The models of eight-node bricks, six-node wedges and four-node tetrahedra are here to show "
        "shear locking and its cure: with incompatible modes (C3D8I) the brick bends exactly but for "
        "the anticlastic part, without them (C3D8) it is too stiff.",
        view={"turn": -60})


# ---------------------------------------------------------------------------------------------------
# A08 and B18: one generator, two cylinders


def hot_cylinder(case, model, a, b, material, temperatures, zero, middle):
    """A long cylinder wall: steady conduction, then the thermal stresses, in one deck."""
    e, nu, alpha, conductivity = material
    split = [b if middle is None else middle]
    height = (b - a) / 4
    solid = model.type.startswith("C3D")
    radially, around = model.mesh
    first = max(1, round(radially * 0.4))
    cut = (split[0] - a) / (b - a)
    knots = joined(graded(first, 1.6, 0, cut), graded(radially - first, 1.8, cut, 1))
    if solid:
        mesh = Mesh(tolerance=1e-7 * b)
        plan = blend(arc((0, 0), a, 0, 90), arc((0, 0), b, 0, 90))
        mesh.add_block(lambda r, s, t: (*plan(s, r), t * height), knots, even(around), even(1),
                       model.type)
        radius, axis = (lambda x, y, z: math.hypot(x, y)), 3
    else:
        mesh = wall_section(model.type, a, b, height, knots, even(around))
        radius, axis = (lambda r, z: r), 2
    near = 1e-6 * b
    deck = Deck(mesh, f"{case} long cylinder with a radial heat flow, {model.name}")
    rest = (0, 0) if solid else (0,)
    deck.read("A", a, *rest)
    deck.read("M", split[0], *rest)
    deck.read("B", b, *rest)
    deck.watch("A")
    deck.nset("INSIDE", mesh.nodes_where(lambda *p: abs(radius(*p) - a) < near))
    deck.nset("OUTSIDE", mesh.nodes_where(lambda *p: abs(radius(*p) - b) < near))
    deck.nset("BOTTOM", mesh.nodes_where(lambda *p: abs(p[-1]) < near))
    top = mesh.nodes_where(lambda *p: abs(p[-1] - height) < near)
    deck.nset("TOP", top)
    held = ["BOTTOM, %d, %d" % (axis, axis)]
    deck.support("BOTTOM", [axis])
    if solid:
        deck.nset("CUTX", mesh.nodes_where(lambda x, y, z: abs(x) < near))
        deck.nset("CUTY", mesh.nodes_where(lambda x, y, z: abs(y) < near))
        held += ["CUTX, 1, 1", "CUTY, 2, 2"]
        deck.support("CUTX", [1])
        deck.support("CUTY", [2])
    deck.material("WALL", elastic=(e, nu), expansion=alpha, zero=zero, conductivity=conductivity)
    deck.section("WALL")
    deck.initial_temperature(zero)
    deck.tie(top, axis)
    inside = mesh.facets_where(lambda *p: abs(radius(*p) - a) < near)
    outside = mesh.facets_where(lambda *p: abs(radius(*p) - b) < near)
    deck.arrows.append((inside, "dots", f"T = {number(temperatures[0])}"))
    deck.arrows.append((outside, "dots", f"T = {number(temperatures[1])}"))
    deck.step("*HEAT TRANSFER, STEADY STATE", "*BOUNDARY",
              f"INSIDE, 11, 11, {number(temperatures[0])}",
              f"OUTSIDE, 11, 11, {number(temperatures[1])}",
              comment="steady conduction through the wall")
    deck.step("*STATIC", "*BOUNDARY", *held,
              comment="thermal stress: the temperatures of the first step are carried over")
    return deck


CARRIED = """

The deck has two steps: `*HEAT TRANSFER, STEADY STATE` computes the temperatures and `*STATIC` the
stresses. CalculiX 2.20 carries the temperatures of the first step into the second, with no
`*TEMPERATURE` in between, and so must gcgan."""


def heated_wall():
    a, b, e, nu, alpha, drop = 20.0, 40.0, 210000.0, 0.3, 12e-6, 100.0
    k = e * alpha * drop / 2 / (1 - nu) / math.log(b / a)

    def hoop(r):
        return k * (1 - math.log(b / r) - a * a / (b * b - a * a) * (1 + b * b / r / r)
                    * math.log(b / a))

    def radial(r):
        return k * (-math.log(b / r) - a * a / (b * b - a * a) * (1 - b * b / r / r)
                    * math.log(b / a))

    def axial(r):
        return k * (1 - 2 * math.log(b / r) - 2 * a * a / (b * b - a * a) * math.log(b / a))

    plane, solid = ["CAX8", "CAX8R", "CAX6", "CAX4"], ["C3D20R", "C3D20"]
    reason = "thermal stress on a converged mesh, case A08"
    quantities = [Quantity("temperature at r = 30 mm", "temperature", {"set": "M"},
                           figure(20 + drop * math.log(b / 30) / math.log(b / a), "degC"), "0.1 %",
                           "conduction alone converges faster than the stresses", step=1)]
    for types, hoops, axials, label in ((plane, "zz", "yy", ""), (solid, "yy", "zz", ", solid")):
        quantities += [
            Quantity(f"hoop stress at r = 20 mm{label}", f"stress {hoops}", {"set": "A"},
                     figure(hoop(a), "MPa"), "1 %", reason, models=types),
            Quantity(f"hoop stress at r = 40 mm{label}", f"stress {hoops}", {"set": "B"},
                     figure(hoop(b), "MPa"), "1 %", reason, models=types),
            Quantity(f"axial stress at r = 20 mm{label}", f"stress {axials}", {"set": "A"},
                     figure(axial(a), "MPa"), "1 %", reason, models=types),
            Quantity(f"axial stress at r = 40 mm{label}", f"stress {axials}", {"set": "B"},
                     figure(axial(b), "MPa"), "1 %", reason, models=types)]
    quantities.append(Quantity("radial stress at r = 30 mm", "stress xx", {"set": "M"},
                               figure(radial(30.0), "MPa"), "1 %", reason))
    return Part(
        "A08", "A08-heated-cylinder-wall", "Cylinder wall with a steady heat flow", "chip",
        "Verifies conduction followed by thermal stress in one deck, with end planes that stay plane.",
        {**MM, "temperature": "degC", "power": "W"},
        models(("CAX8", [(4, 1), (8, 2), (16, 4)], 2), ("CAX8R", [(4, 1), (8, 2), (16, 4)], None),
               ("CAX6", [(16, 4)], None), ("CAX4", [(8, 2), (16, 4), (32, 8)], None),
               ("C3D20R", [(8, 6), (16, 12)], 1), ("C3D20", [(8, 6)], None)),
        quantities,
        lambda model: hot_cylinder("A08", model, a, b, (e, nu, alpha, 0.05), (120.0, 20.0), 20.0, 30.0),
        "Timoshenko and Goodier, Theory of Elasticity, article 151",
        """The wall of a long cylinder, radii 20 and 40 mm, is 120 °C inside and 20 °C outside; steady
conduction gives T(r) = 20 + 100 ln(b/r)/ln(b/a). Plane sections stay plane and the axial force is
zero. E = 210 GPa, ν = 0.3, α = 12e-6 1/K, stress-free at 20 °C. The conductivity does not matter.

With K = E α ΔT / (2 (1 − ν) ln(b/a)): σ_θ = K [1 − ln(b/r) − a²/(b² − a²) (1 + b²/r²) ln(b/a)],
σ_r = K [−ln(b/r) − a²/(b² − a²) (1 − b²/r²) ln(b/a)] and σ_z = σ_r + σ_θ.""" + CARRIED)


# ---------------------------------------------------------------------------------------------------
# A10


def thermal_patch():
    e, nu, alpha, rise = 130000.0, 0.28, 2.6e-6, 100.0

    def build(model):
        n = model.mesh[0]
        knots = [even(n)] * 3
        points = {}
        for i in range(n + 1):
            for j in range(n + 1):
                for k in range(n + 1):
                    p = [i / n, j / n, k / n]
                    for axis in range(3 if model.label != "regular" else 0):
                        if 0 < p[axis] < 1:
                            p[axis] += 0.22 / n * math.sin(1 + 2.3 * i + 1.7 * j + 2.9 * k + axis)
                    points[i, j, k] = tuple(p)
        mesh = Mesh(tolerance=1e-7, straight=True)
        mesh.add_block(piecewise_linear(points, knots), *knots, model.type)
        deck = Deck(mesh, f"A10 thermal patch tests, {model.name}")
        deck.read("O", 0, 0, 0)
        deck.read("P", *points[n // 2, n // 2, n // 2] if n > 1 else (1, 1, 1))
        deck.read("Q", 1, 1, 1)
        deck.watch("P")
        faces = ("X0", 0, 0), ("X1", 0, 1), ("Y0", 1, 0), ("Y1", 1, 1), ("Z0", 2, 0), ("Z1", 2, 1)
        for name, axis, side in faces:
            deck.nset(name, mesh.nodes_where(lambda *p, a=axis, s=side: abs(p[a] - s) < 1e-6))
            deck.support(name, [axis + 1])
        deck.nset("EX", [mesh.node_at(1, 0, 0)])
        deck.nset("EY", [mesh.node_at(0, 1, 0)])
        deck.material("SILICON", elastic=(e, nu), expansion=alpha, zero=0)
        deck.section("SILICON")
        deck.initial_temperature(0)
        block = {a: [f"{'XYZ'[a]}{s}, {a + 1}, {a + 1}" for s in (0, 1)] for a in range(3)}
        hold = [[f"{'XYZ'[a]}0, {a + 1}, {a + 1}"] for a in range(3)]
        free = ["O, 1, 3", "EX, 2, 3", "EY, 3, 3"]
        new = "*BOUNDARY, OP=NEW"
        deck.step("*STATIC", "*BOUNDARY", *block[0], *block[1], *block[2], "*TEMPERATURE",
                  f"ALL, {number(rise)}", comment="(a) all faces held")
        deck.step("*STATIC", new, *block[0], *block[1], *hold[2], comment="(b) free along z")
        deck.step("*STATIC", new, *block[0], *hold[1], *hold[2], comment="(c) held along x only")
        deck.step("*STATIC", new, *free, comment="(d) free")
        field = [f"{i},{number(rise * (0.3 * x - 0.2 * y + 0.1 * z))}"
                 for i, (x, y, z) in enumerate(mesh.points, 1)]
        deck.step("*STATIC", "*TEMPERATURE", *field,
                  comment="(e) free, temperature linear in x, y and z")
        return deck

    blocked = "exact for every element: the field is linear; round-off only"
    base = -e * alpha * rise
    quantities = []
    for step, label, value, components in (
            (1, "(a) all faces held", base / (1 - 2 * nu), ("xx", "yy", "zz")),
            (2, "(b) free along z", base / (1 - nu), ("xx", "yy")),
            (3, "(c) held along x only", base, ("xx",))):
        for component in components:
            quantities.append(Quantity(f"{label}, stress {component}", f"stress {component}",
                                       {"set": "P"}, f"{value:.12g} MPa", "1e-7 %", blocked, step=step))
    tiny = f"{1e-6 * e * alpha * rise:.6g} MPa"
    quantities.append(Quantity("(d) free, largest von Mises stress", "stress von-mises", "max", "0 MPa",
                               tiny, "1e-6 E α ΔT: round-off against the stress of a held cube", step=4))
    straight = ["C3D10"] + [f"{t} regular 2" for t in ("C3D20", "C3D20R", "C3D15")]
    quantities.append(Quantity("(e) free, linear temperature, largest von Mises stress",
                               "stress von-mises", "max", "0 MPa", tiny,
                               "1e-6 E α ΔT: the displacement is quadratic, which quadratic elements "
                               "hold on straight (hexahedra and wedges: parallel) edges", step=5,
                               models=straight))
    quantities.append(Quantity("(e) displacement u_x at (1, 1, 1)", "displacement x", {"set": "Q"},
                               figure(-0.2 * alpha * rise, "mm"),
                               "0.0001 %", "as above", step=5, models=straight))
    # C3D8R and C3D8I of CalculiX do not hold a constant stress on a distorted mesh, see the page
    weak = ("C3D8R", "C3D8I")
    table = [Model(t, (2,), label="distorted", stated=t not in weak)
             for t in ("C3D4", "C3D6", "C3D8", "C3D8R", "C3D8I", "C3D10", "C3D15", "C3D20", "C3D20R")]
    table += [Model("C3D20R", (n,), label="distorted") for n in (3, 4)]
    table += [Model("C3D10", (n,), label="distorted") for n in (1, 3)]
    table += [Model(t, (2,), label="regular", stated=True)
              for t in ("C3D8R", "C3D8I", "C3D15", "C3D20", "C3D20R")]
    return Part(
        "A10", "A10-thermal-patch", "Thermal patch tests of a heated cube", "chip",
        "Verifies thermal strain in every solid element on a distorted mesh: held cubes carry exactly "
        "the closed stress, a free cube carries none.",
        {**MM, "temperature": "degC"}, table, quantities, build, "closed form: Duhamel–Neumann law",
        """A unit cube (E = 130 GPa, ν = 0.28, α = 2.6e-6 1/K) is heated by 100 K on a distorted mesh.
One deck holds five load cases as five steps:

| step | held | σ |
| --- | --- | --- |
| 1 (a) | all faces along their normals | σ_xx = σ_yy = σ_zz = −E α ΔT/(1 − 2ν) |
| 2 (b) | x and y faces; z is free | σ_xx = σ_yy = −E α ΔT/(1 − ν) |
| 3 (c) | x faces; y and z are free | σ_xx = −E α ΔT |
| 4 (d) | rigid motion only | 0 |
| 5 (e) | rigid motion only, T = 30 x − 20 y + 10 z | 0 |

In case (e) the exact displacement is quadratic: u_x = α (T x − g_x (x² + y² + z²)/2) and so on, with
the gradient g of T, plus the small rotation that puts the held nodes back.""",
        """First-order elements cannot hold case (e). Twenty-node bricks and fifteen-node wedges hold a
full quadratic only while their opposite edges are parallel, so case (e) is asked of them on the
regular mesh, and of the ten-node tetrahedron on the distorted one too. As the answers are exact on
every mesh there is no order of convergence to observe: a finer mesh shows round-off.

Two elements of CalculiX 2.20 do not pass on a distorted mesh. C3D8I with incompatible modes misses
the constant stress of (a) to (c) by up to 0.5 %, and the hourglass stiffness of C3D8R leaves 0.07 MPa
(0.2 % of E α ΔT) in the free cube of (d). Both pass on the regular mesh, which is the stated one for
them; the distorted models are kept to show it. CalculiX's averaged nodal stresses of eight- and
twenty-node bricks are low by 4e-5, because the coefficients that carry stresses from points to nodes
have four digits and do not add up to one; the stresses at the points are exact.""",
        view={"model": "C3D20R distorted 2", "note": "step (a): all faces held, heated by 100 K"})


# ---------------------------------------------------------------------------------------------------
# A11


def bimetal_strip():
    length, t1, t2, e1, e2, a1, a2, rise = 100.0, 1.0, 1.0, 200000.0, 110000.0, 12e-6, 17e-6, 80.0
    m, n = t1 / t2, e1 / e2
    curvature = 6 * (a2 - a1) * rise * (1 + m) ** 2 / (
        (t1 + t2) * (3 * (1 + m) ** 2 + (1 + m * n) * (m * m + 1 / (m * n))))
    width = 1.0

    def build(model):
        nx, nz = model.mesh[0], model.mesh[-1]
        mesh = Mesh(tolerance=1e-6)
        layers = (("LOWER", -t1, 0.0), ("UPPER", 0.0, t2))
        solid = model.type.startswith("C3D")
        for name, low, high in layers:
            if solid:
                mesh.add_block(lambda r, s, t, lo=low, hi=high: (r * length, lo + (hi - lo) * s, 2 * t),
                               even(nx), even(nz), even(1), model.type, name)
            else:
                mesh.add_patch(box((0, low), (length, high)), even(nx), even(nz), model.type, name)
        rest = (0,) if solid else ()
        deck = Deck(mesh, f"A11 bimetal strip, {model.name}")
        deck.read("O", 0, 0, *rest)
        deck.read("MID", length / 2, 0, *rest)
        deck.read("TIP", length, 0, *rest)
        deck.watch("MID")
        deck.nset("ROOT", mesh.nodes_where(lambda x, *p: abs(x) < 1e-6))
        for name, e, a in (("STEEL", e1, a1), ("COPPER", e2, a2)):
            deck.material(name, elastic=(e, 0.0), expansion=a, zero=0)
        for name, metal in (("LOWER", "STEEL"), ("UPPER", "COPPER")):
            deck.section(metal, elset=name, thickness=None if solid else width)
        deck.initial_temperature(0)
        deck.fix("ROOT", 1)
        deck.fix("O", 2, 3 if solid else 2)
        if solid:
            deck.nset("FRONT", mesh.nodes_where(lambda x, y, z: abs(z) < 1e-6))
            deck.fix("FRONT", 3)
        deck.step("*STATIC", "*TEMPERATURE", f"ALL, {number(rise)}")
        return deck

    reason = "curvature of the case, 0.5 %, away from the ends"
    return Part(
        "A11", "A11-bimetal-strip", "Bimetal strip (Timoshenko)", "chip",
        "Verifies the bow of a bonded pair of layers with different expansion, the kernel of package "
        "warpage.",
        {**MM, "temperature": "degC"},
        models(("CPS8", [(20, 1), (40, 2), (80, 4)], 1), ("CPS8R", [(20, 1), (40, 2), (80, 4)], 1),
               ("CPS6", [(40, 2)], None), ("CPS4", [(50, 2), (100, 3), (150, 6)], None),
               ("C3D20R", [(20, 1), (40, 2)], None), ("C3D20", [(20, 1), (40, 2)], None),
               ("C3D8I", [(100, 2)], None)),
        [Quantity("bow over 50 mm (curvature × 1250 mm²)", "displacement y", {"set": "MID"},
                  figure(-curvature * 1250, "mm"), "0.5 %", reason, minus="O"),
         Quantity("deflection of the free end (curvature × 5000 mm²)", "displacement y",
                  {"set": "TIP"}, figure(-curvature * 5000, "mm"), "0.5 %", reason, minus="O")],
        build, "S. Timoshenko, Journal of the Optical Society of America 11 (1925) 233",
        """Two layers of 1 mm are bonded: below E = 200 GPa, α = 12e-6 1/K, above E = 110 GPa,
α = 17e-6 1/K. ν = 0, as beam theory wants it. The strip is 100 mm long, held in its plane of symmetry
at x = 0, and heated by 80 K.

κ = 6 (α₂ − α₁) ΔT (1 + m)² / (h [3 (1 + m)² + (1 + m n)(m² + 1/(m n))]) with m = t₁/t₂,
n = E₁/E₂ and h = t₁ + t₂ gives κ = 2.9325187e-4 1/mm, a radius of 3410 mm. It is read as the bow of
the interface, κ x²/2, at half length and at the end; the strip bends down, away from the layer that
grows more.""",
        "At the free end the layers part from beam theory within about one thickness, which is 2 % of "
        "the length and moves the end deflection by far less than the tolerance. First-order "
        "quadrilaterals (CPS4) lock in bending and need many cells along the strip.",
        view={"stretch": (1, 6), "note": "heated by 80 K"})


# ---------------------------------------------------------------------------------------------------
# A14


def composite_sphere():
    share, radius = 0.40, 10.0
    core, shell = (410000.0, 0.17, 4e-6), (70000.0, 0.33, 23e-6)
    inner = radius * share ** (1 / 3)
    bulk1, bulk2 = (e / 3 / (1 - 2 * nu) for e, nu, _ in (core, shell))
    shear2 = shell[0] / 2 / (1 + shell[1])
    bulk = bulk2 + share / (1 / (bulk1 - bulk2) + 3 * (1 - share) / (3 * bulk2 + 4 * shear2))
    alpha = shell[2] + (core[2] - shell[2]) * (1 / bulk - 1 / bulk2) / (1 / bulk1 - 1 / bulk2)
    pressure = 100.0

    def plane(mesh, type_name, n, layers):
        half = 0.55 * inner
        knee = (half * 0.92, half * 0.92)

        def square(s, t):
            bottom = (half * s, 0.0)
            side = (half + (knee[0] - half) * t, knee[1] * t)
            roof = (knee[0] * s, half + (knee[1] - half) * s)
            left = (0.0, half * t)
            corner = ((1 - s) * (1 - t), s * (1 - t), s * t, (1 - s) * t)
            points = ((0.0, 0.0), (half, 0.0), knee, (0.0, half))
            return tuple((1 - t) * bottom[d] + t * roof[d] + (1 - s) * left[d] + s * side[d]
                         - sum(c * p[d] for c, p in zip(corner, points)) for d in (0, 1))
        mesh.add_patch(square, even(n), even(n), type_name, "CORE")
        for low, start, end in ((45, (half, 0.0), knee), (90, knee, (0.0, half))):
            def edge(s, p=start, q=end):
                return tuple(a + (b - a) * s for a, b in zip(p, q))
            mesh.add_patch(blend(edge, arc((0, 0), inner, low - 45, low)), even(n), even(n), type_name,
                           "CORE")
            mesh.add_patch(blend(arc((0, 0), inner, low - 45, low), arc((0, 0), radius, low - 45, low)),
                           even(n), even(layers), type_name, "SHELL")

    def octant(mesh, type_name, n, layers):
        # an inner block whose outer corners are drawn in, and one block per outer face of it
        half = 0.5 * inner

        def cube(a, b, c):
            norm = math.sqrt(a * a + b * b + c * c) or 1.0
            largest = max(a, b, c)
            round_share = 0.35 * largest
            scale = (1 - round_share) + round_share * largest / norm
            return tuple(half * x * scale for x in (a, b, c))

        def ball(r):
            def at(a, b, c):
                norm = math.sqrt(a * a + b * b + c * c)
                return (r * a / norm, r * b / norm, r * c / norm)
            return at

        def gap(axis, low, high):
            def mapping(p, q, t):
                # equal angles on the sphere, equal steps on the face of the block
                face = [p, q]
                face.insert(axis, 1.0)
                inside, outside = low(*face), high(*face)
                return tuple(u + (v - u) * t for u, v in zip(inside, outside))
            return mapping
        mesh.add_block(cube, even(n), even(n), even(n), type_name, "CORE")
        for axis in range(3):
            mesh.add_block(gap(axis, cube, ball(inner)), even(n), even(n), even(n), type_name, "CORE")
            mesh.add_block(gap(axis, ball(inner), ball(radius)), even(n), even(n), even(layers),
                           type_name, "SHELL")

    def build(model):
        n, layers = model.mesh
        solid = model.type.startswith("C3D")
        mesh = Mesh(tolerance=1e-6)
        (octant if solid else plane)(mesh, model.type, n, layers)
        deck = Deck(mesh, f"A14 composite sphere, {model.name}")
        rest = (0, 0) if solid else (0,)
        deck.read("R", radius, *rest)
        deck.read("C", inner, *rest)
        deck.watch("R")
        names = "XYZ"[:3 if solid else 2]
        for axis, letter in enumerate(names):
            deck.nset(f"{letter}0", mesh.nodes_where(lambda *p, a=axis: abs(p[a]) < 1e-6))
        for name, (e, nu, a) in (("SIC", core), ("ALUMINIUM", shell)):
            deck.material(name, elastic=(e, nu), expansion=a, zero=0)
        deck.section("SIC", elset="CORE")
        deck.section("ALUMINIUM", elset="SHELL")
        deck.initial_temperature(0)
        for axis, letter in enumerate(names, 1):
            deck.fix(f"{letter}0", axis)
        deck.step("*STATIC", "*TEMPERATURE", "ALL, 1", comment="one kelvin, outer surface free")
        surface = mesh.facets_where(lambda *p: abs(math.hypot(*p) - radius) < 1e-5)
        deck.arrows.append((surface, "normal", "step 2: p = 100 MPa"))
        deck.step("*STATIC", *deck.face_loads("*DLOAD", "P", surface, pressure), "*TEMPERATURE",
                  "ALL, 0", comment="pressure on the surface, no heating")
        return deck

    reason = "exact two-phase relation; 0.1 % for a converged mesh"
    return Part(
        "A14", "A14-composite-sphere", "Composite sphere: effective expansion (Levin)", "microstructure",
        "Verifies the effective thermal expansion and bulk modulus of two bonded phases.",
        {**MM, "temperature": "degC"},
        models(("CAX8", [(2, 1), (4, 2), (8, 4)], 2), ("CAX8R", [(8, 4)], None),
               ("CAX6", [(8, 4)], None), ("CAX4", [(4, 2), (8, 4), (16, 8)], None),
               ("C3D20R", [(2, 1), (3, 2), (4, 2)], 2), ("C3D20", [(2, 1), (3, 2)], None),
               ("C3D8", [(4, 2)], None)),
        [Quantity("effective expansion, strain of the surface for 1 K", "displacement x", {"set": "R"},
                  figure(alpha), "0.1 %", reason, over="10 mm", step=1),
         Quantity("effective bulk modulus, strain of the surface p/(3 K*)", "displacement x",
                  {"set": "R"}, figure(-pressure / 3 / bulk), "0.1 %", reason, over="10 mm", step=2)],
        build,
        "Z. Hashin, Journal of Applied Mechanics 29 (1962) 143; V. M. Levin, Mechanics of Solids 2 "
        "(1967) 58",
        """A ball of radius 10 mm has a stiff core of volume fraction 0.40 (radius 7.368 mm, like silicon
carbide: E = 410 GPa, ν = 0.17, α = 4e-6 1/K) in a shell like aluminium (E = 70 GPa, ν = 0.33,
α = 23e-6 1/K). Such balls of all sizes fill space, and one of them has the expansion and bulk modulus
of the whole exactly:

K* = K₂ + f/[1/(K₁ − K₂) + 3(1 − f)/(3K₂ + 4G₂)],
α* = α₂ + (α₁ − α₂)(1/K* − 1/K₂)/(1/K₁ − 1/K₂).

Step 1 heats the free ball by 1 K: α* = 1.4206638e-05 1/K is the strain of its surface. Step 2 takes
the heat away and presses on the surface with 100 MPa: its strain is −p/(3 K*), K* = 99377.166 MPa.""")


# ---------------------------------------------------------------------------------------------------
# A28


def die_stack():
    side, power, film, ambient = 0.01, 10.0, 5000.0, 25.0
    layers = [("TIM", 1e-4, 3.0), ("LID", 1.5e-3, 390.0), ("ATTACH", 3e-5, 2.0), ("DIE", 5e-4, 120.0)]

    def build(model):
        across, through = model.mesh
        solid = model.type.startswith("C3D")
        mesh = Mesh(tolerance=1e-9)
        low = 0.0
        levels = [0.0]
        for name, thickness, _ in layers:
            high = low + thickness
            if solid:
                mesh.add_block(box((0, 0, low), (side, side, high)), even(across), even(across),
                               even(through), model.type, name)
            else:
                mesh.add_patch(box((0, low), (side, high)), even(across), even(through), model.type,
                               name)
            low = high
            levels.append(high)
        deck = Deck(mesh, f"A28 die stack to convection, {model.name}")
        rest = (0,) if solid else ()
        for name, level in zip(("T0", "T1", "T2", "T3", "T4"), levels):
            deck.read(name, 0, *rest, level)
        bottom = mesh.facets_where(lambda *p: abs(p[-1]) < 1e-8)
        top = mesh.facets_where(lambda *p: abs(p[-1] - levels[-1]) < 1e-8)
        for name, _, conductivity in layers:
            deck.material(name, conductivity=conductivity)
        for name, _, _ in layers:
            deck.section(name, elset=name, thickness=None if solid else side)
        deck.initial_temperature(ambient)
        deck.arrows.append((top, (0,) * (2 if solid else 1) + (-1,), "10 W"))
        deck.arrows.append((bottom, "dots", "h = 5000 W/m²K to 25 °C"))
        deck.step("*HEAT TRANSFER, STEADY STATE",
                  *deck.face_loads("*DFLUX", "S", top, power / side ** 2),
                  *deck.face_loads("*FILM", "F", bottom, ambient, film))
        return deck

    values, names = [ambient + power / film / side ** 2], ["bottom of the interface material",
                                                           "bottom of the lid",
                                                           "bottom of the attach",
                                                           "bottom of the die", "junction"]
    for _, thickness, conductivity in layers:
        values.append(values[-1] + power * thickness / conductivity / side ** 2)
    reason = "0.01 %: the solution is linear layer by layer, every element holds it"
    quantities = [Quantity(f"temperature, {name}", "temperature", {"set": f"T{i}"},
                           figure(value, "degC"), "0.01 %", reason)
                  for i, (name, value) in enumerate(zip(names, values))]
    return Part(
        "A28", "A28-die-stack", "Die, attach, lid and interface material to convection", "chip",
        "Verifies steady conduction through layers whose conductivities differ by two hundred, with a "
        "heat flux and a film.",
        {"length": "m", "force": "N", "temperature": "degC", "power": "W"},
        models(("C3D20R", [(2, 1), (3, 2), (4, 3)], 0), ("C3D20", [(2, 1)], None),
               ("C3D8", [(2, 1), (4, 2)], 0), ("C3D10", [(2, 1)], None), ("C3D4", [(2, 1)], None),
               ("C3D15", [(2, 1)], None), ("C3D6", [(2, 1)], None),
               ("CPS4", [(4, 1)], None), ("CPS8", [(4, 1)], None), ("CPS3", [(4, 1)], None)),
        quantities, build, "series resistances, ΔT = P d/(k A) and P/(h A)",
        """A column of 10 × 10 mm, from the top: die 0.5 mm (k = 120 W/m K), attach 0.03 mm (k = 2), copper
lid 1.5 mm (k = 390), interface material 0.1 mm (k = 3). The die's top face takes 10 W; below, a film
of 5000 W/m² K leads to 25 °C. The sides are adiabatic. Each layer adds P d/(k A), the film P/(h A).""",
        "Every model must give the same figures to round-off: the temperature is linear in each layer, "
        "so there is no order of convergence to observe.",
        view={"turn": -60, "stretch": (1, 1, 2)})


def parts():
    return [lame_cylinder(), kirsch_plate(), bent_bar(), heated_wall(), thermal_patch(),
            bimetal_strip(), composite_sphere(), die_stack()]
