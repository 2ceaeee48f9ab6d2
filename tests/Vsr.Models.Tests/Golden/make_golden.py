"""Makes the golden files of the parity tests with Debian's python3-torch from the two reference networks.

  /usr/bin/python3 make_golden.py [CASE...]            writes the files
  /usr/bin/python3 make_golden.py --search CASE...     looks for the salt of a recurrent case or of flow

The references recurrent_pytorch.py and vsrnet_pytorch.py are taken from $VSR_SHARED/baselines, else from
../shared/baselines beside the repository. Weights and inputs are formulas of names and indices (formula.py, and
GoldenFormula.cs in the tests), so none are stored. A tensor is stored as its norm, up to 32 strided samples and eight
projections on vectors of random signs: the root mean square of the projections of a difference estimates the
difference's norm over all elements.

Bilinear sampling has kinks at whole pixels: where a position lies within float32's rounding of one, gradients jump and
two correct float32 programs differ by some 1e-3. The salts of the frames' noise are chosen (--search) to keep all
positions away from whole pixels.
"""
import os
import sys
import types

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import formula

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get('VSR_SHARED') or os.path.join(HERE, '..', '..', '..', '..', 'shared')
sys.path.insert(0, os.path.join(SHARED, 'baselines'))
import recurrent_pytorch
import vsrnet_pytorch

FLOAT = torch.Tensor.float


def precision(dtype):
    """Lets the references compute in this type throughout."""
    recurrent_pytorch.BF = dtype
    torch.Tensor.float = torch.Tensor.double if dtype == torch.float64 else FLOAT
    torch.set_default_dtype(dtype)


def fill(module, dtype):
    module.to(dtype)
    with torch.no_grad():
        for name, tensor in module.state_dict().items():
            if tensor.is_floating_point():
                tensor.copy_(torch.from_numpy(formula.weights(name, tuple(tensor.shape))))
    return module


def frames(*shape, dtype, salt=0):
    return torch.from_numpy(formula.frames(*shape, salt=salt)).to(dtype)


def loss_weights(like):
    return torch.from_numpy(formula.noise('loss', like.numel())).view(like.shape).to(like.dtype)


def gradients(module, prefix=''):
    return {prefix + name: p.grad for name, p in module.named_parameters() if p.grad is not None}


def recurrent(options, shape, salt=0):
    def run(dtype, salt=salt):
        net = fill(recurrent_pytorch.Net(options['C'], options['N'], options['look'], options['hr'], options['flow']), dtype)
        lr = frames(*shape, dtype=dtype, salt=salt).requires_grad_()
        sr, ph = recurrent_pytorch.unroll(net, lr, photo=options['flow'])
        loss = (sr * loss_weights(sr)).sum()
        if ph is not None:
            loss = loss + 10 * ph
        loss.backward()
        out = {'output': sr, **{'grad.' + k: v for k, v in gradients(net).items()}, 'grad.input': lr.grad}
        if ph is not None:
            out['photometric'] = ph.reshape(1)
        return out
    return run


def flow(shape, salt=0):
    def run(dtype, salt=salt):
        net = fill(recurrent_pytorch.Flow(), dtype)
        clip = frames(shape[0], 2, *shape[1:], dtype=dtype, salt=salt)
        outs = net(clip[:, 0].contiguous(), clip[:, 1].contiguous())
        sum((o * loss_weights(o)).sum() for o in outs).backward()
        return {**{f'output.{i}': o for i, o in enumerate(outs)}, **{'grad.' + k: v for k, v in gradients(net).items()}}
    return run


def flownet_sd(shape):
    def run(dtype):
        net = fill(vsrnet_pytorch.FlowNetSD(), dtype)
        clip = frames(shape[0], 2, *shape[1:], dtype=dtype)
        pair = clip - clip.mean((1, 3, 4), keepdim=True)
        out = net(pair.flatten(1, 2))
        (out * loss_weights(out)).sum().backward()
        return {'output': out, **{'grad.' + k: v for k, v in gradients(net).items()}}
    return run


