"""Makes imresize.json: bicubic reduction and enlargement in float64, written from the description of MATLAB's imresize.

  /usr/bin/python3 make_imresize.py > imresize.json

For an output pixel x (counted from 1) and a scale s the input position is u = x / s + 0.5 * (1 - 1 / s). The kernel has
width 4, divided by s when s < 1 (antialiasing), its height multiplied by s. From left = floor(u - width / 2) on,
ceil(width) + 2 taps are weighted and the weights divided by their sum. Indices beyond the edge run through
1 .. n, n .. 1 again and again. Rows and columns one after the other, here without rounding between them; the result is
rounded to 8 bit, halves up. It shares no code and no structure with the C# side: dense weight matrices here.
"""
import json
import numpy as np


def cubic(x):
    x = np.abs(x)
    return ((1.5 * x ** 3 - 2.5 * x ** 2 + 1) * (x <= 1)
            + (-0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2) * ((x > 1) & (x <= 2)))


def matrix(n, scale):
    out = int(np.ceil(n * scale))
    width = 4.0 if scale >= 1 else 4.0 / scale
    mirrored = np.concatenate((np.arange(n), np.arange(n)[::-1]))
    m = np.zeros((out, n))
    for x in range(1, out + 1):
        u = x / scale + 0.5 * (1 - 1 / scale)
        taps = np.floor(u - width / 2) + np.arange(int(np.ceil(width)) + 2)
        w = cubic(u - taps) if scale >= 1 else scale * cubic(scale * (u - taps))
        w /= w.sum()
        for tap, weight in zip(taps.astype(int), w):
            m[x - 1, mirrored[(tap - 1) % (2 * n)]] += weight
    return m


def resize(picture, scale):
    y = matrix(picture.shape[0], scale) @ picture @ matrix(picture.shape[1], scale).T
    return np.floor(np.clip(y, 0, 255) + 0.5).astype(int)


def main():
    rng = np.random.default_rng(5)
    cases = []
    for scale in (2, 3, 4):
        for height, width in ((24, 36), (scale, 12)):
            picture = rng.integers(0, 256, (height, width))
            picture[:, width // 2:] = np.where(np.arange(width - width // 2) % 5 < 2, 255, 0)
            cases.append(dict(name='reduce', scale=scale, input=picture.tolist(), output=resize(picture, 1 / scale).tolist()))
        for height, width in ((7, 9), (1, 2)):
            picture = rng.integers(0, 256, (height, width))
            cases.append(dict(name='enlarge', scale=scale, input=picture.tolist(), output=resize(picture, scale).tolist()))
    print(json.dumps(cases, separators=(',', ':')))


if __name__ == '__main__':
    main()
