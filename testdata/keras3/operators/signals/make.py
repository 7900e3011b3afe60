"""Records the fixtures of Fourier transforms; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("fft", lambda x, y: list(ops.fft((x, y))), (3, 6), (3, 6))
graph("fft2", lambda x, y: list(ops.fft2((x, y))) + list(ops.ifft2((x, y))), (4, 6), (4, 6))
graph("rfft", lambda x: list(ops.rfft(x)) + list(ops.rfft(x, 8)) + list(ops.rfft(x, 4)), (3, 6), minimum_std=0)
graph("irfft", lambda x, y: [ops.irfft((x, y)), ops.irfft((x, y), 8), ops.irfft((x, y), 12)], (3, 6), (3, 6))
graph("stft", lambda x: list(ops.stft(x, 16, 8, 16)) + list(ops.stft(x, 12, 5, 16, window="hamming", center=False)), (100,), minimum_std=0)
graph("istft", lambda x: ops.istft(ops.stft(x, 16, 8, 32), 16, 8, 32), (96,))
graph("istft_cut", lambda x: ops.istft(ops.stft(x, 16, 4, 16), 16, 4, 16, length=70), (96,))
graph("sequences", lambda x: ops.extract_sequences(x, 8, 3), (2, 30))
