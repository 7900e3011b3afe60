"""Records the fixtures of STFTSpectrogram and MelSpectrogram; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("stft_log", lambda: L.STFTSpectrogram(mode="log", frame_length=16, frame_step=8, fft_length=16), (64, 1))
case("stft_magnitude_same", lambda: L.STFTSpectrogram(mode="magnitude", frame_length=16, frame_step=8, fft_length=32, padding="same"), (60, 2))
case("mel", lambda: L.MelSpectrogram(fft_length=32, sequence_stride=16, num_mel_bins=6, sampling_rate=1000, max_freq=500), (128,))
