#!/bin/sh
# Writes the meshes of the Gmsh reader's tests: each geometry, at each order, in each of the four formats.
# Made with Gmsh 4.8.4 (Debian 12, package gmsh); another version may number nodes differently.
set -eu
cd "$(dirname "$0")"
target=../../Tests/MeshingTests/Resources
mkdir -p "$target"
for name in mixed:3 cylinder:3 plate:2; do
  for order in 1 2; do
    for format in msh22 msh41; do
      base="$target/${name%:*}-$order-$format"
      gmsh "-${name#*:}" -order $order -format $format -v 2 "${name%:*}.geo" -o "$base-text.msh"
      gmsh "-${name#*:}" -order $order -format $format -bin -v 2 "${name%:*}.geo" -o "$base-binary.msh"
    done
  done
done
# Nodes with their places on curves and surfaces.
gmsh -3 -order 1 -format msh41 -setnumber Mesh.SaveParametric 1 -v 2 cylinder.geo \
  -o "$target/cylinder-1-msh41-parametric.msh"
gmsh -3 -order 1 -format msh41 -bin -setnumber Mesh.SaveParametric 1 -v 2 cylinder.geo \
  -o "$target/cylinder-1-msh41-parametric-binary.msh"
# Elements in two partitions, which are refused.
gmsh -3 -order 1 -format msh41 -part 2 -v 2 cylinder.geo -o "$target/cylinder-1-msh41-partitioned.msh"
