"""Structured meshes of mapped patches, for every element type gcgan knows.

A patch is a unit square or cube, a mapping into space, and knots along each parameter. All cells are
cut from one *doubled lattice*: corners sit on even lattice points and a mid-side node sits half-way
between its two corners, on the mapped (curved) geometry. Patches are joined by coordinates.

Only the standard library is used, and the order of nodes and elements follows from the calls alone,
so that a generator writes the same bytes every time.
"""

import itertools
import math

# Edges by corner index, in the order in which Abaqus and CalculiX number the mid-side nodes.
EDGES = {
    "triangle": [(0, 1), (1, 2), (2, 0)],
    "quadrilateral": [(0, 1), (1, 2), (2, 3), (3, 0)],
    "tetrahedron": [(0, 1), (1, 2), (2, 0), (0, 3), (1, 3), (2, 3)],
    "wedge": [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3), (1, 4), (2, 5)],
    "hexahedron": [(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4),
                   (0, 4), (1, 5), (2, 6), (3, 7)],
}

# Facets by corner index, in the order in which CalculiX numbers them (S1, S2, ... and P1, P2, ...).
FACETS = {
    "triangle": [(0, 1), (1, 2), (2, 0)],
    "quadrilateral": [(0, 1), (1, 2), (2, 3), (3, 0)],
    "tetrahedron": [(0, 1, 2), (0, 3, 1), (1, 3, 2), (2, 3, 0)],
    "wedge": [(0, 1, 2), (3, 4, 5), (0, 1, 4, 3), (1, 2, 5, 4), (2, 0, 3, 5)],
    "hexahedron": [(0, 1, 2, 3), (4, 7, 6, 5), (0, 4, 5, 1), (1, 5, 6, 2), (2, 6, 7, 3),
                   (3, 7, 4, 0)],
}

# Shape and number of nodes of each element type.
SHAPES = {}
for _family in ("CPS", "CPE", "CAX"):
    SHAPES[_family + "3"] = ("triangle", 3)
    SHAPES[_family + "6"] = ("triangle", 6)
    for _name, _count in (("4", 4), ("4R", 4), ("8", 8), ("8R", 8)):
        SHAPES[_family + _name] = ("quadrilateral", _count)
SHAPES.update({
    "C3D4": ("tetrahedron", 4), "C3D10": ("tetrahedron", 10),
    "C3D6": ("wedge", 6), "C3D15": ("wedge", 15),
    "C3D8": ("hexahedron", 8), "C3D8R": ("hexahedron", 8), "C3D8I": ("hexahedron", 8),
    "C3D20": ("hexahedron", 20), "C3D20R": ("hexahedron", 20),
})


def is_quadratic(type_name):
    """Whether the element has mid-side nodes."""
    return SHAPES[type_name][1] in (6, 8, 10, 15, 20) and type_name not in (
        "C3D6", "C3D8", "C3D8R", "C3D8I")


# ---------------------------------------------------------------------------------------------------
# knots


def even(count, start=0.0, end=1.0):
    """`count` + 1 equally spaced knots."""
    return [start + (end - start) * i / count for i in range(count + 1)]


def graded(count, ratio, start=0.0, end=1.0):
    """`count` + 1 knots whose intervals grow geometrically; the last is `ratio` times the first."""
    if count == 1 or ratio == 1:
        return even(count, start, end)
    growth = ratio ** (1 / (count - 1))
    total = (growth ** count - 1) / (growth - 1)
    knots = [start + (end - start) * ((growth ** i - 1) / (growth - 1)) / total
             for i in range(count)]
    return knots + [end]


def joined(*segments):
    """Knots of several segments, end to start, without the doubled ends."""
    knots = list(segments[0])
    for segment in segments[1:]:
        knots += segment[1:]
    return knots


# ---------------------------------------------------------------------------------------------------
# mappings


def blend(inner, outer):
    """The mapping that runs straight from curve `inner`(s) at t = 0 to curve `outer`(s) at t = 1."""
    def mapping(s, t):
        return tuple((1 - t) * a + t * b for a, b in zip(inner(s), outer(s)))
    return mapping


def arc(centre, radius, start, end, radius_y=None):
    """A circular or elliptic arc as a curve of s; angles in degrees."""
    def curve(s):
        angle = math.radians(start + (end - start) * s)
        return (centre[0] + radius * math.cos(angle),
                centre[1] + (radius_y or radius) * math.sin(angle))
    return curve


def line(start, end):
    """A straight line as a curve of s."""
    return lambda s: tuple(a + (b - a) * s for a, b in zip(start, end))


