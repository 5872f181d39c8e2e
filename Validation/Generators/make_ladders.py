"""Writes parts with other meshes of the exact cases, three of each element type, to try u_num on.

    python3 Validation/Generators/make_ladders.py OUT
    gcgan-validate OUT --json OUT.json
    gcgan-validate uncertainty-table OUT.json

Each case gets a ladder of meshes per element type; each part takes one choice of three of them. The rule for
u_num (Docs/Decisions/0017) was made without these meshes' answers, so that they show whether it holds.
"""

import dataclasses
import itertools
import pathlib
import sys

import make_parts
from parts import Model


def section(sizes, split):
    return [(n, max(1, n // split)) for n in sizes]


def axisymmetric(*more):
    return ("CAX8", "CAX8R", "CAX6", "CAX4", "CAX4R", "CAX3", *more)


def plane(letter):
    return tuple(f"C{letter}{shape}" for shape in ("8", "8R", "6", "4", "4R", "3"))


LADDERS = {
    "A01": {**{t: section((2, 4, 6, 8, 12, 16, 24, 32), 4) for t in axisymmetric()},
            **{t: [(n, n * 3 // 2) for n in (2, 4, 6, 8, 12, 16, 24)] for t in plane("PE")}},
    "A03": {t: [(n, n * 3 // 2) for n in (2, 4, 6, 8, 12, 16, 20)] for t in plane("PS")},
    "A05": {t: [(2 * n, n, n) for n in (2, 4, 6, 8)] for t in ("C3D8", "C3D8R", "C3D6", "C3D4")},
    "A08": {t: section((4, 6, 8, 12, 16, 24, 32), 4) for t in axisymmetric()},
    "A14": {**{t: section((2, 3, 4, 6, 8, 12, 16), 2) for t in ("CAX8", "CAX8R", "CAX6", "CAX4")},
            **{t: section((2, 3, 4, 6), 2) for t in ("C3D20R", "C3D8", "C3D8I", "C3D10", "C3D4")}},
    "B30": {t: [(n, n) for n in (8, 16, 24, 32)] for t in ("CAX8", "CAX8R", "CAX6", "CAX4", "CAX3")},
}


def triples(meshes):
    """Choices of three meshes, coarse to fine, each 1.25 to 2.6 times finer along an edge."""
    def fits(coarse, fine):
        return 1.25 <= fine[0] / coarse[0] <= 2.6
    return [t for t in itertools.combinations(meshes, 3) if fits(t[0], t[1]) and fits(t[1], t[2])]


def main(folder):
    for part in make_parts.all_parts():
        if part.id not in LADDERS:
            continue
        choices = {t: triples(meshes) for t, meshes in LADDERS[part.id].items()}
        for number in range(max(len(c) for c in choices.values())):
            models = []
            for name, chosen in choices.items():
                if number < len(chosen):
                    models += [Model(name, m, stated=m == chosen[number][2]) for m in chosen[number]]
            quantities = [q for q in part.quantities if "solid" not in q.name]
            quantities = [dataclasses.replace(q, models=None) for q in quantities]
            one = dataclasses.replace(part, models=models, quantities=quantities)
            make_parts.write(one, folder / f"{part.folder}-{number + 1}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
