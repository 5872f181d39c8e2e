"""One update of gcgan's default networks in PyTorch: two micro-batches of 16 at 64x64, no physics.

    python torch_gan_step.py THREADS [FILE]

Prints seconds per update, and writes them to FILE: the mean over whole rounds of four updates, in one of which the gradient
penalties are taken. The networks are those of Sources/DesignNetworks/Networks, layer by layer.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

FIELDS, WIDTH, BLOCKS, GLOBAL, LOCAL, JUDGE = 11, 32, 2, 16, 4, 32
BATCH, MICRO, SIDE, INTERVAL = 16, 2, 64, 4


def act(x):
    return F.leaky_relu(x, 0.2)


def conv(i, o, k=3, s=1):
    return nn.Conv2d(i, o, k, s, 1 if s == 2 else k // 2)


class Block(nn.Module):
    def __init__(self, width, code=0):
        super().__init__()
        self.first, self.second, self.width = conv(width, width), conv(width, width), width
        self.modulation = nn.Linear(code, 2 * width) if code else None

    def forward(self, x, code=None):
        y = self.first(x)
        if self.modulation is not None:
            both = self.modulation(code).reshape(-1, 2 * self.width, 1, 1)
            y = y * (both[:, : self.width] + 1) + both[:, self.width :]
        return x + act(self.second(act(y)))


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        w = [WIDTH * n for n in (1, 2, 3, 4)]
        self.stem = conv(FIELDS, w[0], 4, 2)
        self.down = nn.ModuleList(nn.ModuleList(Block(w[i]) for _ in range(BLOCKS)) for i in range(3))
        self.shrink = nn.ModuleList(conv(w[i], w[i + 1], 4, 2) for i in range(3))
        self.middle = nn.ModuleList(Block(w[3], GLOBAL) for _ in range(BLOCKS))
        self.grow = nn.ModuleList(conv(w[i + 1] + w[i], w[i]) for i in (2, 1, 0))
        self.up = nn.ModuleList(
            nn.ModuleList(Block(w[i], 0 if i == 0 else GLOBAL) for _ in range(BLOCKS)) for i in (2, 1, 0)
        )
        self.local, self.spread = conv(LOCAL, w[0], 1), conv(w[0], 2 * w[0])
        self.fine, self.head = conv(w[0] // 2 + FIELDS, w[0] // 2), conv(w[0] // 2, 1)

    def forward(self, fields, code, noise):
        x = act(self.stem(fields))
        passed = []
        for blocks, shrink in zip(self.down, self.shrink):
            for block in blocks:
                x = block(x)
            passed.append(x)
            x = act(shrink(x))
        for block in self.middle:
            x = block(x, code)
        for place, level in enumerate((2, 1, 0)):
            x = torch.cat([F.interpolate(x, scale_factor=2), passed[level]], 1)
            x = act(self.grow[place](x))
            if level == 0:
                x = x + self.local(noise)
            for block in self.up[place]:
                x = block(x, None if level == 0 else code)
        x = F.pixel_shuffle(act(self.spread(x)), 2)
        x = self.head(act(self.fine(torch.cat([x, fields], 1))))
        target = fields[:, :1].mean((1, 2, 3), keepdim=True)
        with torch.no_grad():
            low, high = torch.full_like(target, -60), torch.full_like(target, 60)
            for _ in range(40):
                mid = (low + high) / 2
                below = torch.sigmoid(x + mid).mean((1, 2, 3), keepdim=True) < target
                low, high = torch.where(below, mid, low), torch.where(below, high, mid)
            shift = (low + high) / 2
        found = torch.sigmoid(x + shift)
        excess = found.mean((1, 2, 3), keepdim=True) - target
        slope = (found * (1 - found)).mean((1, 2, 3), keepdim=True).detach()
        return torch.sigmoid(x + shift - excess / (slope + 1e-12))


class Judge(nn.Module):
    def __init__(self, scale):
        super().__init__()
        steps = 1 if scale == 0 else 2
        self.scale = scale
        self.shrink = nn.ModuleList(
            conv(FIELDS + 1 if n == 0 else JUDGE // 2, JUDGE if n == steps - 1 else JUDGE // 2, 4, 2) for n in range(steps)
        )
        self.join = conv(JUDGE if scale == 0 else 2 * JUDGE, JUDGE)
        self.deep = nn.ModuleList([conv(JUDGE, 2 * JUDGE, 4, 2), conv(2 * JUDGE, 3 * JUDGE, 4, 2)])
        self.verdict = nn.Linear(3 * JUDGE, 1)

    def forward(self, full, coarser):
        x = full
        if self.scale == 0:
            x = F.avg_pool2d(x, SIDE // 32)
        if self.scale == 2:
            x = x.unsqueeze(-1).expand(*x.shape, 2).reshape(*x.shape[:3], 2 * x.shape[3])
        for layer in self.shrink:
            x = act(layer(x))
        if coarser is not None:
            if x.shape[3] != coarser.shape[3]:
                x = F.adaptive_avg_pool2d(x, coarser.shape[2:])
            x = torch.cat([x, coarser], 1)
        x = kept = act(self.join(x))
        for layer in self.deep:
            x = act(layer(x))
        return self.verdict(x.mean((2, 3))), kept


class Discriminators(nn.Module):
    def __init__(self):
        super().__init__()
        self.judges = nn.ModuleList(Judge(n) for n in range(3))

    def forward(self, designs, fields):
        full, coarser, verdicts = torch.cat([designs, fields], 1), None, []
        for judge in self.judges:
            verdict, coarser = judge(full, coarser)
            verdicts.append(verdict)
        return verdicts


def pairing(a, b):
    return sum(F.softplus(x - y).mean() for x, y in zip(a, b)) / len(a)


def penalty(verdicts, designs):
    slope = torch.autograd.grad(sum(v.sum() for v in verdicts), designs, create_graph=True)[0]
    return 0.5 * slope.square().sum() / designs.shape[0]


class Muon:
    """Jordan's optimizer for matrices, as gcgan's Muon: momentum 0.9, five Newton-Schulz steps, a step's root mean square the rate."""

    def __init__(self, parameters, rate, momentum=0.9):
        self.parameters, self.rate, self.momentum = parameters, rate, momentum
        self.momenta = [torch.zeros_like(p) for p in parameters]

    @torch.no_grad()
    def step(self):
        for p, m in zip(self.parameters, self.momenta):
            m.lerp_(p.grad, 1 - self.momentum)
            x = p.grad.lerp(m, self.momentum).flatten(1)
            tall = x.shape[0] > x.shape[1]
            rate = self.rate * max(x.shape) ** 0.5
            x = x.T if tall else x
            x = x / (x.norm() + 1e-30)
            for _ in range(5):
                a = x @ x.T
                x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
            p.sub_((x.T if tall else x).reshape(p.shape), alpha=rate)


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(1)
    generator, judges = Generator(), Discriminators()
    matrices = [p for p in generator.parameters() if p.dim() > 1 and p.shape[0] > 1]
    vectors = [p for p in generator.parameters() if not (p.dim() > 1 and p.shape[0] > 1)]
    g_muon = Muon(matrices, 6e-4)
    g_adam = torch.optim.Adam(vectors, 6e-4, betas=(0.5, 0.99))
    d_adam = torch.optim.Adam(judges.parameters(), 2e-4, betas=(0.0, 0.99))
    fields = torch.rand(BATCH, FIELDS, SIDE, SIDE)
    real = (torch.rand(BATCH, 1, SIDE, SIDE) < fields[:, :1]).float()

    def update(step):
        generator.zero_grad()
        d_adam.zero_grad()
        for _ in range(MICRO):
            drawn = generator(fields, torch.randn(BATCH, GLOBAL), torch.randn(BATCH, LOCAL, SIDE // 2, SIDE // 2))
            penalised = step % INTERVAL == 0
            shown_real = real.detach().requires_grad_(penalised)
            shown = drawn.detach().requires_grad_(penalised)
            of_real, of_shown = judges(shown_real, fields), judges(shown, fields)
            loss = pairing(of_shown, of_real)
            if penalised:
                loss = loss + INTERVAL * (penalty(of_real, shown_real) + penalty(of_shown, shown))
            (loss / MICRO).backward()
            designs = drawn.detach().requires_grad_()
            for p in judges.parameters():
                p.requires_grad_(False)
            rho = designs * (1 - 2e-6) + 1e-6
            total = -(real * rho.log() + (1 - real) * (1 - rho).log()).mean()
            total = total + 0.02 * pairing([v.detach() for v in of_real], judges(designs, fields))
            total = total + (F.avg_pool2d(designs[:2], 2) - F.avg_pool2d(designs[-2:], 2)).square().mean()
            slope = torch.autograd.grad(total, designs)[0]
            for p in judges.parameters():
                p.requires_grad_(True)
            (drawn * slope / MICRO).sum().backward()
        d_adam.step()
        g_muon.step()
        g_adam.step()

    for step in range(INTERVAL):
        update(step)
    rounds = 3
    start = time.perf_counter()
    for step in range(rounds * INTERVAL):
        update(step)
    print(f"torch {torch.__version__}, {sys.argv[1]} threads")
    seconds = (time.perf_counter() - start) / (rounds * INTERVAL)
    print(seconds)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w") as file:
            print(seconds, file=file)


main()
