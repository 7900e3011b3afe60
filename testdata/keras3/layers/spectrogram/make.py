"""Records the fixtures of STFTSpectrogram and MelSpectrogram; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("stft_log", lambda: L.STFTSpectrogram(mode="log", frame_length=16, frame_step=8, fft_length=16), (64, 1))
case("stft_magnitude_same", lambda: L.STFTSpectrogram(mode="magnitude", frame_length=16, frame_step=8, fft_length=32, padding="same"), (60, 2))
case("mel", lambda: L.MelSpectrogram(fft_length=32, sequence_stride=16, num_mel_bins=6, sampling_rate=1000, max_freq=500), (128,))
case("stft_psd_first", lambda: L.STFTSpectrogram(mode="psd", frame_length=16, frame_step=8, data_format="channels_first"), (2, 64))
case("stft_real", lambda: L.STFTSpectrogram(mode="real", frame_length=16, frame_step=8, expand_dims=True), (64, 2))
case("stft_imag_window", lambda: L.STFTSpectrogram(mode="imag", frame_length=16, frame_step=5, window="hamming", scaling="spectrum"), (64, 1))
case("stft_angle", lambda: L.STFTSpectrogram(mode="angle", frame_length=16, frame_step=8), (64, 1))
case("stft_both", lambda: L.STFTSpectrogram(mode="stft", frame_length=16, frame_step=8, expand_dims=True, data_format="channels_first"), (2, 64))
case("mel_power", lambda: L.MelSpectrogram(fft_length=32, sequence_stride=16, sequence_length=20, num_mel_bins=5, sampling_rate=1000, power_to_db=False, mag_exp=1.0, window="hamming"), (128,))
case("mel_channels", lambda: L.MelSpectrogram(fft_length=32, sequence_stride=16, num_mel_bins=6, sampling_rate=1000, top_db=20.0, window=None), (2, 128))
