#!/usr/bin/env python3
"""Rewrites the tables of README.md (from "## Deck by deck" to "## Not here") from the decks."""
import glob
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SPELLED = {k.replace(" ", ""): k for k in (
    "*TIME POINTS", "*NODE PRINT", "*EL PRINT", "*NODE FILE", "*EL FILE", "*SECTION PRINT",
    "*HEAT TRANSFER", "*INITIAL CONDITIONS", "*SOLID SECTION", "*SPECIFIC HEAT", "*END STEP")}
NAMES = ("NSET=", "ELSET=", "NAME=", "MATERIAL=", "INPUT=", "SURFACE=")
VALUED = ("ORIENTATION", "AMPLITUDE", "TIMEPOINTS", "FILMAMPLITUDE")
LOADS = ("*DLOAD", "*DFLUX", "*FILM", "*DSLOAD")
OUTPUTS = ("*NODE PRINT", "*EL PRINT", "*SECTION PRINT", "*NODE FILE", "*EL FILE")


def main():
    rows, cover = [], {}

    def put(kind, key, deck):
        decks = cover.setdefault((kind, key), [])
        if deck not in decks:
            decks.append(deck)

    for path in sorted(glob.glob(os.path.join(HERE, "*.inp"))):
        deck, lines, purpose = os.path.basename(path)[:-4], open(path).read().split("\n"), []
        while lines[len(purpose)].startswith("** "):
            purpose.append(lines[len(purpose)][3:])
        rows.append((deck, " ".join(purpose)))
        key = ""
        for line in lines:
            u = re.sub(r"\s", "", line).upper()
            if not u or u.startswith("**"):
                continue
            parts = u.split(",")
            if u.startswith("*"):
                key = SPELLED.get(parts[0], parts[0])
                put("Keywords", key, deck)
                for p in parts[1:]:
                    name = p.split("=")[0]
                    if key == "*ELEMENT" and name == "TYPE":
                        put("Elements", p[5:], deck)
                    elif name in VALUED:
                        put("Parameters", "%s, %s=" % (key, name), deck)
                    elif p and not p.startswith(NAMES):
                        put("Parameters", "%s, %s" % (key, re.sub(r"=-?[\d.]+$", "=", p)), deck)
            elif key in LOADS:
                put("Loads by label", "%s %s" % (key, parts[1]), deck)
            elif key in OUTPUTS:
                for p in filter(None, parts):
                    put("Outputs", "%s %s" % (key, p), deck)

    out = "## Deck by deck\n\n| deck | what it covers |\n| --- | --- |\n"
    out += "".join("| %s | %s |\n" % r for r in rows)
    for kind in ("Elements", "Keywords", "Parameters", "Loads by label", "Outputs"):
        out += "\n## %s\n\n| %s | decks |\n| --- | --- |\n" % (kind, kind.split()[0].lower().rstrip("s"))
        for (k, key), decks in sorted(cover.items()):
            if k == kind:
                shown = decks if len(decks) <= 6 else decks[:4] + ["and %d more" % (len(decks) - 4)]
                out += "| %s | %s |\n" % (key, ", ".join(shown))
    readme = os.path.join(HERE, "README.md")
    text = open(readme).read()
    start, end = text.index("## Deck by deck"), text.index("## Not here")
    text = text[:start] + out + "\n" + text[end:]
    text = re.sub(r"empty blocks and NaN: \d+ decks", "empty blocks and NaN: %d decks" % len(rows), text)
    open(readme, "w").write(text)


if __name__ == "__main__":
    main()
