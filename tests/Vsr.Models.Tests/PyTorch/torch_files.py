"""Writes and reads PyTorch files for the tests of Vsr.Models.PyTorch. PyTorch 1.13 (Debian's python3-torch).

    torch_files.py write KIND zip|legacy PROTOCOL FILE [KIND ...]
    torch_files.py read FILE...     a JSON line a file: {name: [dtype, shape, hexadecimal bytes]}, or null where torch refuses it

Each object is made once, so that all files of a kind have the same values.
"""
import collections
import json
import sys

import numpy
import torch


def tensors():
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 7
    state = collections.OrderedDict()
    for name in ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8"]:
        state[f"type.{name}"] = torch.arange(-2, 4).to(getattr(torch, name)).reshape(2, 3)
    state["type.bool"] = torch.tensor([True, False, True])
    state["view.whole"] = base
    state["view.transposed"] = base.t()
    state["view.rows"] = base[1:3]
    state["view.columns"] = base[:, 1::2]
    state["view.expanded"] = base[0, :3].expand(2, 3)
    state["view.permuted"] = torch.arange(120, dtype=torch.int32).reshape(2, 3, 4, 5).permute(3, 0, 2, 1)[1:, :, ::2]
    state["view.last"] = torch.arange(10.)[9:]
    state["shape.scalar"] = torch.tensor(2.5)
    state["shape.empty"] = torch.zeros(0, 3)
    state["shape.one"] = torch.full((1, 1, 1), 3.0)
    state["é\U0001f600"] = torch.ones(2)
    state["parameter"] = torch.nn.Parameter(torch.full((2,), 0.5))
    state._metadata = collections.OrderedDict([("", {"version": 1})])
    return state


def small():
    torch.manual_seed(1)
    network = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.Linear(5, 4))
    state = network.state_dict()
    state["mask"] = torch.tensor([[True, False]]).expand(3, 2)
    state["half"] = torch.arange(6.).half().reshape(2, 3).t()
    return state


def checkpoint():
    network = torch.nn.DataParallel(torch.nn.Linear(2, 3))
    network.module.weight.data = torch.arange(6.).reshape(3, 2)
    optimizer = torch.optim.Adam(network.parameters())
    network(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    network.module.weight.data = torch.arange(6.).reshape(3, 2)
    return {
        "arch": "FlowNet2SD", "epoch": 161, "best_EPE": numpy.float64(1.25), "count": numpy.int64(-7), "small": numpy.float32(0.5),
        "flag": numpy.bool_(True), "kind": numpy.dtype("float32"), "big": 1 << 80, "none": None, "ratio": 0.1, "names": ["a", ("b", 2)],
        "optimizer": optimizer.state_dict(), "state_dict": network.state_dict(),
    }


def flownet():
    torch.manual_seed(2)
    conv = lambda i, o, k: {"weight": torch.randn(o, i, k, k) * 0.02, "bias": torch.randn(o) * 0.1}
    up = lambda i, o: {"weight": torch.randn(i, o, 4, 4) * 0.02, "bias": torch.randn(o) * 0.1}
    layers = collections.OrderedDict()
    for name, i, o in [
            ("conv0", 6, 64), ("conv1", 64, 64), ("conv1_1", 64, 128), ("conv2", 128, 128), ("conv2_1", 128, 128),
            ("conv3", 128, 256), ("conv3_1", 256, 256), ("conv4", 256, 512), ("conv4_1", 512, 512), ("conv5", 512, 512),
            ("conv5_1", 512, 512), ("conv6", 512, 1024), ("conv6_1", 1024, 1024)]:
        layers[f"{name}.0"] = conv(i, o, 3)
    for name, i, o in [("deconv5", 1024, 512), ("deconv4", 1026, 256), ("deconv3", 770, 128), ("deconv2", 386, 64)]:
        layers[f"{name}.0"] = up(i, o)
    for name, i, o in [("inter_conv5", 1026, 512), ("inter_conv4", 770, 256), ("inter_conv3", 386, 128), ("inter_conv2", 194, 64)]:
        layers[f"{name}.0"] = conv(i, o, 3)
    for level, i in [(6, 1024), (5, 512), (4, 256), (3, 128), (2, 64)]:
        layers[f"predict_flow{level}"] = conv(i, 2, 3)
    for name in ["6_to_5", "5_to_4", "4_to_3", "3_to_2"]:
        layers[f"upsampled_flow{name}"] = up(2, 2)
    state = collections.OrderedDict((f"{l}.{n}", t) for l, p in layers.items() for n, t in p.items())
    return {"arch": "FlowNet2SD", "epoch": 160, "state_dict": state, "best_EPE": 1.5}


def state_of(loaded):
    loaded = loaded.get("state_dict", loaded)
    return {n: t for n, t in loaded.items() if isinstance(t, torch.Tensor)}


def read(path):
    try:
        state = state_of(torch.load(path, weights_only=True))
        return {n: [str(t.dtype), list(t.shape), raw(t)] for n, t in state.items()}
    except Exception:
        return None


def raw(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.view(torch.int16)
    if tensor.dtype == torch.bool:
        tensor = tensor.view(torch.uint8).ne(0).to(torch.uint8)      # of damaged data, too, true is 1
    return tensor.numpy().tobytes().hex()


if __name__ == "__main__":
    if sys.argv[1] == "write":
        objects = {}
        for kind, form, protocol, path in zip(*[iter(sys.argv[2:])] * 4, strict=True):
            if kind not in objects:
                objects[kind] = globals()[kind]()
            torch.save(objects[kind], path, pickle_protocol=int(protocol), _use_new_zipfile_serialization=form == "zip")
    else:
        for path in sys.argv[2:]:
            print(json.dumps(read(path)))
