"""Records layers of kapre; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 kapre==0.3.7 "librosa<0.11" h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
import kapre
from kapre.augmentation import ChannelSwap, SpecAugment
from kapre.signal import Energy, Frame, LogmelToMFCC, MuLawDecoding, MuLawEncoding
from kapre.time_frequency_tflite import MagnitudeTflite, PhaseTflite, STFTTflite

keras.utils.get_custom_objects().update(
    STFTTflite=STFTTflite, MagnitudeTflite=MagnitudeTflite, PhaseTflite=PhaseTflite)
_, graph = recorder(__file__)


def chain(name, layers, shape, **options):
    def function(x):
        for layer in layers():
            x = layer(x)
        return x

    graph(name, function, shape, **options)


chain("magnitude", lambda: [kapre.STFT(16, hop_length=5), kapre.Magnitude()], (60, 2), archive=True)
chain("magnitude_padded", lambda: [
    kapre.STFT(16, win_length=11, hop_length=4, window_name="hamming_window", pad_begin=True, pad_end=True), kapre.Magnitude()], (50, 1))
chain("magnitude_first", lambda: [
    kapre.STFT(16, input_data_format="channels_first", output_data_format="channels_first"), kapre.Magnitude()], (2, 60))
chain("phase", lambda: [kapre.STFT(16, hop_length=8), kapre.Phase()], (60, 1))
chain("decibel", lambda: [kapre.STFT(16, hop_length=5), kapre.Magnitude(), kapre.MagnitudeToDecibel(dynamic_range=30.0)], (60, 1), archive=True)
chain("decibel_range", lambda: [kapre.MagnitudeToDecibel(ref_value=2.0, amin=1e-2, dynamic_range=10.0)], (7, 5, 2))
chain("mel", lambda: [kapre.STFT(32, hop_length=8), kapre.Magnitude(), kapre.ApplyFilterbank(
    "mel", dict(sample_rate=8000, n_freq=17, n_mels=6))], (80, 2), archive=True, minimum_std=1e-3)
chain("mel_htk", lambda: [kapre.ApplyFilterbank(
    "mel", dict(sample_rate=8000, n_freq=17, n_mels=5, f_min=100.0, f_max=3000.0, htk=True, norm=None),
    data_format="channels_first")], (2, 4, 17), minimum_std=1e-3)
chain("log", lambda: [kapre.ApplyFilterbank("log", dict(sample_rate=22050, n_freq=65, n_bins=12, bins_per_octave=6, f_min=200.0))], (4, 65, 1),
      minimum_std=1e-3)
chain("delta", lambda: [kapre.Delta()], (9, 4, 1))
chain("delta_first", lambda: [kapre.Delta(win_length=3, mode="reflect", data_format="channels_first")], (1, 9, 4))
chain("frequency_map", lambda: [kapre.ConcatenateFrequencyMap()], (5, 4, 2))
chain("frequency_map_first", lambda: [kapre.ConcatenateFrequencyMap(data_format="channels_first")], (2, 5, 4))
chain("tflite", lambda: [STFTTflite(16, hop_length=5), MagnitudeTflite()], (60, 2))
chain("tflite_pairs", lambda: [STFTTflite(16, hop_length=5, pad_end=True)], (60, 2))
for window in ("kaiser_window", "kaiser_bessel_derived_window", "vorbis_window"):
    chain(window, lambda: [kapre.STFT(16, hop_length=5, window_name=window), kapre.Magnitude()], (60, 1))
chain("mel_norm", lambda: [kapre.ApplyFilterbank("mel", dict(sample_rate=8000, n_freq=17, n_mels=5, norm=1.0))], (4, 17, 1), minimum_std=1e-3)
chain("log_narrow", lambda: [kapre.ApplyFilterbank("log", dict(sample_rate=22050, n_freq=65, n_bins=60, f_min=32.7))], (4, 65, 1), minimum_std=1e-3)
chain("frames", lambda: [Frame(12, 5)], (40, 2))
chain("frames_padded", lambda: [Frame(12, 5, pad_end=True, pad_value=0.5, data_format="channels_first")], (2, 40))
chain("energy", lambda: [Energy(sample_rate=100, ref_duration=0.2, frame_length=12, hop_length=5, pad_end=True)], (40, 2))
chain("mu_law", lambda: [MuLawEncoding(256)], (40, 1), scale=0.4)
chain("mu_law_decoding", lambda: [MuLawDecoding(256)], (40, 1), dtype="int32", below=256)
chain("coefficients", lambda: [LogmelToMFCC(4)], (5, 9, 2))
chain("coefficients_first", lambda: [LogmelToMFCC(4, data_format="channels_first")], (2, 5, 9))
chain("augmented", lambda: [SpecAugment(freq_mask_param=2, time_mask_param=2), ChannelSwap()], (9, 8, 2))
