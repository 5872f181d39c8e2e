"""Draws the stated model of each part: mesh, supports, loads and read-out points, as SVG.

    python3 Validation/Generators/draw.py [ID ...]

The pictures are written to Docs/Verification/Pictures. Supports are blue bars along the held
direction, loads and given temperatures are red, read-out points black with the name of their set.
"""

import math
import pathlib
import sys
from html import escape

from decks import number
from make_parts import all_parts
from meshes import EDGES, SHAPES

PICTURES = pathlib.Path(__file__).resolve().parents[2] / "Docs" / "Verification" / "Pictures"
FILLS = ["#eef2f5", "#f6e7d2", "#dfeedd", "#e8e0f0"]
WIDTH, MARGIN = 720.0, 56.0


class View:
    """The projection of a mesh onto the paper, y down."""

    def __init__(self, mesh, part, window=None):
        stretch = part.view.get("stretch", (1, 1, 1))
        self.stretch = tuple(stretch) + (1,) * (3 - len(stretch))
        self.solid = len(mesh.points[0]) == 3
        self.up = part.view.get("up", "z")
        self.turn = math.radians(part.view.get("turn", -60))
        self.tilt = math.radians(part.view.get("tilt", 28))
        flat = [self.flat(p) for p in mesh.points] if window is None else list(window)
        low = [min(p[d] for p in flat) for d in (0, 1)]
        high = [max(p[d] for p in flat) for d in (0, 1)]
        across, along = high[0] - low[0], high[1] - low[1]
        self.scale = min((WIDTH - 2 * MARGIN) / across, 430 / along)
        self.low, self.top = low, high[1]
        self.shift = MARGIN + (WIDTH - 2 * MARGIN - across * self.scale) / 2
        self.height = along * self.scale + 2 * MARGIN
        self.window = window

    def flat(self, p):
        """Coordinates on the picture plane, in the mesh's units."""
        x, y, z = (c * s for c, s in zip(tuple(p) + (0.0,) * (3 - len(p)), self.stretch))
        if not self.solid:
            return (x, y, 0.0)
        if self.up == "y":
            x, y, z = x, -z, y
        u = math.cos(self.turn) * x - math.sin(self.turn) * y
        v = math.sin(self.turn) * x + math.cos(self.turn) * y
        return (u, math.cos(self.tilt) * z + math.sin(self.tilt) * v,
                math.cos(self.tilt) * v - math.sin(self.tilt) * z)

    def at(self, p):
        """Position on paper in pixels."""
        u, v, _ = self.flat(p)
        return ((u - self.low[0]) * self.scale + self.shift, (self.top - v) * self.scale + MARGIN)

    def direction(self, vector):
        """A unit vector on paper, unstretched; short where it points at the reader."""
        origin = (0.0,) * len(vector)
        vector = tuple(v / s for v, s in zip(vector, self.stretch))
        a, b = self.at(origin), self.at(vector)
        size = math.hypot(*(v * s for v, s in zip(vector, self.stretch))) * self.scale or 1.0
        return ((b[0] - a[0]) / size, (b[1] - a[1]) / size)

    def shows(self, position):
        return self.window is None or (0 <= position[0] <= WIDTH
                                       and MARGIN / 2 <= position[1] <= self.height - MARGIN / 2)


def xy(p):
    return f"{p[0]:.1f} {p[1]:.1f}".replace(".0", "")


def element_edges(element):
    """(corner, middle or None, corner) of every edge."""
    shape, count = SHAPES[element.type]
    corners = max(max(e) for e in EDGES[shape]) + 1
    for i, (a, b) in enumerate(EDGES[shape]):
        middle = element.nodes[corners + i] if count > corners else None
        yield element.nodes[a], middle, element.nodes[b]


def edge_path(mesh, view, a, m, b):
    p, q = view.at(mesh.point(a)), view.at(mesh.point(b))
    if m:
        c = view.at(mesh.point(m))
        control = tuple(2 * c[d] - (p[d] + q[d]) / 2 for d in (0, 1))
        if math.dist(c, ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)) > 0.15:
            return f"M{xy(p)}Q{xy(control)} {xy(q)}"
    return f"M{xy(p)}L{xy(q)}"


