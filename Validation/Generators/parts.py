"""What a part is: its models, what is read from them, and the part.yml that says so."""

import json
import re
import textwrap
from dataclasses import dataclass, field


@dataclass
class Quantity:
    """One figure read from the models and compared with its reference."""
    name: str
    read: str
    at: object                        # {"set": "D"}, {"point": "2 m, 0 m"} or "max"
    value: str                        # with unit, as it stands in part.yml
    tolerance: str                    # "1 %" relative, or with a unit absolute
    reason: str
    kind: str = "analytic"
    source: str = ""
    uncertainty: str = "0 %"
    models: list = None               # element types or model names; all models without it
    step: int = None
    minus: str = None
    over: str = None
    role: str = None
    note: str = None

    @property
    def number(self):
        return float(self.value.split()[0])

    @property
    def unit(self):
        return " ".join(self.value.split()[1:])

    def allowed(self):
        """The largest accepted |result - reference|."""
        figure, *unit = self.tolerance.split()
        return float(figure) / 100 * abs(self.number) if unit == ["%"] else float(figure)


@dataclass
class Model:
    """One deck of a part."""
    type: str
    mesh: tuple
    stated: bool = False
    label: str = ""

    @property
    def name(self):
        size = "x".join(str(n) for n in self.mesh)
        return " ".join(x for x in (self.type, self.label, size) if x)

    @property
    def deck(self):
        return re.sub(r"[^a-z0-9.]+", "-", self.name.lower()) + ".inp"


@dataclass
class Part:
    """A folder of Validation/parts."""
    id: str
    folder: str
    title: str
    family: str
    context: str
    units: dict
    models: list
    quantities: list
    build: object                     # build(model) -> Deck
    source: str
    problem: str                      # Markdown, for the page
    remarks: str = ""                 # Markdown, for the page
    page: str = None                  # the page's name, where several parts share one
    view: dict = field(default_factory=dict)

    def stated(self):
        return next(m for m in self.models if m.stated)

    def models_of(self, quantity):
        if quantity.models is None:
            return self.models
        return [m for m in self.models
                if m.name in quantity.models or m.type in quantity.models]


def _text(value):
    """A YAML scalar; quoted unless it is plainly a word or a number with a unit."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._/^%+-]*", value) and not re.search(r"[:#] |\s$", value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _folded(text, indent):
    return textwrap.fill(" ".join(text.split()), width=98, initial_indent=" " * indent,
                         subsequent_indent=" " * indent, break_on_hyphens=False)


def _place(at):
    if isinstance(at, str):
        return at
    key, value = next(iter(at.items()))
    return f"{{{key}: [{value}]}}" if key == "point" else f"{{{key}: {value}}}"


def part_yml(part):
    """The part.yml of a part."""
    lines = ["# Written by Validation/Generators/make_parts.py; change it there.", "gcgan: part/1",
             f"title: {_text(part.title)}", f"family: {part.family}", "context: >",
             _folded(part.context, 2),
             "units: {" + ", ".join(f"{k}: {v}" for k, v in part.units.items()) + "}", "models:"]
    for model in part.models:
        stated = ", stated: true" if model.stated else ""
        lines.append(f"  - {{name: {model.name}, deck: {model.deck}{stated}}}")
    lines.append("quantities:")
    for q in part.quantities:
        if q.note:
            lines += [re.sub(r"^", "  # ", row) for row in
                      textwrap.wrap(" ".join(q.note.split()), 94, break_on_hyphens=False)]
        lines += [f"  - name: {_text(q.name)}", f"    read: {q.read}"]
        if q.at is not None:
            lines.append(f"    at: {_place(q.at)}")
        if q.minus:
            lines.append(f"    minus: {{set: {q.minus}}}")
        if q.over:
            lines.append(f"    over: {q.over}")
        if q.step:
            lines.append(f"    step: {q.step}")
        if q.models is not None:
            names = [m.name for m in part.models_of(q)]
            listed = textwrap.fill("models: [" + ", ".join(names) + "]", width=98,
                                   initial_indent="    ", subsequent_indent="      ",
                                   break_on_hyphens=False)
            lines.append(listed)
        lines += ["    reference:", f"      value: {q.value}", f"      uncertainty: {q.uncertainty}",
                  f"      kind: {q.kind}", f"      source: {_text(q.source or part.source)}"]
        if q.role:
            lines.append(f"      role: {q.role}")
        scale = "relative" if q.tolerance.endswith("%") else "absolute"
        lines.append("    tolerance:")
        lines += [f"      {scale}: {q.tolerance}", f"      reason: {_text(q.reason)}"]
    return "\n".join(lines) + "\n"
