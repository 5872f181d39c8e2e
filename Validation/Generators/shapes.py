"""Geometries that several cases share."""

from meshes import Mesh, arc, blend, box, even, graded, joined, line


def quarter_ring(type_name, inner, outer, knots, angles):
    """A quarter ring in the first quadrant, radial `knots` in [0, 1]."""
    mesh = Mesh(tolerance=1e-7 * outer)
    mesh.add_patch(blend(arc((0, 0), inner, 0, 90), arc((0, 0), outer, 0, 90)), angles, knots,
                   type_name)
    return mesh


def wall_section(type_name, inner, outer, height, knots, heights):
    """The (r, z) section of a cylinder wall."""
    mesh = Mesh(tolerance=1e-7 * outer)
    mesh.add_patch(box((inner, 0), (outer, height)), knots, heights, type_name)
    return mesh


def quarter_plate_with_hole(type_name, radius, half_width, half_length, around, radial, along=0):
    """A quarter of a plate with a central hole at the origin; the length is along x.

    A square around the hole, `around` cells per 45 degrees and `radial` cells outwards: half of
    them up to twice the hole's radius, the others growing to the edge. Then `along` cells to the
    end of the plate where it is longer than wide.
    """
    w = half_width
    mesh = Mesh(tolerance=1e-7 * w)
    angles = even(around)
    cut = radius / (w - radius)
    near = radial // 2
    far = radial - near
    knots = joined(graded(near, 4, 0, cut), graded(far, max(1.5, (1 - cut) / cut), cut, 1))
    mesh.add_patch(blend(arc((0, 0), radius, 0, 45), line((w, 0), (w, w))), angles, knots, type_name)
    mesh.add_patch(blend(arc((0, 0), radius, 45, 90), line((w, w), (0, w))), angles, knots,
                   type_name)
    if along:
        mesh.add_patch(box((w, 0), (half_length, w)), graded(along, 3), angles, type_name)
    return mesh


def ellipse_curves():
    """Inner and outer edge of the NAFEMS elliptic membrane and thick plate, from x to y axis."""
    return arc((0, 0), 2.0, 0, 90, radius_y=1.0), arc((0, 0), 3.25, 0, 90, radius_y=2.75)


def shouldered_bar(type_name, wide, narrow, fillet, refine):
    """The upper half of a flat bar whose width steps from `wide` to `narrow` with a round fillet.

    The fillet starts at x = `fillet` on the narrow arm, which runs to +x, and ends on the shoulder
    at x = 0. The cells of a fan around the fillet grow outwards; each arm is more than twice its
    width long.
    """
    half, top = narrow / 2, wide / 2
    centre = (fillet, half + fillet)
    corner = (-0.6 * half, 0.0)
    level = half + fillet
    mesh = Mesh(tolerance=1e-7 * wide)
    around = [i / (4 * refine) for i in range(4 * refine + 1)]
    outwards = graded(5 * refine, 14 * half / (fillet * 3))
    # the fan: from the narrow arm to the corner of the plan, then up to the level of the shoulder
    mesh.add_patch(blend(arc(centre, fillet, 270, 225), line((fillet, 0), corner)), around, outwards,
                   type_name)
    mesh.add_patch(blend(arc(centre, fillet, 225, 180), line(corner, (corner[0], level))), around,
                   outwards, type_name)
    down = [1 - t for t in reversed(outwards)]
    length = fillet + 2.5 * narrow
    mesh.add_patch(box((fillet, 0), (length, half)), graded(5 * refine, 8), down, type_name)
    # the wide arm: beside the fan, above it, and the corner between
    back = -2 * wide
    leftwards = [1 - t for t in reversed(graded(5 * refine, 8))]
    mesh.add_patch(box((back, 0), (corner[0], level)), leftwards, around, type_name)
    rows = max(1, round(refine * 4 * (top - level) / level))
    upwards = [i / rows for i in range(rows + 1)]
    mesh.add_patch(box((corner[0], level), (0, top)), down, upwards, type_name)
    mesh.add_patch(box((back, level), (corner[0], top)), leftwards, upwards, type_name)
    return mesh, back, length


