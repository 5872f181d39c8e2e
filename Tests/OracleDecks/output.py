"""Decks about what is printed when."""
from generate import write
from features import bar, text


def outputs():
    mesh, out = bar("C3D8", counts=(2, 1, 1))
    out += text("""
*MATERIAL, NAME=COPPER
*CONDUCTIVITY
3.8
*SOLID SECTION, ELSET=EALL, MATERIAL=COPPER
*INITIAL CONDITIONS, TYPE=TEMPERATURE
NALL, 0.
** the first time of a pair holds until the second: the factor jumps at 0.5 and at 1.3
*AMPLITUDE, NAME=JUMP
0., 0.2, 0.5, 0.4, 0.5, 1., 1., 0.6
*AMPLITUDE, NAME=LATE, TIME=TOTAL TIME
0., 0., 1.3, 1., 1.3, -1., 3., 2.
*TIME POINTS, NAME=STEPWISE
0.1, 0.35
*TIME POINTS, NAME=WHEN, TIME=TOTAL TIME
0.5, 0.8, 1., 1.3, 1.7, 2.25
*STEP
*HEAT TRANSFER, STEADY STATE
0.3, 1.
*BOUNDARY
LEFT, 11, 11, 0.
*CFLUX, AMPLITUDE=JUMP
TIP, 11, 4.
*DFLUX, AMPLITUDE=LATE
EALL, BF, 1.
*NODE PRINT, NSET=NALL, TIME POINTS=WHEN
NT
*EL PRINT, ELSET=EALL
HFL
*END STEP
** times and requests live on
*STEP
*HEAT TRANSFER, STEADY STATE
0.2, 1.
*END STEP
** a file card sets the frequency of all
*STEP
*HEAT TRANSFER, STEADY STATE, DIRECT
0.2, 1.
*NODE PRINT, NSET=RIGHT, FREQUENCY=1
NT, RFL
*NODE FILE, FREQUENCY=2
NT
*END STEP
** a print without a frequency leaves it
*STEP
*HEAT TRANSFER, STEADY STATE, DIRECT
0.2, 1.
*NODE PRINT, NSET=RIGHT
NT
*END STEP
** and a file card brings time points back
*STEP
*HEAT TRANSFER, STEADY STATE
0.3, 0.5
*NODE FILE, TIME POINTS=STEPWISE
NT
*END STEP""")
    write("output-times",
          ["*TIME POINTS in total time and in step time, FREQUENCY and TIME POINTS of a file card that hold for",
           "prints, times that live on from step to step, amplitudes that jump."], out)
