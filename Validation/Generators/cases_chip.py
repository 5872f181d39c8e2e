"""Stacks of chips and packages: cases A12, A29, B15 and B16."""

import math

from cases_analytic import MM, THIN, figure, models
from decks import Deck, number
from meshes import Mesh, box, even, graded
from parts import Part, Quantity

# ---------------------------------------------------------------------------------------------------
# A12

# Bottom to top: name, thickness in mm, E in MPa, ν, α in 1/K
DIE_ON_COPPER = [("SUBSTRATE", 1.5, 120000.0, 0.34, 17e-6), ("ATTACH", 0.05, 5000.0, 0.35, 50e-6),
                 ("DIE", 0.5, 130000.0, 0.28, 2.6e-6)]


def layered_plate(layers, change):
    """Strain at z = 0, curvature, and stress(layer, z) of a free layered plate, z from its lower face.

    Each layer is in equal biaxial stress σ = E/(1 − ν) (ε₀ + κ z − α ΔT); without force and moment
    Σ∫σ dz = 0 and Σ∫σ z dz = 0.
    """
    a = b = d = force = moment = low = 0.0
    for _, thickness, e, nu, alpha in layers:
        m, high = e / (1 - nu), low + thickness
        a += m * thickness
        b += m * (high ** 2 - low ** 2) / 2
        d += m * (high ** 3 - low ** 3) / 3
        force += m * alpha * change * thickness
        moment += m * alpha * change * (high ** 2 - low ** 2) / 2
        low = high
    determinant = a * d - b * b
    strain, curvature = (d * force - b * moment) / determinant, (a * moment - b * force) / determinant

    def stress(layer, z):
        _, _, e, nu, alpha = layers[layer]
        return e / (1 - nu) * (strain + curvature * z - alpha * change)
    return strain, curvature, stress


def die_disc(folder, radius, title, quantities, kind, source, remarks):
    """The three layers as a disc of a radius, cooled by 150 K."""
    change = -150.0

    def build(model):
        along, fine = model.mesh
        mesh = Mesh(tolerance=1e-7)
        # Cells shrink to the edge, where the layers part.
        knots = [1 - t for t in reversed(graded(along, radius / 0.5 * 4))]
        low = 0.0
        for (name, thickness, *_), count in zip(DIE_ON_COPPER, (4 * fine, fine, 3 * fine)):
            mesh.add_patch(box((0, low), (radius, low + thickness)), knots, even(count), model.type, name)
            low += thickness
        deck = Deck(mesh, f"{folder[:3]} die on a copper disc of {number(radius)} mm, {model.name}")
        deck.read("O", 0, 0)
        deck.read("TOP", 0, low)
        deck.read("EDGE", radius, 0)
        deck.watch("O")
        deck.watch("TOP")
        deck.nset("AXIS", mesh.nodes_where(lambda r, z: abs(r) < 1e-6))
        for name, _, e, nu, alpha in DIE_ON_COPPER:
            deck.material(name, elastic=(e, nu), expansion=alpha, zero=0)
        for name, *_ in DIE_ON_COPPER:
            deck.section(name, elset=name)
        deck.initial_temperature(0)
        deck.fix("AXIS", 1)
        deck.fix("O", 2)
        deck.step("*STATIC", "*TEMPERATURE", f"ALL, {number(change)}")
        return deck

    return Part(
        "A12", folder, title, "chip",
        "Verifies bow and interior stress of die, attach and substrate after cooling, axisymmetric.",
        {**MM, "temperature": "degC"},
        models(("CAX8", [(30, 1), (60, 2), (90, 3)], 2), ("CAX8R", [(60, 2)], None)), quantities, build,
        source,
        """From below: copper of 1.5 mm (E = 120 GPa, ν = 0.34, α = 17e-6 1/K), attach of 0.05 mm (5 GPa, 0.35,
50e-6 1/K) and silicon of 0.5 mm (130 GPa, 0.28, 2.6e-6 1/K), one disc of radius """ + number(radius)
        + """ mm, are cooled by 150 K from where they are free of stress.

Far from the edge each layer is in equal biaxial stress σ = E/(1 − ν) (ε₀ + κ z − α ΔT), and force and moment
vanish: κ = 1.1942913e-3 1/mm.""", remarks, page="A12-die-on-copper")


