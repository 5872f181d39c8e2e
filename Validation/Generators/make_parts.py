"""Writes the decks and part.yml of every folder in Validation/parts.

    python3 Validation/Generators/make_parts.py [ID ...]

Without arguments all parts are written; the files are the same bytes every time.
"""

import pathlib
import sys

import cases_analytic
import cases_benchmark
import cases_chip
import cases_measured
import cases_stent
from parts import part_yml

PARTS = pathlib.Path(__file__).resolve().parent.parent / "parts"


def all_parts():
    return cases_analytic.parts() + cases_benchmark.parts() + cases_chip.parts() + cases_measured.parts() \
        + cases_stent.parts()


def write(part, folder):
    """Writes one part; decks that no model names any longer are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"part.yml": part_yml(part)}
    for model in part.models:
        wanted[model.deck] = part.build(model).text()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    for old in folder.glob("*.inp"):
        if old.name not in wanted:
            old.unlink()


def main(arguments):
    chosen = [p for p in all_parts() if not arguments or p.id in arguments or p.folder in arguments]
    if not chosen:
        sys.exit(f"no part is called {' '.join(arguments)}")
    for part in chosen:
        write(part, PARTS / part.folder)
    if not arguments:
        index = ["# Parts", "", "Reference cases that `gcgan-validate Validation/parts` judges. "
                 "Each folder holds `part.yml` and its decks, written by",
                 "`python3 Validation/Generators/make_parts.py`; each case has a page in "
                 "[Docs/Verification](../../Docs/Verification/README.md).", "",
                 "| part | kind | what it is |", "| --- | --- | --- |"]
        index += [f"| [{p.folder}]({p.folder}/part.yml) | {p.quantities[0].kind} | {p.title} |"
                  for p in chosen]
        (PARTS / "README.md").write_text("\n".join(index) + "\n", encoding="utf-8")
    print(f"{len(chosen)} parts, {sum(len(p.models) for p in chosen)} decks", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