def draw_plane(mesh, view, fills):
    parts = {}
    for element in mesh.elements:
        ring = []
        for a, m, _ in element_edges(element):
            ring += [a] + ([m] if m else [])
        parts.setdefault(element.set, []).append(
            "M" + "L".join(xy(view.at(mesh.point(n))) for n in ring) + "z")
    out = [f'<path d="{"".join(rows)}" fill="{fills[name]}"/>' for name, rows in parts.items()]
    seen, paths = set(), []
    for element in mesh.elements:
        for a, m, b in element_edges(element):
            if frozenset((a, b)) not in seen:
                seen.add(frozenset((a, b)))
                paths.append(edge_path(mesh, view, a, m, b))
    out.append(f'<path d="{"".join(paths)}" fill="none" stroke="#9aa7b1" stroke-width="0.5"/>')
    outline = []
    for facet in mesh.boundary():
        middle = facet.middle[0] if facet.middle else None
        outline.append(edge_path(mesh, view, facet.corners[0], middle, facet.corners[1]))
    out.append(f'<path d="{"".join(outline)}" fill="none" stroke="#26323a" stroke-width="1.4"/>')
    return out


def draw_solid(mesh, view, fills):
    """The facets that face the reader, farthest first."""
    faces = []
    for facet in mesh.boundary():
        ring = list(facet.corners)
        if facet.middle:
            ring = [n for pair in zip(facet.corners, facet.middle) for n in pair]
        body = [view.flat(mesh.point(n)) for n in facet.element.nodes]
        front = [view.flat(mesh.point(n)) for n in facet.corners]
        depth = sum(p[2] for p in front) / len(front)
        paper = [view.at(mesh.point(n)) for n in ring]
        # seen from the front, the outward normal looks at the reader: away from the element's middle
        a, b, c = front[0], front[1], front[-1]
        normal = [(b[1] - a[1]) * (c[2] - a[2]) - (b[2] - a[2]) * (c[1] - a[1]),
                  (b[2] - a[2]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[2] - a[2]),
                  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])]
        middle = [sum(p[d] for p in body) / len(body) for d in range(3)]
        here = [sum(p[d] for p in front) / len(front) for d in range(3)]
        if sum(n * (h - m) for n, h, m in zip(normal, here, middle)) < 0:
            normal = [-n for n in normal]
        size = math.hypot(*normal) or 1.0
        if normal[2] / size < 1e-3:
            faces.append((depth, facet.element.set, normal[1] / size, paper))
    faces.sort(key=lambda f: -f[0])
    out = []
    for _, name, light, paper in faces:
        base = [int(fills[name][i:i + 2], 16) for i in (1, 3, 5)]
        shade = 0.86 + 0.14 * max(0.0, light)
        colour = "#" + "".join(f"{round(c * shade):02x}" for c in base)
        out.append(f'<path d="M{"L".join(xy(p) for p in paper)}z" fill="{colour}" stroke="#7d8a94" '
                   'stroke-width="0.5"/>')
    return out


def spread(items, count):
    """At most `count` items, evenly taken, ends included."""
    if len(items) <= count:
        return list(items)
    return [items[round(i * (len(items) - 1) / (count - 1))] for i in range(count)]


def draw_supports(deck, view):
    out = []
    for nodes, directions in deck.supports:
        mesh = deck.mesh
        chosen = sorted(nodes, key=lambda n: view.at(mesh.point(n)))
        for node in spread(chosen, 9):
            p = view.at(mesh.point(node))
            if not view.shows(p):
                continue
            for d in directions:
                axis = tuple(1.0 if i == d - 1 else 0.0 for i in range(len(mesh.points[0])))
                u = view.direction(axis)
                a = (p[0] - 7 * u[0], p[1] - 7 * u[1])
                b = (p[0] + 7 * u[0], p[1] + 7 * u[1])
                n = (-u[1] * 3.5, u[0] * 3.5)
                out.append(f"M{xy(a)}L{xy(b)}" + "".join(
                    f"M{xy((e[0] - n[0], e[1] - n[1]))}L{xy((e[0] + n[0], e[1] + n[1]))}"
                    for e in (a, b)))
    return [f'<path d="{"".join(out)}" stroke="#1f6fb2" stroke-width="1.5" fill="none"/>'] if out else []


