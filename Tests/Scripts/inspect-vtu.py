"""Prints what VTK finds in a .vtu file, as JSON, for a test to compare.

Usage: python3 inspect-vtu.py FILE.vtu
"""
import json
import sys

import vtk

problems = []
reader = vtk.vtkXMLUnstructuredGridReader()
reader.AddObserver("ErrorEvent", lambda *_: problems.append("the reader reports an error"))
reader.SetFileName(sys.argv[1])
reader.Update()
grid = reader.GetOutput()


def arrays(data):
    found = {}
    for index in range(data.GetNumberOfArrays()):
        array = data.GetArray(index)
        found[array.GetName()] = {
            "components": [
                array.GetComponentName(c) or "" for c in range(array.GetNumberOfComponents())
            ],
            "tuples": array.GetNumberOfTuples(),
            "ranges": [list(array.GetRange(c)) for c in range(array.GetNumberOfComponents())],
        }
    return found


cells = range(grid.GetNumberOfCells())
size = vtk.vtkCellSizeFilter()
size.SetInputData(grid)
size.Update()
volumes = size.GetOutput().GetCellData()
print(
    json.dumps(
        {
            "version": vtk.vtkVersion.GetVTKVersion(),
            "problems": problems,
            "points": grid.GetNumberOfPoints(),
            "cells": grid.GetNumberOfCells(),
            "types": [grid.GetCellType(c) for c in cells],
            "cellNodes": grid.GetCells().GetNumberOfConnectivityIds(),
            "bounds": list(grid.GetBounds()),
            "volume": sum(volumes.GetArray("Volume").GetValue(c) for c in cells),
            "area": sum(volumes.GetArray("Area").GetValue(c) for c in cells),
            "pointData": arrays(grid.GetPointData()),
            "cellData": arrays(grid.GetCellData()),
        }
    )
)
