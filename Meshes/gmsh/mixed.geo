// Two boxes side by side, one of bricks, one of wedges: physical groups that overlap, one without a
// name, groups of each dimension, and a point that belongs to no cell.
Mesh.SecondOrderIncomplete = 1;
Point(1) = {0, 0, 0}; Point(2) = {2, 0, 0}; Point(3) = {2, 1, 0}; Point(4) = {0, 1, 0};
Point(5) = {1, 0, 0}; Point(6) = {1, 1, 0}; Point(99) = {5, 5, 5};
Line(1) = {1, 5}; Line(2) = {5, 2}; Line(3) = {2, 3}; Line(4) = {3, 6}; Line(5) = {6, 4};
Line(6) = {4, 1}; Line(7) = {5, 6};
Curve Loop(1) = {1, 7, 5, 6}; Plane Surface(1) = {1};
Curve Loop(2) = {2, 3, 4, -7}; Plane Surface(2) = {2};
Transfinite Curve {1, 2, 3, 4, 5, 6, 7} = 2;
Transfinite Surface {1}; Recombine Surface {1}; Transfinite Surface {2};
bricks[] = Extrude {0, 0, 1} { Surface{1}; Layers{2}; Recombine; };
wedges[] = Extrude {0, 0, 1} { Surface{2}; Layers{2}; Recombine; };
Physical Volume("bricks") = {bricks[1]};
Physical Volume("wedges") = {wedges[1]};
Physical Volume("everything") = {bricks[1], wedges[1]};
Physical Surface("root") = {bricks[5]};
Physical Surface("bottom") = {1, 2};
Physical Surface("between") = {bricks[3]};
Physical Surface(77) = {wedges[0]};
Physical Curve("edge") = {3};
Physical Point("corner") = {3};
Physical Point("reference") = {99};
