"""Records layers of kapre; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 kapre==0.3.7 "librosa<0.11" h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
import kapre
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