class ZeroFlow(nn.Module):
    def forward(self, pair):
        return pair.new_zeros(pair.shape[0], 2, pair.shape[2] // 4, pair.shape[3] // 4)


def vsrnet(shape, flow=None, padding='zeros', residual=False, training=True):
    def run(dtype):
        net = vsrnet_pytorch.VsrNet(shape[1])
        if flow is None:
            net.flownet = ZeroFlow()
        if residual:
            net.conv1 = nn.Sequential(nn.Conv2d(1, 64, 9, 1, 4), nn.LeakyReLU(0.1))
            net.conv2 = nn.Sequential(nn.Conv2d(64 * shape[1], 32, 5, 1, 2), nn.LeakyReLU(0.1))
        for m in (net.conv1[0], net.conv2[0], net.conv3):
            m.padding_mode = padding
        fill(net, dtype)
        net.train(training)
        enlarged = frames(*shape, dtype=dtype)

        def interpolate(x, scale_factor=None, mode='nearest', antialias=False, **rest):
            """The reference reduces and enlarges inside; here the enlarged frames are given."""
            if mode == 'bicubic':
                return x if antialias else (enlarged * 255).flatten(0, 1)
            return F.interpolate(x, scale_factor=scale_factor, mode=mode, **rest)

        vsrnet_pytorch.F = types.SimpleNamespace(interpolate=interpolate, grid_sample=F.grid_sample)
        if residual:
            sigmoid, middle = torch.sigmoid, enlarged[:, shape[1] // 2]
            luma = (0.299 * middle[:, 0] + 0.587 * middle[:, 1] + 0.114 * middle[:, 2]).unsqueeze(1)
            torch.sigmoid = lambda x: x + luma
        try:
            out, _ = net((enlarged * 255).transpose(1, 2))
        finally:
            vsrnet_pytorch.F = F
            if residual:
                torch.sigmoid = sigmoid
        (out * loss_weights(out)).sum().backward()
        trained = {k: v for k, v in gradients(net).items() if not k.startswith('flownet.')}
        state = {'state.' + k: v for k, v in net.state_dict().items() if k.endswith(('running_mean', 'running_var'))}
        return {'output': out, **{'grad.' + k: v for k, v in trained.items()}, **state}
    return run


SMALL = dict(C=16, N=2, look=2, hr=True, flow=True)
CASES = {
    'recurrent-small': recurrent(SMALL, (2, 4, 3, 18, 20), salt=33),
    'recurrent-look0': recurrent({**SMALL, 'look': 0}, (1, 3, 3, 16, 16), salt=6),
    'recurrent-short': recurrent(SMALL, (1, 2, 3, 17, 19), salt=21),
    'recurrent-low-carry': recurrent({**SMALL, 'look': 1, 'hr': False}, (1, 4, 3, 18, 20), salt=30),
    'recurrent-no-flow': recurrent({**SMALL, 'look': 1, 'flow': False}, (1, 4, 3, 13, 15)),
    'recurrent-full': recurrent(dict(C=128, N=10, look=2, hr=True, flow=True), (1, 3, 3, 16, 24)),
    'flow': flow((2, 3, 32, 48), salt=25),
    'flownet2-sd': flownet_sd((1, 3, 64, 128)),
    'vsrnet': vsrnet((2, 3, 3, 24, 32)),
    'vsrnet-eval': vsrnet((1, 3, 3, 24, 32), training=False),
    'vsrnet-residual': vsrnet((1, 5, 3, 24, 20), padding='replicate', residual=True),
    'vsrnet-flow': vsrnet((1, 3, 3, 64, 64), flow='flownet2-sd'),
}


def search(name):
    """Prints the salt of 40 that keeps bilinear positions inside the picture farthest from whole pixels."""
    warp, nearest = recurrent_pytorch.warp, [1.0]

    def watch(x, f, mode='bilinear'):
        h, w = x.shape[-2:]
        if mode == 'bilinear' and f.numel():
            px, py = f[:, 0] + torch.arange(w), f[:, 1] + torch.arange(h)[:, None]
            for p, n in ((px, w), (py, h)):
                inside = p[(p > -0.01) & (p < n - 0.99)]
                if inside.numel():
                    nearest[0] = min(nearest[0], (inside - inside.round()).abs().min().item())
        return warp(x, f, mode)

    recurrent_pytorch.warp = watch
    precision(torch.float64)
    distances = []
    for salt in range(40):
        nearest[0] = 1.0
        CASES[name](torch.float64, salt)
        distances.append((nearest[0], salt))
    recurrent_pytorch.warp = warp
    print(f'{name}: salt {max(distances)[1]} keeps {max(distances)[0]:.1e} pixels away', flush=True)


def main():
    torch.set_num_threads(2)
    if sys.argv[1:2] == ['--search']:
        return [search(name) for name in sys.argv[2:]]
    for name in sys.argv[1:] or CASES:
        for label, dtype in (('f64', torch.float64), ('f32', torch.float32)):
            precision(dtype)
            tensors = CASES[name](dtype)
            precision(torch.float32)
            path = os.path.join(HERE, f'{name}-{label}.safetensors')
            formula.save(path, {k: formula.summary(v.detach().double().numpy().reshape(-1)) for k, v in tensors.items()})
            print(f'{name} {label}: {len(tensors)} tensors, {os.path.getsize(path)} bytes', flush=True)


if __name__ == '__main__':
    main()
