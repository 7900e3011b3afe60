"""Makes small images and, as `pixels.npz`, what Pillow reads from them. Needs `pip install pillow numpy`."""

import os

import numpy as np
from PIL import Image

folder = os.path.dirname(os.path.abspath(__file__))
rows, columns = np.mgrid[0:6, 0:7]
color = np.stack([rows * 40, columns * 36, 255 - rows * columns * 5], axis=-1).astype(np.uint8)
alpha = np.where((rows + columns) % 3 == 0, 90, 255).astype(np.uint8)
Image.fromarray(color).save(os.path.join(folder, "color.png"))
Image.fromarray(color).save(os.path.join(folder, "color.jpg"), quality=90)
Image.fromarray(color[..., 0]).save(os.path.join(folder, "gray.jpg"), quality=90)
Image.fromarray(np.dstack([color, alpha])).save(os.path.join(folder, "opacity.png"))
Image.fromarray(color).quantize(16).save(os.path.join(folder, "palette.png"))
Image.fromarray(color[..., 0].astype(np.uint16) * 257).save(os.path.join(folder, "deep.png"))
pixels = {
    name: np.asarray(Image.open(os.path.join(folder, name)).convert("RGB"), np.float32)
    for name in ["color.png", "color.jpg", "gray.jpg", "opacity.png", "palette.png"]
}
# Pillow clips 16 bits instead of leaving out the lower ones.
pixels["deep.png"] = np.repeat(color[..., :1], 3, axis=-1).astype(np.float32)
np.savez(os.path.join(folder, "pixels.npz"), **pixels)
