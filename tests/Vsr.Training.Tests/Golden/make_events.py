"""Makes events.bin: an event file as TensorFlow's record writer and protocol buffers would write it, in plain Python.

  python3 make_events.py > events.bin

Written from the formats' descriptions alone (TFRecord, tensorflow/core/util/event.proto, core/framework/summary.proto,
tensorboard/plugins/hparams/*.proto): nothing of the C# side is used. eng/check-tensorboard reads the file with TensorBoard itself.
"""
import struct
import sys
import zlib


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xa282ead8) & 0xffffffff


def varint(value):
    out = b''
    while value > 0x7f:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, value):
    """An int as varint, a float as double, text and bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 1) + struct.pack('<d', value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def single(number, value):
    return varint(number << 3 | 5) + struct.pack('<f', value)


def event(time, step, number, payload):
    return field(1, time) + (field(2, step) if step else b'') + field(number, payload)


def summary(time, step, tag, rest):
    return event(time, step, 5, field(1, field(1, tag) + rest))


def plugin(name, content=None):
    return field(9, field(1, field(1, name) + (field(2, content) if content is not None else b'')))


def png():
    """2x1 pixels: red, blue."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    pixels = b'\0' + bytes([255, 0, 0, 0, 0, 255])
    stored = b'\x78\x01\x01' + struct.pack('<HH', len(pixels), len(pixels) ^ 0xffff) + pixels + struct.pack('>I', zlib.adler32(pixels))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 2, 1, 8, 2, 0, 0, 0)) + chunk(b'IDAT', stored) + chunk(b'IEND', b'')


def hparams(time, tag, content):
    empty = field(8, field(1, 1) + field(2, field(2, field(1, 0))))
    return summary(time, 0, tag, empty + plugin('hparams', content))


T = 1700000000.25
SETTINGS = [('Batch', 7.0, 3), ('Schedule', 'triangular', 1), ('Timing', True, 2)]
NUMBER = {1: 3, 2: 4, 3: 2}


def value(kind, setting):
    return field(NUMBER[kind], int(setting) if kind == 2 else setting)


text = field(8, field(1, 7) + field(2, b'') + field(8, '```\n{}\n```'))
experiment = b''.join(field(4, field(1, name) + field(4, kind)) for name, _, kind in SETTINGS)
experiment += b''.join(field(5, field(1, field(2, tag))) for tag in ('train_loss', 'val_psnr'))
session = b''.join(field(1, field(1, name) + field(2, value(kind, setting))) for name, setting, kind in SETTINGS)
events = [
    field(1, T) + field(3, 'brain.Event:2'),
    event(T, 301, 7, field(1, 1)),
    summary(T, 300, 'config', text + plugin('text')),
    hparams(T, '_hparams_/experiment', field(2, experiment)),
    hparams(T, '_hparams_/session_start_info', field(3, session + field(5, T))),
    summary(T - 1.5, 301, 'train_loss', single(2, 0.125)),
    summary(T, 301, 'learning_rate', single(2, 1e-5)),
    summary(T, 70000, 'prediction', field(4, field(1, 1) + field(2, 2) + field(3, 3) + field(4, png()))),
    hparams(T, '_hparams_/session_end_info', field(4, field(1, 1) + field(2, T))),
]
for data in events:
    header = struct.pack('<Q', len(data))
    sys.stdout.buffer.write(header + struct.pack('<I', masked(header)) + data + struct.pack('<I', masked(data)))