def die_on_copper():
    _, curvature, stress = layered_plate(DIE_ON_COPPER, -150.0)
    theory = "1 %: multilayer plate theory holds a few thicknesses inside the edge"
    source = "multilayer plate theory, equal biaxial moduli E/(1 − ν)"
    wide = die_disc(
        "A12-die-on-copper-20", 20.0, "Die, attach and copper, a disc of 20 mm radius", [
            Quantity("stress of the copper's lower face, on the axis", "stress xx", {"set": "O"},
                     figure(stress(0, 0.0), "MPa"), "1 %", theory),
            Quantity("stress of the die's upper face, on the axis", "stress xx", {"set": "TOP"},
                     figure(stress(2, 2.05), "MPa"), "1 %", theory)],
        "analytic", source,
        "Closed forms of the largest shear in the attach are no reference: two of them differ by 60 % here, and the stress at the edge of the interface has no bound.")
    fe = "0.5 %: two meshes of CalculiX, 60 x 12 and 120 x 23 cells, differ by 0.01 %"
    computed = "CalculiX 2.20, CAX8, 120 x 23 graded cells"
    small = die_disc(
        "A12-die-on-copper-5", 5.0, "Die, attach and copper, a disc of 5 mm radius", [
            Quantity("bow of the lower face, edge over centre", "displacement y", {"set": "EDGE"},
                     "-0.013673 mm", "0.5 %", fe, kind="other-solver", source=computed, minus="O"),
            Quantity("radial displacement of the lower edge", "displacement x", {"set": "EDGE"},
                     "-0.015105 mm", "0.5 %", fe, kind="other-solver", source=computed)],
        "other-solver", computed, "")
    return [wide, small]


# ---------------------------------------------------------------------------------------------------
# A29


def three_layer_strip():
    length, change = 40.0, -192.0
    # Poisson's ratios of 0, as beam theory wants them.
    layers = [("SUBSTRATE", 1.0, 24000.0, 0.0, 15e-6), ("ATTACH", 0.1, 10000.0, 0.0, 30e-6),
              ("DIE", 0.5, 130000.0, 0.0, 2.6e-6)]
    _, curvature, _ = layered_plate(layers, change)
    spans = 400                            # between nodes of the lower face, on every mesh
    heights = [curvature * (length * (i / spans - 0.5)) ** 2 / 2 for i in range(spans + 1)]
    mean = sum(heights) / len(heights)     # by symmetry the best-fit line is level
    warpage = math.sqrt(sum((h - mean) ** 2 for h in heights) / len(heights))

    def build(model):
        cells, fine = model.mesh
        mesh = Mesh(tolerance=1e-7)
        low = 0.0
        for (name, thickness, *_), count in zip(layers, (2 * fine, fine, fine)):
            mesh.add_patch(box((0, low), (length, low + thickness)), even(cells), even(count), model.type, name)
            low += thickness
        deck = Deck(mesh, f"A29 strip of three layers, {model.name}")
        deck.read("LEFT", 0, 0)
        deck.read("MID", length / 2, 0)
        deck.nset("RIGHT", [mesh.node_at(length, 0)])
        deck.nset("BOTTOM", mesh.nodes_where(lambda x, y: abs(y) < 1e-6))
        deck.printed.append("BOTTOM")
        for name, _, e, nu, alpha in layers:
            deck.material(name, elastic=(e, nu), expansion=alpha, zero=0)
        for name, *_ in layers:
            deck.section(name, elset=name, thickness=0.01)
        deck.initial_temperature(0)
        deck.fix("LEFT", 1, 2)
        deck.fix("RIGHT", 2)
        deck.step("*STATIC", "*TEMPERATURE", f"ALL, {number(change)}")
        return deck

    reason = "1 %: beam theory but for the ends, one thickness of 25 each"
    return Part(
        "A29", "A29-three-layer-strip", "Warpage of die, attach and substrate", "chip",
        "Verifies warpage over a reflow cycle as JESD22-B112 takes it, off the best-fit line of a face.",
        {**MM, "temperature": "degC"},
        models(("CPS8", [(200, 1), (200, 2)], 1), ("CPS8R", [(200, 1)], None), ("CPS4", [(400, 4)], None)),
        [Quantity("warpage of the lower face, root mean square", "displacement y", {"warp-over": "BOTTOM"},
                  figure(warpage, "mm"), "1 %", reason),
         Quantity("bow of the middle of the lower face", "displacement y", {"set": "MID"},
                  figure(curvature * length ** 2 / 8, "mm"), "1 %", reason, minus="LEFT")],
        build, "theory of layered beams, Σ∫σ dz = Σ∫σ z dz = 0 with σ = E (ε₀ + κ z − α ΔT)",
        f"""A strip of {number(length)} mm: substrate of 1 mm (E = 24 GPa, α = 15e-6 1/K), attach of 0.1 mm (10 GPa, 30e-6 1/K), die
of 0.5 mm (130 GPa, 2.6e-6 1/K), ν = 0, free of stress at the solidus of SAC305, 217 °C, and cooled to 25 °C. """ + THIN + f"""

The curvature of the layered beam is κ = {figure(curvature)} 1/mm. A parabola of that curvature is off its best-fit line by κ L²/8 · √(4/45), root mean
square over the length; from its highest to its lowest point, which JESD22-B112 reports, it is 3.35 times as much.""")


