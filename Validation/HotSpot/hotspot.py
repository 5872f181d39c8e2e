"""Reads HotSpot's floorplans and power traces, and compares HotSpot with a deck in space.

    python3 Validation/HotSpot/hotspot.py check   FLOORPLAN TRACE
    python3 Validation/HotSpot/hotspot.py deck    FLOORPLAN TRACE CONFIG -o DECK.inp [--coarse]
    python3 Validation/HotSpot/hotspot.py compare FLOORPLAN CONFIG DECK.dat MODEL.steady [MODEL.steady] [--coarse]
    python3 Validation/HotSpot/hotspot.py cut     FLOORPLAN TRACE MILLIMETRES
    python3 Validation/HotSpot/hotspot.py sources FLOORPLAN TRACE

`check` says what is wrong in the files, with lines, and ends with 65. `deck` writes HotSpot's four layers (die, interface, spreader, sink) as eight-node bricks
with steady heat conduction, with `--coarse` one through each layer, as HotSpot has one node in each; `compare` reads the temperatures that gcgan-solve or
CalculiX prints for it, and ends with 1 where the deck is further from the last model than the models are from each other, or has another hottest block. `cut` prints the power along a line across
the die as the heat sources of a problem file, `sources` that of all blocks in plan view.
"""

import sys

# Blocks of HotSpot's own examples leave gaps of a micrometre: coordinates have so many digits.
TOLERANCE = 2e-4                      # of the die's longer side
BAD_DATA, USAGE = 65, 64


class Fault(Exception):
    """What is wrong in a file, and where."""

    def __init__(self, path, line, text):
        super().__init__(f"{path}:{line}: {text}" if line else f"{path}: {text}")


class Block:
    """A rectangle of the floorplan, in metres."""

    def __init__(self, name, width, height, x, y, line):
        self.name, self.line = name, line
        self.left, self.right, self.bottom, self.top = x, x + width, y, y + height

    @property
    def area(self):
        return (self.right - self.left) * (self.top - self.bottom)

    def overlap(self, other):
        """The width and the height of what both cover; not above 0 where they do not meet."""
        return (min(self.right, other.right) - max(self.left, other.left),
                min(self.top, other.top) - max(self.bottom, other.bottom))


