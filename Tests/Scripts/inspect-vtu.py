"""Prints what VTK finds in .vtu files, one line of JSON each, for a test to compare.

Usage: python3 inspect-vtu.py FILE.vtu ...
"""
import json
import sys

import vtk


def arrays(data):
    """Components, number of tuples and range by component of each array."""
    found = {}
    for index in range(data.GetNumberOfArrays()):
        array = data.GetArray(index)
        components = range(array.GetNumberOfComponents())
        found[array.GetName()] = {
            "components": [array.GetComponentName(c) or "" for c in components],
            "tuples": array.GetNumberOfTuples(),
            "ranges": [list(array.GetRange(c)) for c in components],
        }
    return found


def inspect(path):
    """What the file holds, and what VTK complains of."""
    problems = []
    reader = vtk.vtkXMLUnstructuredGridReader()
    reader.AddObserver("ErrorEvent", lambda *_: problems.append("the reader reports an error"))
    reader.SetFileName(path)
    reader.Update()
    grid = reader.GetOutput()
    size = vtk.vtkCellSizeFilter()
    size.SetInputData(grid)
    size.Update()
    sizes = size.GetOutput().GetCellData()
    cells = range(grid.GetNumberOfCells())
    return {
        "version": vtk.vtkVersion.GetVTKVersion(),
        "problems": problems,
        "points": grid.GetNumberOfPoints(),
        "cells": grid.GetNumberOfCells(),
        "types": [grid.GetCellType(c) for c in cells],
        "cellNodes": grid.GetCells().GetNumberOfConnectivityIds() if cells else 0,
        "bounds": list(grid.GetBounds()),
        "volume": sum(sizes.GetArray("Volume").GetValue(c) for c in cells),
        "area": sum(sizes.GetArray("Area").GetValue(c) for c in cells),
        "pointData": arrays(grid.GetPointData()),
        "cellData": arrays(grid.GetCellData()),
    }


for path in sys.argv[1:]:
    print(json.dumps(inspect(path)))