# ---------------------------------------------------------------------------------------------------
# B15 and B16

INCHES = {"length": "in", "force": "lbf", "temperature": "degF"}


def bimetal_beam(title, case, length, layers, change, held, reads):
    """Two layers of 0.05 in, from x = 0 to `length`, the interface at y = 0."""
    def build(model):
        cells, fine = model.mesh
        mesh = Mesh(tolerance=1e-7)
        for (name, *_), low in zip(layers, (-0.05, 0.0)):
            mesh.add_patch(box((0, low), (length, low + 0.05)), even(cells), even(fine), model.type, name)
        deck = Deck(mesh, f"{case} {title}, {model.name}")
        deck.read("O", 0, 0)
        deck.read("TIP", length, 0)
        for name, *point in reads:
            deck.read(name, *point)
            deck.watch(name)
        deck.nset("ROOT", mesh.nodes_where(lambda x, y: abs(x) < 1e-6))
        for name, e, nu, alpha in layers:
            deck.material(name, elastic=(e, nu), expansion=alpha, zero=0)
        for name, *_ in layers:
            deck.section(name, elset=name, thickness=0.001)
        deck.initial_temperature(0)
        deck.fix("ROOT", 1)
        deck.fix(held, 2)
        deck.step("*STATIC", "*TEMPERATURE", f"ALL, {number(change)}")
        return deck
    return build


VERIFICATION = "ANSYS verification manual, {}; deck in github.com/ansys/pymapdl (MIT), examples/verif, commit 5e5a4759"


def vm35():
    layers = [("LOWER", 30e6, 0.0, 1e-5), ("UPPER", 30e6, 0.0, 2e-5)]
    build = bimetal_beam("bimetal cantilever", "B15", 10.0, layers, 100.0, "O", [("TOP", 5.0, 0.05)])
    reason = "tolerance of the case, 0.5 %"
    return Part(
        "B15", "B15-vm35-bimetal", "VM35, bimetal cantilever strip", "chip",
        "Verifies bow, growth and stress of two bonded layers against a published benchmark.", INCHES,
        models(("CPS8", [(40, 1), (80, 2), (160, 4)], 1), ("CPS8R", [(80, 2)], None), ("CPS6", [(80, 2)], None)),
        [Quantity("deflection of the free end", "displacement y", {"set": "TIP"}, "-0.75 in", "0.5 %", reason,
                  kind="benchmark", minus="O"),
         Quantity("axial displacement of the free end", "displacement x", {"set": "TIP"}, "0.015 in", "0.5 %", reason,
                  kind="benchmark"),
         Quantity("stress of the upper fibre at half length", "stress xx", {"set": "TOP"}, "7500 psi", "0.5 %", reason,
                  kind="benchmark")],
        build, VERIFICATION.format("VM35 (Roark)"),
        """Two layers of 0.05 in, 10 in long, are bonded: E = 30e6 psi and ν = 0 in both, α = 1e-5 1/°F below and 2e-5 1/°F above. The
strip is held in the plane x = 0 and heated by 100 °F. It bends down, away from the layer that grows more. The upper
fibre is in tension although its layer grows more: the bow stretches it by more than the layer below holds it back. """ + THIN)


def vm174():
    layers = [("LOWER", 10e6, 0.3, 14.5e-6), ("UPPER", 10e6, 0.3, 2.5e-6)]
    build = bimetal_beam("bimetal beam", "B16", 5.0, layers, 400.0, "TIP", [])
    return Part(
        "B16", "B16-vm174-bimetal", "VM174, bimetal beam on two supports", "chip",
        "Verifies the bow of two bonded layers against a published benchmark, Poisson's ratio not 0.", INCHES,
        models(("CPS8", [(20, 1), (40, 2), (80, 4)], 1), ("CPS8R", [(40, 2)], None)),
        [Quantity("deflection at the middle of the span", "displacement y", {"set": "O"}, "-0.9 in", "1 %",
                  "tolerance of the case, 1 %", kind="benchmark")],
        build, VERIFICATION.format("VM174 (Boley and Weiner, page 429)"),
        """A beam of two layers of 0.05 in rests on two supports 10 in apart, at the height of the interface; one half is
modelled, with symmetry at x = 0. E = 10e6 psi and ν = 0.3 in both layers, α = 14.5e-6 1/°F below and 2.5e-6 1/°F above. It is
heated by 400 °F and sinks in the middle, for the lower layer grows more. """ + THIN)


def parts():
    return [*die_on_copper(), three_layer_strip(), vm35(), vm174()]