def rows(path):
    """The lines of a file that say something: number and words."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(path, None, f"the file cannot be read: {error}") from error
    return [(number, words) for number, line in enumerate(text.splitlines(), 1)
            if (words := line.split("#")[0].split())]


def numbers(path, line, words, what):
    try:
        values = [float(word) for word in words]
    except ValueError:
        raise Fault(path, line, f"{what}: '{' '.join(words)[:60]}' are not all numbers") from None
    if any(value != value or abs(value) == float("inf") for value in values):
        raise Fault(path, line, f"{what}: a value is NaN or infinite")
    return values


class Floorplan:
    """A die that blocks cover without gap and overlap."""

    def __init__(self, path):
        self.blocks = []
        for line, words in rows(path):
            if len(words) not in (5, 6, 7):
                raise Fault(path, line, f"a block has a name, width, height, left x and bottom y, found {len(words)} words")
            width, height, x, y = numbers(path, line, words[1:5], f"block '{words[0]}'")
            if width <= 0 or height <= 0:
                raise Fault(path, line, f"block '{words[0]}' is {width} m wide and {height} m high; both are above 0")
            if any(words[0] == known.name for known in self.blocks):
                raise Fault(path, line, f"a second block is called '{words[0]}'")
            self.blocks.append(Block(words[0], width, height, x, y, line))
        if not self.blocks:
            raise Fault(path, None, "there is no block in it")
        self.left = min(b.left for b in self.blocks)
        self.right = max(b.right for b in self.blocks)
        self.bottom = min(b.bottom for b in self.blocks)
        self.top = max(b.top for b in self.blocks)
        self.width, self.height = self.right - self.left, self.top - self.bottom
        longer = max(self.width, self.height)
        if not 1e-4 <= longer <= 0.2:
            raise Fault(path, self.blocks[0].line,
                        f"the die would be {longer:g} m long: lengths of a floorplan are metres, such as 0.016")
        self.near = TOLERANCE * longer
        for place, block in enumerate(self.blocks):
            for other in self.blocks[:place]:
                across, up = block.overlap(other)
                if across > self.near and up > self.near:
                    raise Fault(path, block.line, f"block '{block.name}' overlaps '{other.name}' of line {other.line} by "
                                f"{across * 1e6:.0f} x {up * 1e6:.0f} micrometres")
        self.xs = self.lines([b.left for b in self.blocks] + [b.right for b in self.blocks])
        self.ys = self.lines([b.bottom for b in self.blocks] + [b.top for b in self.blocks])
        for y in centres(self.ys):
            for x in centres(self.xs):
                if self.block_at(x, y) is None:
                    raise Fault(path, None, f"no block covers x = {x * 1e3:.3f} mm, y = {y * 1e3:.3f} mm: blocks leave no gap")

    def lines(self, values):
        """Sides of blocks without those that are nearer than the tolerance to another."""
        kept = []
        for value in sorted(values):
            if not kept or value - kept[-1] > self.near:
                kept.append(value)
        return kept

    def block_at(self, x, y):
        inside = [b for b in self.blocks if b.left <= x <= b.right and b.bottom <= y <= b.top]
        return inside[0] if inside else None


def centres(values):
    return [(a + b) / 2 for a, b in zip(values, values[1:])]


def mean_powers(path, plan):
    """The mean power of every block of a trace, in watts, by name."""
    lines = rows(path)
    if len(lines) < 2:
        raise Fault(path, None, "a trace has a line of names and at least one line of powers")
    number, names = lines[0]
    known = [b.name for b in plan.blocks]
    for name in names:
        if names.count(name) > 1:
            raise Fault(path, number, f"the name '{name}' stands twice")
        if name not in known:
            raise Fault(path, number, f"the floorplan has no block '{name}': the trace is of other blocks")
    for name in known:
        if name not in names:
            raise Fault(path, number, f"the trace has no power of block '{name}'")
    sums = [0.0] * len(names)
    for line, words in lines[1:]:
        if len(words) != len(names):
            raise Fault(path, line, f"{len(words)} powers for {len(names)} blocks")
        for place, power in enumerate(numbers(path, line, words, "powers")):
            if power < 0:
                raise Fault(path, line, f"the power of '{names[place]}' is {power} W, below 0")
            sums[place] += power
    powers = {name: total / (len(lines) - 1) for name, total in zip(names, sums)}
    density = sum(powers.values()) / (plan.width * plan.height)
    if density > 1e8:
        raise Fault(path, number, f"{density:.3g} W/m^2 on the die: powers of a trace are watts")
    return powers


NEEDED = ("t_chip", "k_chip", "t_interface", "k_interface", "s_spreader", "t_spreader", "k_spreader", "s_sink", "t_sink", "k_sink",
          "r_convec", "ambient")


def settings(path):
    """The options of a HotSpot configuration that a stack has, `-name value`, in SI units."""
    found = {}
    for line, words in rows(path):
        if len(words) > 1 and words[0][1:] in NEEDED:
            found[words[0][1:]] = numbers(path, line, words[1:2], words[0])[0]
    for name in NEEDED:
        if found.get(name, 0) <= 0:
            raise Fault(path, None, f"there is no option '-{name}' above 0")
    return found


def refined(lines, largest):
    """Lines with others between them, no further apart than `largest`."""
    result = [lines[0]]
    for a, b in zip(lines, lines[1:]):
        count = max(1, -int(-(b - a) // largest))
        result += [a + (b - a) * n / count for n in range(1, count + 1)]
    return result


def outwards(near, far, first, ratio=1.5):
    """Lines from `near` to `far`, `first` apart at first and further by `ratio` each."""
    steps, total = [], 0.0
    while total < abs(far - near):
        steps.append(first * ratio ** len(steps))
        total += steps[-1]
    scale = (far - near) / total
    place, result = near, []
    for step in steps:
        place += step * scale
        result.append(place)
    result[-1] = far
    return result


class Stack:
    """HotSpot's layers about the middle of the die, and a mesh of bricks. Lengths in metres.

    `isCoarse`: one brick through each layer, as HotSpot has one node in each.
    """

    def __init__(self, plan, config, isCoarse=False, largest=0.4e-3):
        value = {key: config[key] for key in NEEDED}
        middle = ((plan.left + plan.right) / 2, (plan.bottom + plan.top) / 2)
        self.axes = []
        for axis, lines in enumerate((plan.xs, plan.ys)):
            lines = refined(lines, largest)
            for side in (value["s_spreader"] / 2, value["s_sink"] / 2):
                lines = (outwards(lines[0], middle[axis] - side, largest)[::-1] + lines
                         + outwards(lines[-1], middle[axis] + side, largest))
            self.axes.append(lines)
        sides = (None, None, value["s_spreader"] / 2, value["s_sink"] / 2)
        self.layers, bottom = [], 0.0
        for name, thickness, conductivity, side, count in (
                ("DIE", value["t_chip"], value["k_chip"], None, 2),
                ("INTERFACE", value["t_interface"], value["k_interface"], None, 1),
                ("SPREADER", value["t_spreader"], value["k_spreader"], sides[2], 3),
                ("SINK", value["t_sink"], value["k_sink"], sides[3], 5)):
            count = 1 if isCoarse else count
            self.layers.append((name, [bottom + thickness * n / count for n in range(count + 1)], conductivity, side))
            bottom += thickness
        self.middle, self.plan = middle, plan
        self.ambient = value["ambient"]
        self.film = 1 / (value["r_convec"] * value["s_sink"] ** 2)

    def covers(self, side, x, y):
        if side is None:
            return self.plan.left < x < self.plan.right and self.plan.bottom < y < self.plan.top
        return abs(x - self.middle[0]) < side and abs(y - self.middle[1]) < side


def deck(plan, powers, stack, title):
    """A deck of eight-node bricks in SI units: power in the volume of each block of the die, a film on the sink."""
    xs, ys = stack.axes
    zs = sorted({z for _, heights, _, _ in stack.layers for z in heights})
    nodes, cells = {}, []

    def node(i, j, k):
        return nodes.setdefault((i, j, k), len(nodes) + 1)

    sets, top, sources = {}, [], {b.name: [] for b in plan.blocks}
    for name, heights, _, side in stack.layers:
        for k in range(zs.index(heights[0]), zs.index(heights[-1])):
            for j, y in enumerate(centres(ys)):
                for i, x in enumerate(centres(xs)):
                    if not stack.covers(side, x, y):
                        continue
                    corners = [node(i + a, j + b, k + c) for c in (0, 1) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
                    cells.append(corners)
                    sets.setdefault(name, []).append(len(cells))
                    if name == "DIE":
                        volume = (xs[i + 1] - xs[i]) * (ys[j + 1] - ys[j]) * (zs[k + 1] - zs[k])
                        sources[plan.block_at(x, y).name].append((len(cells), volume))
                    if k == len(zs) - 2:
                        top.append(len(cells))
    lines = [f"** {title}", "** Written by Validation/HotSpot/hotspot.py; metres, watts, kelvins", "*NODE, NSET=NALL"]
    lines += [f"{n}, {xs[i]:.9g}, {ys[j]:.9g}, {zs[k]:.9g}" for (i, j, k), n in nodes.items()]
    first = 1
    for name, numbers_of in sets.items():
        lines.append(f"*ELEMENT, TYPE=C3D8, ELSET={name}")
        for number in numbers_of:
            lines.append(f"{number}, " + ", ".join(str(n) for n in cells[number - 1]))
    die = sorted({n for number in sets["DIE"] for n in cells[number - 1]})
    lines.append("*NSET, NSET=DIENODES")
    lines += [", ".join(str(n) for n in die[at:at + 12]) for at in range(0, len(die), 12)]
    for name, _, conductivity, _ in stack.layers:
        lines += [f"*MATERIAL, NAME={name}", "*CONDUCTIVITY", f"{conductivity:g}", f"*SOLID SECTION, ELSET={name}, MATERIAL={name}"]
    lines += ["*STEP", "*HEAT TRANSFER, STEADY STATE", "*DFLUX"]
    for block in plan.blocks:
        total = sum(volume for _, volume in sources[block.name])
        lines += [f"{number}, BF, {powers[block.name] / total:.10g}" for number, _ in sources[block.name]]
    lines.append("*FILM")
    lines += [f"{number}, F2, {stack.ambient:g}, {stack.film:.10g}" for number in top]
    lines += ["*NODE PRINT, NSET=DIENODES", "NT", "*END STEP"]
    return "\n".join(lines) + "\n"


def block_temperatures(plan, path, stack):
    """The mean temperature of the silicon of every block, from the temperatures that a solver printed for the deck."""
    xs, ys = stack.axes
    printed = {}
    for line, words in rows(path):
        if len(words) == 2 and words[0].isdigit():
            printed[int(words[0])] = numbers(path, line, words[1:], "a temperature")[0]
    places, order = {}, []
    # The same numbering as in the deck, whose first cells are those of the die.
    heights = stack.layers[0][1]
    for k in range(len(heights) - 1):
        for j, y in enumerate(centres(ys)):
            for i, x in enumerate(centres(xs)):
                if stack.covers(None, x, y):
                    corners = [places.setdefault((i + a, j + b, k + c), len(places) + 1)
                               for c in (0, 1) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
                    area = (xs[i + 1] - xs[i]) * (ys[j + 1] - ys[j])
                    order.append((plan.block_at(x, y).name, area, corners))
    sums = {b.name: [0.0, 0.0] for b in plan.blocks}
    for name, area, corners in order:
        if any(corner not in printed for corner in corners):
            raise Fault(path, None, "it does not print every node of the die: it is of another deck")
        sums[name][0] += area * sum(printed[corner] for corner in corners) / 8
        sums[name][1] += area
    return {name: total / area for name, (total, area) in sums.items()}


def steady(path, plan):
    """The temperatures of the blocks that HotSpot wrote, in kelvins, by name."""
    values = {words[0]: numbers(path, line, words[1:2], "a temperature")[0] for line, words in rows(path) if len(words) == 2}
    for block in plan.blocks:
        if block.name not in values:
            raise Fault(path, None, f"it has no temperature of block '{block.name}'")
    return {block.name: values[block.name] for block in plan.blocks}


def difference(a, b):
    """The root mean square and the largest difference over blocks, and where that is."""
    gaps = {name: a[name] - b[name] for name in a}
    worst = max(gaps, key=lambda name: abs(gaps[name]))
    return (sum(gap * gap for gap in gaps.values()) / len(gaps)) ** 0.5, gaps[worst], worst


def compare(plan, ours, models):
    """A table of all blocks, and how far the models are apart; whether the deck is as near to the last one as the models are to each other, with its hottest block."""
    names = ["deck"] + [path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path, _ in models]
    columns = [ours] + [values for _, values in models]
    print(f"{'block':10}" + "".join(f"{name:>10}" for name in names))
    for block in plan.blocks:
        print(f"{block.name:10}" + "".join(f"{values[block.name]:10.2f}" for values in columns))
    print(f"{'hottest':10}" + "".join(f"{max(values, key=values.get):>10}" for values in columns))
    between = max((difference(a, b)[0] for n, (_, a) in enumerate(models) for _, b in models[:n]), default=float("inf"))
    good = max(ours, key=ours.get) == max(models[-1][1], key=models[-1][1].get)
    pairs = [(names[0], ours, name, values) for name, (_, values) in zip(names[1:], models)]
    pairs += [(names[n + 1], a, names[m + 1], b) for n, (_, a) in enumerate(models) for m, (_, b) in enumerate(models[:n])]
    for first, a, second, b in pairs:
        rms, gap, worst = difference(a, b)
        print(f"{first} - {second}: rms {rms:.2f} K, largest {gap:+.2f} K ({worst})")
        good = good and ((first, second) != (names[0], names[-1]) or rms <= between)
    return good


def cut(plan, powers, millimetres):
    """The heat sources of a problem file along y = constant: shares of the die's width, and of the power on the line."""
    y = plan.bottom + millimetres * 1e-3
    met = sorted((b for b in plan.blocks if b.bottom <= y < b.top), key=lambda b: b.left)
    if not met:
        raise Fault("the line", None, f"y = {millimetres} mm is outside of the die, 0 to {plan.height * 1e3:g} mm")
    lines = [(b, powers[b.name] / b.area * (b.right - b.left)) for b in met]
    total = sum(power for _, power in lines)
    print(f"# {total:.4g} W per metre of depth along y = {millimetres} mm")
    for block, power in lines:
        print(f"- {{from: {(block.left - plan.left) / plan.width:.4f}, to: {(block.right - plan.left) / plan.width:.4f}, "
              f"share: {power / total:.4f}}}   # {block.name}")