def polyline(points, breaks):
    """A chain of straight lines; `breaks` are the values of s at which `points` are reached."""
    def curve(s):
        for (a, b), (p, q) in zip(zip(breaks, breaks[1:]), zip(points, points[1:])):
            if s <= b or b == breaks[-1]:
                w = (s - a) / (b - a)
                return tuple(u + (v - u) * w for u, v in zip(p, q))
    return curve


def box(low, high):
    """The mapping of the unit square or cube onto an axis-parallel box."""
    return lambda *parameters: tuple(a + (b - a) * p for a, b, p in zip(low, high, parameters))


def piecewise_linear(points, knots):
    """The tri-linear mapping cell by cell through `points`[i, j, k]; edges stay straight."""
    def mapping(*parameters):
        cells, weights = [], []
        for p, k in zip(parameters, knots):
            i = max(0, min(len(k) - 2, next((j for j in range(len(k) - 1) if p <= k[j + 1]),
                                            len(k) - 2)))
            cells.append(i)
            weights.append((p - k[i]) / (k[i + 1] - k[i]))
        result = [0.0] * len(parameters)
        for corner in itertools.product((0, 1), repeat=len(parameters)):
            share = 1.0
            for bit, w in zip(corner, weights):
                share *= w if bit else 1 - w
            if share:
                point = points[tuple(c + bit for c, bit in zip(cells, corner))]
                result = [r + share * x for r, x in zip(result, point)]
        return tuple(result)
    return mapping


# ---------------------------------------------------------------------------------------------------
# the mesh


class Element:
    """One element: its number, type, nodes (numbers) and the element set it was made in."""

    def __init__(self, number, type_name, nodes, set_name):
        self.number, self.type, self.nodes, self.set = number, type_name, nodes, set_name

    def facets(self):
        """(facet number, corner nodes, mid-side nodes) of each facet."""
        shape, count = SHAPES[self.type]
        corners = max(max(edge) for edge in EDGES[shape]) + 1
        middle = {}
        if count > corners:
            for edge, node in zip(EDGES[shape], self.nodes[corners:]):
                middle[frozenset(edge)] = node
        for number, facet in enumerate(FACETS[shape], 1):
            ring = list(zip(facet, facet[1:] + facet[:1])) if len(facet) > 2 else [facet]
            yield (number, [self.nodes[c] for c in facet],
                   [middle[frozenset(edge)] for edge in ring] if middle else [])


class Facet:
    """One facet on the outside of the mesh."""

    def __init__(self, element, number, corners, middle):
        self.element, self.number, self.corners, self.middle = element, number, corners, middle


