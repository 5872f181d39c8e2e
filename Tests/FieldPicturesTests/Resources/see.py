"""What VTK sees along rays through a mesh: for each ray the number of the first triangle and the value there.

Reads JSON from standard input: points, triangles, values, rays (pairs of points). Prints a list of [triangle, value] or null.
"""

import json
import sys

import vtk

data = json.load(sys.stdin)
points = vtk.vtkPoints()
points.SetDataTypeToDouble()
for point in data["points"]:
    points.InsertNextPoint(point)
cells = vtk.vtkCellArray()
for triangle in data["triangles"]:
    cells.InsertNextCell(3, triangle)
mesh = vtk.vtkPolyData()
mesh.SetPoints(points)
mesh.SetPolys(cells)
locator = vtk.vtkStaticCellLocator()
locator.SetDataSet(mesh)
locator.BuildLocator()
seen = []
for start, end in data["rays"]:
    t, part, cell, cell_id = vtk.reference(0.0), vtk.reference(0), vtk.vtkGenericCell(), vtk.reference(0)
    place, parametric = [0.0] * 3, [0.0] * 3
    if not locator.IntersectWithLine(start, end, 1e-9, t, place, parametric, part, cell_id, cell):
        seen.append(None)
        continue
    number = int(cell_id)
    a, b, c = (data["values"][corner] for corner in data["triangles"][number])
    r, s = parametric[0], parametric[1]
    seen.append([number, a * (1 - r - s) + b * r + c * s])
print(json.dumps(seen))
