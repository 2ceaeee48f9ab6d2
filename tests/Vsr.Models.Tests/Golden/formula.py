"""Weights and frames as formulas of names and indices, the same to the bit (weights) or to rounding (frames) as GoldenFormula.cs."""
import json, math, struct

import numpy as np

GOLDEN, M1, M2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
PROJECTIONS, SAMPLES = 8, 32


def seed(name):
    """FNV-1a, 64 bits."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return np.uint64(h)


def bits(name, count):
    """SplitMix64 of seed and index."""
    with np.errstate(over='ignore'):
        z = seed(name) + np.arange(1, count + 1, dtype=np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * M1
        z = (z ^ (z >> np.uint64(27))) * M2
        return z ^ (z >> np.uint64(31))


def noise(name, count):
    """Uniform in -1..1, float64."""
    return (bits(name, count) >> np.uint64(11)).astype(np.float64) * 2.0 ** -52 - 1


def weights(name, shape):
    """Kernels: variance 0.5 / fan-in; normalization weights and variances about 1; the rest within 0.1."""
    u = noise(name, int(np.prod(shape, dtype=np.int64)))
    if len(shape) == 4:
        u = u * math.sqrt(1.5 / (shape[1] * shape[2] * shape[3]))
    elif name.endswith(('.weight', '.running_var')):
        u = 1 + 0.3 * u
    else:
        u = 0.1 * u
    return u.reshape(shape)


def frames(n, t, c, h, w, salt=0):
    """A moving texture in 0..1 with a little noise that the salt chooses, float64 [n, t, c, h, w]."""
    i, k, j, y, x = np.meshgrid(*(np.arange(s, dtype=np.float64) for s in (n, t, c, h, w)), indexing='ij')
    smooth = (0.5 + 0.2 * np.sin(0.31 * x + 0.17 * y + 0.5 * k + 1.3 * j + i)
              + 0.15 * np.cos(0.13 * x - 0.41 * y - 0.4 * k + 0.7 * j + 2 * i))
    return smooth + 0.05 * noise(f'frames{salt}', smooth.size).reshape(smooth.shape)


def summary(values):
    """Norm, projections on random signs, strided samples."""
    signs = bits('projection', values.size)
    projections = [np.dot(1 - 2 * ((signs >> np.uint64(40 + k)) & np.uint64(1)).astype(np.float64), values) for k in range(PROJECTIONS)]
    stride = -(-values.size // SAMPLES)
    return np.concatenate(([np.linalg.norm(values)], projections, values[::stride]))


def save(path, arrays):
    """A safetensors file of float64 vectors."""
    header, offset = {}, 0
    for name, a in arrays.items():
        header[name] = dict(dtype='F64', shape=list(a.shape), data_offsets=[offset, offset + a.nbytes])
        offset += a.nbytes
    text = json.dumps(header, separators=(',', ':')).encode()
    with open(path, 'wb') as f:
        f.write(struct.pack('<Q', len(text)) + text)
        for a in arrays.values():
            f.write(a.astype('<f8').tobytes())
