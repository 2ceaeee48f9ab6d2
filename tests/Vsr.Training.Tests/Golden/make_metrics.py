"""Makes metrics.json: PSNR and SSIM of small pictures in float64 with numpy, written from their definitions.

  /usr/bin/python3 make_metrics.py > metrics.json

Luma by MATLAB's matrix for rgb2ycbcr; SSIM by the formula on explicit 11x11 windows (sliding_window_view, the variance as
the weighted mean of squared deviations), not by separable filtering of moments as in the C# side.
"""
import base64
import json
import numpy as np


def luma(rgb):
    t = np.array([65.481, 128.553, 24.966]) / 255
    return 16 + np.tensordot(t, rgb.astype(float), 1)


def psnr(a, b):
    return 10 * np.log10(255 ** 2 / np.mean((a.astype(float) - b.astype(float)) ** 2))


def ssim(a, b):
    g = np.exp(-(np.arange(11) - 5.0) ** 2 / (2 * 1.5 ** 2))
    w = np.outer(g, g)
    w /= w.sum()
    wa = np.lib.stride_tricks.sliding_window_view(a.astype(float), (11, 11))
    wb = np.lib.stride_tricks.sliding_window_view(b.astype(float), (11, 11))
    ma, mb = (wa * w).sum((2, 3)), (wb * w).sum((2, 3))
    da, db = wa - ma[..., None, None], wb - mb[..., None, None]
    va, vb, cov = (da * da * w).sum((2, 3)), (db * db * w).sum((2, 3)), (da * db * w).sum((2, 3))
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(np.mean((2 * ma * mb + c1) * (2 * cov + c2) / ((ma ** 2 + mb ** 2 + c1) * (va + vb + c2))))


def encode(picture):
    return base64.b64encode(picture.tobytes()).decode()


def main():
    rng = np.random.default_rng(11)
    cases = []
    for height, width, noise in ((11, 11, 20), (24, 37, 6), (40, 29, 1)):
        y, x = np.mgrid[:height, :width]
        a = np.stack([128 + 90 * np.sin(x / (3 + c)) * np.cos(y / (4 + c)) for c in range(3)])
        a = np.clip(np.rint(a + rng.normal(0, 4, a.shape)), 0, 255).astype(np.uint8)
        b = np.clip(np.rint(a + rng.normal(0, noise, a.shape)), 0, 255).astype(np.uint8)
        cases.append(dict(
            height=height, width=width, a=encode(a), b=encode(b),
            psnr=psnr(luma(a), luma(b)), ssim=ssim(luma(a), luma(b)),
            rgb_psnr=psnr(a, b), rgb_ssim=float(np.mean([ssim(a[c], b[c]) for c in range(3)]))))
    print(json.dumps(cases, separators=(',', ':')))


if __name__ == '__main__':
    main()