def sources(plan, powers):
    """The heat sources of a problem file in plan view: shares of the die's width and height, and of the whole power."""
    total = sum(powers.values())
    for block in plan.blocks:
        print(f"- {{from: [{(block.left - plan.left) / plan.width:.4f}, {(block.bottom - plan.bottom) / plan.height:.4f}], "
              f"to: [{(block.right - plan.left) / plan.width:.4f}, {(block.top - plan.bottom) / plan.height:.4f}], "
              f"share: {powers[block.name] / total:.5f}}}   # {block.name}")


def main(arguments):
    isCoarse = "--coarse" in arguments
    try:
        command, *paths = [word for word in arguments if word != "--coarse"]
        if command == "check" and len(paths) == 2:
            plan = Floorplan(paths[0])
            powers = mean_powers(paths[1], plan)
            print(f"{len(plan.blocks)} blocks, {plan.width * 1e3:g} x {plan.height * 1e3:g} mm, {sum(powers.values()):.4g} W")
        elif command == "deck" and len(paths) == 5 and paths[3] == "-o":
            plan = Floorplan(paths[0])
            stack = Stack(plan, settings(paths[2]), isCoarse)
            text = deck(plan, mean_powers(paths[1], plan), stack, f"HotSpot's layers, {paths[0].rsplit('/', 1)[-1]}")
            with open(paths[4], "w", encoding="utf-8") as file:
                file.write(text)
        elif command == "compare" and len(paths) >= 4:
            plan = Floorplan(paths[0])
            ours = block_temperatures(plan, paths[2], Stack(plan, settings(paths[1]), isCoarse))
            return 0 if compare(plan, ours, [(path, steady(path, plan)) for path in paths[3:]]) else 1
        elif command == "sources" and len(paths) == 2:
            plan = Floorplan(paths[0])
            sources(plan, mean_powers(paths[1], plan))
        elif command == "cut" and len(paths) == 3:
            plan = Floorplan(paths[0])
            cut(plan, mean_powers(paths[1], plan), float(paths[2]))
        else:
            raise ValueError
    except ValueError:
        print(__doc__, file=sys.stderr)
        return USAGE
    except Fault as fault:
        print(fault, file=sys.stderr)
        return BAD_DATA
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