class Mesh:
    """Nodes and elements of one model; node and element numbers start at one."""

    def __init__(self, tolerance=1e-7, straight=False):
        """With `straight`, mid-side nodes sit half-way between their corners, not on the mapping."""
        self.points = []          # point of node n at n - 1
        self.straight = straight
        self.elements = []
        self.tolerance = tolerance
        self._buckets = {}
        self._boundary = None

    # --- nodes

    def node(self, point):
        """The number of the node at `point`, made if there is none yet."""
        scaled = [x / self.tolerance for x in point]
        for corner in itertools.product((-0.5, 0.5), repeat=len(point)):
            key = tuple(math.floor(x + c) for x, c in zip(scaled, corner))
            for number in self._buckets.get(key, ()):
                if math.dist(self.points[number - 1], point) <= self.tolerance / 2:
                    return number
        self.points.append(tuple(0.0 if abs(x) < self.tolerance * 1e-5 else x for x in point))
        number = len(self.points)
        for corner in itertools.product((-0.5, 0.5), repeat=len(point)):
            key = tuple(math.floor(x + c) for x, c in zip(scaled, corner))
            bucket = self._buckets.setdefault(key, [])
            if number not in bucket:
                bucket.append(number)
        return number

    def point(self, number):
        return self.points[number - 1]

    def nodes_where(self, predicate):
        """Numbers of the nodes whose coordinates satisfy `predicate`, ascending."""
        return [n for n, p in enumerate(self.points, 1) if predicate(*p)]

    def node_at(self, *point):
        """The number of the node at a point; it must exist."""
        number = min(range(1, len(self.points) + 1), key=lambda n: math.dist(self.point(n), point))
        if math.dist(self.point(number), point) > 10 * self.tolerance:
            raise ValueError(f"no node at {point}; the nearest is {self.point(number)}")
        return number

    # --- patches

    def add_patch(self, mapping, knots_s, knots_t, type_name, set_name="PART"):
        """Fills a mapped square with plane cells."""
        shape, _ = SHAPES[type_name]
        at = self._lattice(mapping, (knots_s, knots_t))
        for i in range(len(knots_s) - 1):
            for j in range(len(knots_t) - 1):
                a, b, c, d = ((2 * i, 2 * j), (2 * i + 2, 2 * j), (2 * i + 2, 2 * j + 2),
                              (2 * i, 2 * j + 2))
                if shape == "quadrilateral":
                    cells = [(a, b, c, d)]
                elif (i + j) % 2 == 0:
                    cells = [(a, b, c), (a, c, d)]
                else:
                    cells = [(a, b, d), (b, c, d)]
                for cell in cells:
                    p, q, r = (at(x) for x in (cell[0], cell[1], cell[-1]))
                    if (q[0] - p[0]) * (r[1] - p[1]) < (q[1] - p[1]) * (r[0] - p[0]):
                        cell = cell[:1] + cell[:0:-1]
                    self._add(type_name, cell, at, set_name)

    def add_block(self, mapping, knots_r, knots_s, knots_t, type_name, set_name="PART"):
        """Fills a mapped cube with solid cells; wedges are extruded along the third parameter."""
        shape, _ = SHAPES[type_name]
        at = self._lattice(mapping, (knots_r, knots_s, knots_t))
        for k in range(len(knots_t) - 1):
            for j in range(len(knots_s) - 1):
                for i in range(len(knots_r) - 1):
                    for cell in _solid_cells(shape, i, j, k):
                        if self._volume(shape, cell, at) < 0:
                            cell = _mirrored(shape, cell)
                        self._add(type_name, cell, at, set_name)

    @staticmethod
    def _lattice(mapping, knots):
        cache = {}

        def at(lattice):
            if lattice not in cache:
                parameters = [k[i // 2] if i % 2 == 0 else (k[i // 2] + k[i // 2 + 1]) / 2
                              for i, k in zip(lattice, knots)]
                cache[lattice] = mapping(*parameters)
            return cache[lattice]
        return at

    @staticmethod
    def _volume(shape, cell, at):
        last = {"tetrahedron": 3, "wedge": 3, "hexahedron": 4}[shape]
        second = {"tetrahedron": 2, "wedge": 2, "hexahedron": 3}[shape]
        o, a, b, c = (at(cell[n]) for n in (0, 1, second, last))
        u, v, w = ([y - x for x, y in zip(o, p)] for p in (a, b, c))
        return (u[0] * (v[1] * w[2] - v[2] * w[1]) - u[1] * (v[0] * w[2] - v[2] * w[0])
                + u[2] * (v[0] * w[1] - v[1] * w[0]))

    def _add(self, type_name, cell, at, set_name):
        shape, _ = SHAPES[type_name]
        points = [at(x) for x in cell]
        if is_quadratic(type_name):
            for a, b in EDGES[shape]:
                if self.straight:
                    points.append(tuple((x + y) / 2 for x, y in zip(points[a], points[b])))
                else:
                    points.append(at(tuple((x + y) // 2 for x, y in zip(cell[a], cell[b]))))
        nodes = [self.node(p) for p in points]
        self.elements.append(Element(len(self.elements) + 1, type_name, nodes, set_name))
        self._boundary = None

    # --- facets

    def boundary(self):
        """The facets that belong to one element only, in element order."""
        if self._boundary is None:
            seen = {}
            for element in self.elements:
                for number, corners, middle in element.facets():
                    key = frozenset(corners)
                    seen[key] = None if key in seen else Facet(element, number, corners, middle)
            self._boundary = [facet for facet in seen.values() if facet]
        return self._boundary

    def facets_where(self, predicate):
        """The outside facets all of whose corners satisfy `predicate`."""
        return [f for f in self.boundary() if all(predicate(*self.point(n)) for n in f.corners)]

    def consistent_forces(self, facets, traction, thickness=1.0):
        """Nodal forces that do the work of `traction`(point) on the element's own shape functions.

        On edges of plane elements the traction is multiplied by `thickness`. The result is ordered
        by node number.
        """
        forces = {}
        for facet in facets:
            nodes = facet.corners + facet.middle
            points = [self.point(n) for n in nodes]
            for parameters, weight in _facet_rule(len(facet.corners)):
                values, slopes = _facet_functions(len(nodes), len(facet.corners), parameters)
                where = [sum(v * p[d] for v, p in zip(values, points))
                         for d in range(len(points[0]))]
                tangents = [[sum(s * p[d] for s, p in zip(slope, points))
                             for d in range(len(points[0]))] for slope in slopes]
                if len(tangents) == 1:
                    area = math.hypot(*tangents[0]) * thickness
                else:
                    (a, b, c), (d, e, f) = tangents
                    area = math.hypot(b * f - c * e, c * d - a * f, a * e - b * d)
                t = traction(*where)
                for n, v in zip(nodes, values):
                    total = forces.setdefault(n, [0.0] * len(t))
                    for i, component in enumerate(t):
                        total[i] += weight * area * v * component
        return dict(sorted(forces.items()))


def _solid_cells(shape, i, j, k):
    """Corner lattice points of the cells that fill one cube of the lattice."""
    def corner(a, b, c):
        return (2 * (i + a), 2 * (j + b), 2 * (k + c))
    low = [corner(0, 0, 0), corner(1, 0, 0), corner(1, 1, 0), corner(0, 1, 0)]
    high = [corner(0, 0, 1), corner(1, 0, 1), corner(1, 1, 1), corner(0, 1, 1)]
    if shape == "hexahedron":
        return [tuple(low + high)]
    if shape == "wedge":
        if (i + j) % 2 == 0:
            triangles = [(0, 1, 2), (0, 2, 3)]
        else:
            triangles = [(0, 1, 3), (1, 2, 3)]
        return [tuple([low[n] for n in t] + [high[n] for n in t]) for t in triangles]
    # Kuhn's six tetrahedra: one for each order in which the three directions can be walked.
    cells = []
    for order in itertools.permutations(range(3)):
        walk = [[0, 0, 0]]
        for axis in order:
            step = list(walk[-1])
            step[axis] = 1
            walk.append(step)
        cells.append(tuple(corner(*w) for w in walk))
    return cells


def _mirrored(shape, cell):
    if shape == "tetrahedron":
        return (cell[0], cell[2], cell[1], cell[3])
    half = len(cell) // 2
    return cell[half:] + cell[:half]


_GAUSS = [(-math.sqrt(5 + 2 * math.sqrt(10 / 7)) / 3, (322 - 13 * math.sqrt(70)) / 900),
          (-math.sqrt(5 - 2 * math.sqrt(10 / 7)) / 3, (322 + 13 * math.sqrt(70)) / 900),
          (0.0, 128 / 225),
          (math.sqrt(5 - 2 * math.sqrt(10 / 7)) / 3, (322 + 13 * math.sqrt(70)) / 900),
          (math.sqrt(5 + 2 * math.sqrt(10 / 7)) / 3, (322 - 13 * math.sqrt(70)) / 900)]


def _facet_rule(corners):
    """Integration points (parameters, weight) on an edge, triangle or quadrilateral."""
    if corners == 2:
        return [((x,), w) for x, w in _GAUSS]
    if corners == 4:
        return [((x, y), v * w) for x, v in _GAUSS for y, w in _GAUSS]
    # Duffy's square collapsed onto the triangle.
    return [(((1 + x) / 2, (1 - (1 + x) / 2) * (1 + y) / 2), v * w / 4 * (1 - (1 + x) / 2))
            for x, v in _GAUSS for y, w in _GAUSS]


def _facet_functions(count, corners, parameters):
    """Shape functions and their derivatives by each parameter."""
    if corners == 2:
        x, = parameters
        if count == 2:
            return [(1 - x) / 2, (1 + x) / 2], [[-0.5, 0.5]]
        return [x * (x - 1) / 2, x * (x + 1) / 2, 1 - x * x], [[x - 0.5, x + 0.5, -2 * x]]
    if corners == 3:
        b, c = parameters
        a = 1 - b - c
        if count == 3:
            return [a, b, c], [[-1, 1, 0], [-1, 0, 1]]
        return ([a * (2 * a - 1), b * (2 * b - 1), c * (2 * c - 1), 4 * a * b, 4 * b * c, 4 * c * a],
                [[1 - 4 * a, 4 * b - 1, 0, 4 * (a - b), 4 * c, -4 * c],
                 [1 - 4 * a, 0, 4 * c - 1, -4 * b, 4 * b, 4 * (a - c)]])
    x, y = parameters
    signs = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    if count == 4:
        return ([(1 + x * p) * (1 + y * q) / 4 for p, q in signs],
                [[p * (1 + y * q) / 4 for p, q in signs], [q * (1 + x * p) / 4 for p, q in signs]])
    values = [(1 + x * p) * (1 + y * q) * (x * p + y * q - 1) / 4 for p, q in signs]
    by_x = [p * (1 + y * q) * (2 * x * p + y * q) / 4 for p, q in signs]
    by_y = [q * (1 + x * p) * (x * p + 2 * y * q) / 4 for p, q in signs]
    values += [(1 - x * x) * (1 - y) / 2, (1 + x) * (1 - y * y) / 2,
               (1 - x * x) * (1 + y) / 2, (1 - x) * (1 - y * y) / 2]
    by_x += [-x * (1 - y), (1 - y * y) / 2, -x * (1 + y), -(1 - y * y) / 2]
    by_y += [-(1 - x * x) / 2, -y * (1 + x), (1 - x * x) / 2, -y * (1 - x)]
    return values, [by_x, by_y]
