"""CalculiX decks, written line by line from a mesh.

A `Deck` also remembers what a picture needs: where it is held, where it is loaded and where it is
read.
"""


def number(value):
    """A number as short as its ten digits allow; CalculiX reads at most twenty characters."""
    text = f"{value:.10g}"
    return "0" if text == "-0" else text


def rows_of(numbers, per_row=12):
    return [",".join(str(n) for n in numbers[i:i + per_row])
            for i in range(0, len(numbers), per_row)]


class Deck:
    """One deck: model data first, then steps."""

    def __init__(self, mesh, title, script="make_parts.py"):
        self.mesh, self.title, self.script = mesh, title, script
        self.sets, self.model, self.history = [], [], []
        self.node_sets = {}
        self.printed = []             # node sets printed in every step
        self.supports = []            # (nodes, directions) for the picture
        self.arrows = []              # (facets, direction or "normal", label) for the picture
        self.readings = []            # (label, node) for the picture

    # --- sets

    def nset(self, name, nodes):
        self.node_sets[name] = list(nodes)
        if not nodes:
            raise ValueError(f"{self.title}: node set {name} is empty")
        self.sets += [f"*NSET, NSET={name}"] + rows_of(list(nodes))
        return name

    def elset(self, name, elements):
        self.sets += [f"*ELSET, ELSET={name}"] + rows_of([e.number for e in elements])

    def surface(self, name, facets):
        if not facets:
            raise ValueError(f"{self.title}: surface {name} is empty")
        self.sets += [f"*SURFACE, NAME={name}, TYPE=ELEMENT"]
        self.sets += [f"{f.element.number},S{f.number}" for f in facets]

    def read(self, name, *point):
        """Names the node at `point`, prints it in every step and labels it in the picture."""
        node = self.mesh.node_at(*point)
        self.nset(name, [node])
        self.printed.append(name)
        self.readings.append((name, node))
        return node

    def watch(self, name):
        """The element set of the elements around a read-out node, for *EL PRINT."""
        node = self.node_sets[name][0]
        self.elset("AT" + name, [e for e in self.mesh.elements if node in e.nodes])

    # --- model

    def material(self, name, elastic=None, expansion=None, zero=None, conductivity=None,
                 engineering=None):
        self.model.append(f"*MATERIAL, NAME={name}")
        if elastic:
            self.model += ["*ELASTIC", ", ".join(number(v) for v in elastic)]
        if engineering:
            self.model.append("*ELASTIC, TYPE=ENGINEERING CONSTANTS")
            self.model.append(", ".join(number(v) for v in engineering[:8]) + ",")
            self.model.append(number(engineering[8]))
        if expansion is not None:
            self.model.append("*EXPANSION" + (f", ZERO={number(zero)}" if zero is not None else ""))
            self.model.append(number(expansion))
        if conductivity is not None:
            self.model += ["*CONDUCTIVITY", number(conductivity)]

    def section(self, material, elset="PART", thickness=None, orientation=None):
        text = f"*SOLID SECTION, ELSET={elset}, MATERIAL={material}"
        if orientation:
            text += f", ORIENTATION={orientation}"
        self.model.append(text)
        if thickness is not None:
            self.model.append(number(thickness))

    def initial_temperature(self, value):
        self.model += ["*INITIAL CONDITIONS, TYPE=TEMPERATURE", f"ALL, {number(value)}"]

    def tie(self, nodes, degree):
        """Gives all nodes the same displacement in one direction, as planes that stay plane do."""
        first, *others = nodes
        for other in others:
            self.model += ["*EQUATION", "2", f"{other}, {degree}, 1, {first}, {degree}, -1"]

    def support(self, set_name, directions):
        """Records a support for the picture."""
        self.supports.append((self.node_sets[set_name], directions))

    def fix(self, set_name, first, last=None):
        """Holds a node set in the model part of the deck, in all steps."""
        self.model += ["*BOUNDARY", f"{set_name}, {first}, {last or first}"]
        self.support(set_name, range(first, (last or first) + 1))

    # --- steps

    def step(self, procedure, *lines, comment=None):
        """Adds a step; `lines` are the loads, the output requests follow by themselves."""
        heat = "HEAT" in procedure
        body = [f"** {comment}"] if comment else []
        body += ["*STEP", procedure, *lines]
        thermal = heat or any("*EXPANSION" in row for row in self.model)
        body += ["*NODE FILE", "NT" if heat else ("U, NT" if thermal else "U")]
        if not heat:
            body += ["*EL FILE", "S"]
        for name in self.printed:
            body += [f"*NODE PRINT, NSET={name}", "NT" if heat else "U"]
        if not heat:
            for row in self.sets:
                if row.startswith("*ELSET, ELSET=AT"):
                    body += [f"*EL PRINT, ELSET={row.split('=')[1]}", "S"]
        self.history += body + ["*END STEP"]

    @staticmethod
    def cloads(forces):
        """*CLOAD of forces by node."""
        rows = ["*CLOAD"]
        largest = max(abs(v) for f in forces.values() for v in f)
        for node, force in forces.items():
            rows += [f"{node},{d},{number(v)}" for d, v in enumerate(force, 1)
                     if abs(v) > 1e-14 * largest]
        return rows

    @staticmethod
    def face_loads(keyword, letter, facets, *values):
        """*DLOAD, *DFLUX or *FILM, one line per facet."""
        tail = ", ".join(number(v) for v in values)
        return [keyword] + [f"{f.element.number},{letter}{f.number},{tail}" for f in facets]

    # --- text

    def text(self):
        lines = [f"** {self.title}", f"** Written by Validation/Generators/{self.script}",
                 "*NODE, NSET=ALL"]
        for n, point in enumerate(self.mesh.points, 1):
            lines.append(f"{n}," + ",".join(number(x) for x in point))
        kind = None
        for element in self.mesh.elements:
            if (element.type, element.set) != kind:
                kind = (element.type, element.set)
                lines.append(f"*ELEMENT, TYPE={element.type}, ELSET={element.set}")
            lines.append(",\n".join(rows_of([element.number, *element.nodes], 16)))
        return "\n".join(lines + self.sets + self.model + self.history) + "\n"
