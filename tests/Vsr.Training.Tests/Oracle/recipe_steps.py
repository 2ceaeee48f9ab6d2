"""Some training steps of the recurrent recipe in PyTorch, on given weights and one given batch: the oracle of RecipeOracleTests.

  python3 recipe_steps.py BASELINES INIT.safetensors BATCH.bin AVERAGES.safetensors STEPS

Prints the losses, then the largest relative difference of its averaged weights to the given ones. The network has no flow: at zero
flow the gradient of bilinear sampling is a matter of rounding. The reduction mirrors the border, as the program's does.
"""
import json
import struct
import sys

import numpy
import torch

sys.path.insert(0, sys.argv[1])
import recurrent_pytorch as recipe

N, T, SIZE, MARGIN = 2, 4, 64, 16
torch.set_num_threads(1)


def load(path):
    data = open(path, "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = torch.from_numpy(numpy.frombuffer(data[begin:end], numpy.float32).reshape(entry["shape"]).copy())
    return tensors


mirrored = torch.cat((torch.arange(MARGIN - 1, -1, -1), torch.arange(SIZE), torch.arange(SIZE - 1, SIZE - 1 - MARGIN, -1)))
plain = recipe.down4
recipe.down4 = lambda x: plain(x[:, :, mirrored][:, :, :, mirrored])[:, :, MARGIN // 4:-MARGIN // 4, MARGIN // 4:-MARGIN // 4]

network = recipe.Net(16, 2, 1, True, False)
network.load_state_dict(load(sys.argv[2]))
trainer = recipe.Trainer(network, 4e-4)
batch = torch.from_numpy(numpy.fromfile(sys.argv[3], numpy.uint8).reshape(N, T, 3, SIZE, SIZE).copy())
losses = []
for step in range(int(sys.argv[5])):
    trainer.opt.param_groups[0]["lr"] = 4e-4
    trainer.d.fill_(1 - min(0.999, (step + 1) / (step + 20)))
    trainer.once(batch)
    losses.append(float(trainer.loss))
print(*losses)
given = load(sys.argv[4])
print(max(float((mine - given[name]).norm() / mine.norm().clamp_min(1e-12))
          for mine, (name, _) in zip(trainer.ema, network.named_parameters())))
