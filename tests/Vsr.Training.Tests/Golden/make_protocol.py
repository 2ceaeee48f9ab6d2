"""Makes protocol.json: bicubic's PSNR and SSIM on a small clip by the whole published protocol, in float64 with numpy.

  /usr/bin/python3 make_protocol.py > protocol.json

The clip is a formula (FormulaClip in Evaluation/ is the same), 3 frames of 45x58: cropped right and below to a multiple of the
scale, reduced, rounded to 8 bit, enlarged, rounded, compared on studio-range luma and on RGB; means over the frames. Resampling is
that of Vsr.Data.Tests/Golden/make_imresize.py, the metrics those of make_metrics.py, neither of which shares code with C#.
"""
import json
import os
import sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'Vsr.Data.Tests', 'Golden'))
from make_imresize import resize
from make_metrics import luma, psnr, ssim

WIDTH, HEIGHT, FRAMES = 45, 58, 3


def frame(t):
    c, y, x = np.mgrid[:3, :HEIGHT, :WIDTH]
    return ((x * x * (3 + c) // 7 + y * y * 5 // 9 + x * y // (4 + t) + 31 * c + 17 * t) % 256).astype(np.uint8)


def main():
    cases = []
    for scale in (2, 3, 4):
        rows = []
        for t in range(FRAMES):
            gt = frame(t)[:, :HEIGHT - HEIGHT % scale, :WIDTH - WIDTH % scale]
            lr = np.stack([resize(plane, 1 / scale) for plane in gt])
            up = np.stack([resize(plane, scale) for plane in lr])
            rows.append((psnr(luma(gt), luma(up)), ssim(luma(gt), luma(up)),
                         psnr(gt, up), np.mean([ssim(gt[c], up[c]) for c in range(3)])))
        names = ('psnr_db', 'ssim', 'rgb_psnr_db', 'rgb_ssim')
        cases.append(dict(scale=scale, **dict(zip(names, np.mean(rows, 0).tolist()))))
    print(json.dumps(cases))


if __name__ == '__main__':
    main()
