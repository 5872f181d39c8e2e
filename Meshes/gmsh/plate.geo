// A plane plate of quadrilaterals and triangles with a rounded corner.
Mesh.SecondOrderIncomplete = 1;
Point(1) = {0, 0, 0}; Point(2) = {1, 0, 0}; Point(3) = {2, 0, 0}; Point(4) = {1, 1, 0};
Point(5) = {0, 1, 0};
Line(1) = {1, 2}; Line(2) = {2, 3}; Circle(3) = {3, 2, 4}; Line(4) = {4, 5}; Line(5) = {5, 1};
Line(6) = {2, 4};
Curve Loop(1) = {1, 6, 4, 5}; Plane Surface(1) = {1};
Curve Loop(2) = {2, 3, -6}; Plane Surface(2) = {2};
Transfinite Curve {1, 2, 4, 5, 6} = 3; Transfinite Curve {3} = 4;
Transfinite Surface {1}; Recombine Surface {1};
Physical Surface("square") = {1};
Physical Surface("round") = {2};
Physical Curve("arc") = {3};
Physical Curve("left") = {5};
Physical Curve("middle") = {6};
