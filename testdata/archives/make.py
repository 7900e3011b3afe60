"""Writes the NumPy archives of ArchivesTests. Needs: pip install numpy."""

import zipfile

import numpy as np

arrays = {
    "ramp": np.arange(12, dtype=np.float32).reshape(3, 4),
    "column": np.asfortranarray(np.arange(6, dtype=np.float64).reshape(2, 3)),
    "half": np.array([0.5, -2.0, 65504.0], dtype=np.float16),
    "ids": np.array([[1, -2], [3, 4]], dtype=np.int64),
    "flags": np.array([True, False]),
    "scalar": np.array(7, dtype=np.int32),
    "empty": np.zeros((0, 3), dtype=np.float32),
}
np.savez("stored.npz", **arrays)
np.savez_compressed("deflated.npz", **arrays)
np.save("big_endian.npy", np.arange(3, dtype=">f4"))
with zipfile.ZipFile("lzma.npz", "w", zipfile.ZIP_LZMA) as archive:
    archive.write("big_endian.npy", "a.npy")
