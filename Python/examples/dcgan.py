"""A DCGAN with the manufacturability term in its loss: it learns bars, and the term makes them stiff.

    dcgan.py [STEPS [WEIGHT]]       60 steps and a weight of 1 of the term by default
"""

import sys

import gcgan
import torch
from gcgan.torch import manufacturability
from torch import nn
from torch.nn import functional

torch.manual_seed(0)
STEPS, WEIGHT = [float(text) for text in (sys.argv[1:] + ["60", "1"][len(sys.argv) - 1:])]
BATCH, SIZE = 16, 32
problem = gcgan.Problem.parse(f"""gcgan: problem/1
grid: {{columns: {SIZE}, rows: {SIZE}}}
solids: [{{youngs-modulus: 1, poissons-ratio: 0.3}}]
void: {{stiffness-ratio: 1e-3}}
supports: [{{region: {{edge: left}}, axes: [x, y]}}]
load-cases: [{{loads: [{{region: {{point: [{SIZE}, {SIZE // 2}]}}, force: [0, -1]}}]}}]
terms: [{{measure: compliance}}]
""")
UNIFORM = manufacturability(torch.ones(1, SIZE, SIZE), problem).log()


def bars(count):
    """Pictures to learn from: horizontal bars of random height and place."""
    rows = torch.arange(SIZE).view(1, 1, SIZE, 1)
    middle = SIZE / 2 + 4 * torch.randn(count, 1, 1, 1)
    return ((rows - middle).abs() < 4 + 4 * torch.rand(count, 1, 1, 1)).float().expand(-1, -1, -1, SIZE)


generator = nn.Sequential(
    nn.ConvTranspose2d(16, 64, 8), nn.BatchNorm2d(64), nn.ReLU(),
    nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.BatchNorm2d(32), nn.ReLU(),
    nn.ConvTranspose2d(32, 1, 4, 2, 1), nn.Sigmoid(),
)
discriminator = nn.Sequential(
    nn.Conv2d(1, 32, 4, 2, 1), nn.LeakyReLU(0.2),
    nn.Conv2d(32, 64, 4, 2, 1), nn.LeakyReLU(0.2),
    nn.Conv2d(64, 1, 8), nn.Flatten(),
)
g_adam = torch.optim.Adam(generator.parameters(), 2e-4, (0.5, 0.99))
d_adam = torch.optim.Adam(discriminator.parameters(), 2e-4, (0.5, 0.99))

for step in range(1, int(STEPS) + 1):
    drawn = generator(torch.randn(BATCH, 16, 1, 1))
    real, fake = discriminator(bars(BATCH)), discriminator(drawn.detach())
    d_loss = (functional.softplus(-real) + functional.softplus(fake)).mean()
    d_adam.zero_grad(), d_loss.backward(), d_adam.step()
    volume = drawn.mean((1, 2, 3))
    # ln of the compliance over that of a uniform design of the same volume (SIMP, p = 3): 0 is grey, below it is structure.
    softness = (manufacturability(drawn, problem, accuracy=1e-6).log() - UNIFORM + 3 * volume.log()).mean()
    g_loss = functional.softplus(-discriminator(drawn)).mean() + WEIGHT * softness
    g_adam.zero_grad(), g_loss.backward(), g_adam.step()
    if step % 10 == 0:
        print(f"step {step}: discriminator {d_loss.item():.3f}, softness {softness.item():.3f}, volume {volume.mean().item():.3f}", flush=True)