def outward(mesh, facet):
    points = [mesh.point(n) for n in facet.corners]
    body = [mesh.point(n) for n in facet.element.nodes]
    here = [sum(c) / len(points) for c in zip(*points)]
    if len(here) == 2:
        t = (points[1][0] - points[0][0], points[1][1] - points[0][1])
        normal = [t[1], -t[0]]
    else:
        u, v = ([b - a for a, b in zip(points[0], p)] for p in (points[1], points[-1]))
        normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    middle = [sum(c) / len(body) for c in zip(*body)]
    if sum(n * (h - m) for n, h, m in zip(normal, here, middle)) < 0:
        normal = [-n for n in normal]
    size = math.hypot(*normal)
    return here, [n / size for n in normal]


def draw_loads(deck, view):
    mesh, out = deck.mesh, []
    for facets, kind, label in deck.arrows:
        paper = [view.at(outward(mesh, f)[0]) for f in facets]
        if kind == "dots":
            rows = []
            for f in facets:
                if not view.solid:
                    rows.append(edge_path(mesh, view, f.corners[0], f.middle[0] if f.middle else None,
                                          f.corners[1]))
            if rows:
                out.append(f'<path d="{"".join(rows)}" stroke="#c03a2b" stroke-width="3" '
                           'fill="none" opacity="0.8"/>')
        else:
            order = sorted(facets, key=lambda f: view.at(outward(mesh, f)[0]))
            if kind in ("normal", "outward"):
                order = facets
            rows = []
            for f in spread(order, 9 if not view.solid else 40):
                here, normal = outward(mesh, f)
                length = 24.0
                if kind == "normal":
                    u = view.direction([-n for n in normal])
                elif kind == "outward":
                    u = view.direction(normal)
                else:
                    vector = kind(*here) if callable(kind) else kind
                    size = math.hypot(*vector)
                    if size < 1e-9:
                        continue
                    u = view.direction([v / size for v in vector])
                    if callable(kind):
                        length *= 2 * size
                p = view.at(here)
                if not view.shows(p):
                    continue
                # arrows that press end on the body, arrows that pull begin there
                inward = sum(a * b for a, b in zip(u, view.direction(normal))) < 0
                tip = p if inward else (p[0] + length * u[0], p[1] + length * u[1])
                tail = (tip[0] - length * u[0], tip[1] - length * u[1])
                n = (-u[1] * 3, u[0] * 3)
                back = (tip[0] - 7 * u[0], tip[1] - 7 * u[1])
                rows.append(f"M{xy(tail)}L{xy(tip)}M{xy((back[0] + n[0], back[1] + n[1]))}L{xy(tip)}"
                            f"L{xy((back[0] - n[0], back[1] - n[1]))}")
            out.append(f'<path d="{"".join(rows)}" stroke="#c03a2b" stroke-width="1.4" fill="none"/>')
        if label and view.window is None:
            if view.solid:
                middle = tuple(sum(p[d] for p in paper) / len(paper) for d in (0, 1))
            else:
                middle = paper[len(paper) // 2]
            u = view.direction(outward(mesh, facets[len(facets) // 2])[1])
            anchor = "middle" if abs(u[0]) < 0.5 else ("start" if u[0] > 0 else "end")
            x, y = middle[0] + 34 * u[0], middle[1] + 44 * u[1] + 4
            if view.solid and u[1] > 0:
                # on a face turned away or to the side: beside or below the body
                anchor, x, y = (("start", max(p[0] for p in paper) + 12, middle[1] + 34) if u[0] > 0.3
                                else ("middle", WIDTH / 2, view.height - 6))
            y = max(y, 14)
            if anchor == "start" and x + 6.4 * len(label) > WIDTH:
                anchor, x, y = "end", WIDTH - 4, min(p[1] for p in paper) - 26
            if anchor == "end" and x - 6.4 * len(label) < 0:
                anchor, x, y = "start", 4, min(p[1] for p in paper) - 26
            out.append(text((x, y), label, anchor, "#c03a2b"))
    return out


def text(p, words, anchor="start", colour="#111", size=12, weight="normal"):
    return (f'<text x="{p[0]:.1f}" y="{p[1]:.1f}" text-anchor="{anchor}" fill="{colour}" '
            f'font-size="{size}" font-weight="{weight}" stroke="#fff" stroke-width="3" '
            f'paint-order="stroke">{escape(words)}</text>')


def draw_readings(deck, view):
    out, taken = [], []
    for name, node in deck.readings:
        p = view.at(deck.mesh.point(node))
        if view.shows(p):
            out.append(f'<circle cx="{p[0]:.1f}" cy="{p[1]:.1f}" r="3.6" fill="#111" stroke="#fff"/>')
            crowded = any(math.dist(p, q) < 14 for q in taken)
            out.append(text((p[0] - 8, p[1] + 8) if crowded else (p[0] + 6, p[1] - 7), name,
                            "end" if crowded else "start", weight="bold", size=13))
            taken.append(p)
    return out


def panel(deck, part, window=None):
    view = View(deck.mesh, part, window)
    sets = list(dict.fromkeys(e.set for e in deck.mesh.elements))
    fills = {name: FILLS[i % len(FILLS)] for i, name in enumerate(sets)}
    body = (draw_solid if view.solid else draw_plane)(deck.mesh, view, fills)
    return view, body + draw_supports(deck, view) + draw_loads(deck, view) + draw_readings(deck, view)


def axes(view, height):
    origin = (22.0, height - 46)
    out = []
    for name, axis in zip("xyz"[:3 if view.solid else 2], ((1, 0, 0), (0, 1, 0), (0, 0, 1))):
        u = view.direction(axis[:3 if view.solid else 2])
        tip = (origin[0] + 22 * u[0], origin[1] + 22 * u[1])
        out.append(f'<path d="M{xy(origin)}L{xy(tip)}" stroke="#555" stroke-width="1.2"/>')
        out.append(text((tip[0] + 3 * u[0] - 3, tip[1] + 6 * u[1] + 4), name, size=11, colour="#555"))
    return out


def picture(part):
    model = next((m for m in part.models if m.name == part.view.get("model")), part.stated())
    deck = part.build(model)
    view, body = panel(deck, part)
    height = view.height
    if "inset" in part.view:
        (x0, y0), (x1, y1) = part.view["inset"]
        zoom, inner = panel(deck, part, ((x0, y0), (x1, y1)))
        left, right = zoom.at((x0, y0)), zoom.at((x1, y1))
        clip = (f'<clipPath id="inset"><rect x="{left[0]:.1f}" y="{right[1] - 20:.1f}" '
                f'width="{right[0] - left[0]:.1f}" height="{left[1] - right[1] + 40:.1f}"/></clipPath>')
        body += [clip, f'<g transform="translate(0 {height - 30:.1f})"><g clip-path="url(#inset)">',
                 *inner, "</g></g>"]
        height += zoom.height - 30
    height += 20
    units = part.units["length"]
    spans = [(min(p[d] for p in deck.mesh.points), max(p[d] for p in deck.mesh.points))
             for d in range(len(deck.mesh.points[0]))]
    extent = ", ".join(f"{n} {number(round(a, 6))} … {number(round(b, 6))}"
                       for n, (a, b) in zip("xyz", spans))
    note = f"{model.name}: {len(deck.mesh.points)} nodes, {len(deck.mesh.elements)} elements; " \
           f"{extent} {units}"
    if any(s != 1 for s in part.view.get("stretch", ())):
        note += "; not to scale"
    if "note" in part.view:
        note = f"{part.view['note']}; {note}"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'width="{WIDTH:.0f}" height="{height:.0f}" font-family="Helvetica, Arial, sans-serif">',
        f"<title>{escape(part.title)}</title>", '<rect width="100%" height="100%" fill="#fff"/>',
        *body, *axes(view, height), text((WIDTH / 2, height - 10), note, "middle", "#444", 11),
        "</svg>"]) + "\n"


def main(arguments):
    PICTURES.mkdir(parents=True, exist_ok=True)
    for part in all_parts():
        if not arguments or part.id in arguments or part.folder in arguments:
            (PICTURES / f"{part.folder}.svg").write_text(picture(part), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
