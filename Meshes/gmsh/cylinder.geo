// A quarter of a solid cylinder of tetrahedra, its curved side a group.
SetFactory("OpenCASCADE");
Mesh.SecondOrderIncomplete = 1;
Mesh.MeshSizeMin = 0.9;
Mesh.MeshSizeMax = 1;
Cylinder(1) = {0, 0, 0, 0, 0, 1, 1, Pi/2};
Physical Volume("body") = {1};
Physical Surface("curved") = {1};
