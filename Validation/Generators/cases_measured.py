"""The parts that were measured: case C11, shoulder fillets."""

from cases_analytic import MM, figure, models
from decks import Deck, number
from parts import Part, Quantity
from shapes import shouldered_bar

SOURCE = ("R. E. Peterson, Stress Concentration Factors: photoelastic tests of flat bars with shoulder "
          "fillets in tension; coefficients of the fit at eng-calculations.com")


def filleted_bar(wide, narrow, fillet, factor):
    def build(model):
        mesh, back, front = shouldered_bar(model.type, wide, narrow, fillet, model.mesh[0])
        near = 1e-5
        deck = Deck(mesh, f"C11 shoulder fillet {wide:g}/{narrow:g}/{fillet:g}, {model.name}")
        deck.nset("BACK", mesh.nodes_where(lambda x, y: abs(x - back) < near))
        deck.nset("MIDDLE", mesh.nodes_where(lambda x, y: abs(y) < near))
        deck.read("F", fillet, narrow / 2)
        deck.watch("F")
        end = mesh.facets_where(lambda x, y: abs(x - front) < near)
        deck.material("RESIN", elastic=(3000.0, 0.35))
        deck.section("RESIN", thickness=0.01)
        deck.fix("BACK", 1)
        deck.fix("MIDDLE", 2)
        deck.surface("END", end)
        deck.arrows.append((end, (1, 0), "100 MPa"))
        deck.step("*STATIC", "*DSLOAD", f"END, P, {number(-100)}")
        return deck

    size = f"{wide:g}-{narrow:g}-{fillet:g}"
    return Part(
        "C11", f"C11-shoulder-fillet-{size}",
        f"Shoulder fillet of a flat bar in tension, H = {wide:g}, d = {narrow:g}, r = {fillet:g} mm",
        "part",
        "Compares the stress concentration factor of a shoulder fillet with Peterson's photoelastic "
        "tests. The simulation is judged within the scatter of the chart, 7 %, not within 3 %.",
        MM,
        models(("CPS8", [(1,), (2,), (3,)], 2), ("CPS6", [(1,), (2,)], None),
               ("CPS8R", [(2,)], None), ("CPS4", [(1,), (2,)], None)),
        [Quantity("stress concentration factor K_t", "stress max-principal", "max", figure(factor), "7 %",
                  "finite elements and the photoelastic chart differ by up to 7 % (case C11)",
                  kind="physical", uncertainty="2 %", source=SOURCE, over="100 MPa", role="validation",
                  note="The source states no uncertainty. 2 % is ours: the differences of these three "
                  "bars from converged plane elements (-0.7, +1.2, +3.0 %) have a standard deviation of "
                  "1.9 %. As it rests on these very differences, a test report with its own scatter "
                  "should replace it. The bar (24, 20, 1) is left out: at +6.9 % it sits on the edge of "
                  "the tolerance because the chart reads low for small r/d, a known bias and no random "
                  "error.")],
        build, SOURCE,
        """A flat bar narrows from width H to width d with a fillet of radius r and is pulled. K_t is the
largest stress over the nominal stress in the narrow arm, P/(d t). Peterson's photoelastic tests, in the
fitted form, give

| H, d, r in mm | K_t measured | K_t of converged plane elements | difference |
| --- | --- | --- | --- |
| 40, 20, 3 | 2.1927 | 2.178 | −0.7 % |
| 30, 20, 4 | 1.8381 | 1.861 | +1.2 % |
| 30, 20, 2 | 2.2272 | 2.294 | +3.0 % |

Half of the bar is modelled with arms of two wide and two and a half narrow widths; the material does not
matter (E = 3 GPa, ν = 0.35, like a photoelastic resin). The stress that pulls is 100 MPa, so the factor is
the largest principal stress over 100 MPa. The section is 0.01 mm thin so that programs which expand plane
elements to three dimensions agree with the plane theory.""",
        """**This is the one physical reference among these parts**: the result is printed as *simulation vs
physical*, with an uncertainty of the measurement. The source states none. We take 2 % as one standard
deviation: the differences of the three bars to converged plane elements have a standard deviation of
1.9 %, in which the tests, the reading of the chart and the fitted curve go together. As it is estimated
from these very differences it is no independent figure; a test report with its own scatter should replace it.

A fourth bar of the case, (24, 20, 1) with K_t = 2.2477, is not judged. Finite elements are 6.9 % above it,
and 9 to 14 % above the chart for round bars: the charts read low where r/d is small. A bias at the edge of
the tolerance says nothing about the solver.""",
        page="C11-shoulder-fillet",
        view={"inset": ((-0.5 * narrow, 0.0), (narrow, wide / 2))})


def parts():
    return [filleted_bar(40.0, 20.0, 3.0, 2.1927), filleted_bar(30.0, 20.0, 4.0, 1.8381),
            filleted_bar(30.0, 20.0, 2.0, 2.2272)]
