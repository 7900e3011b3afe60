"""Reads TFLITE_METADATA with the schema of `tflite-support`, and fails unless it says what is expected.

    read_metadata.py WHEEL MODEL LABELS MEAN STD

WHEEL is that of the package, whose modules for the schema are imported from the archive; its native parts, which exist
for some versions of Python only, read the file as well if the package is installed.
"""

import json
import sys
import zipfile

wheel, path, labels, mean, std = sys.argv[1:]
sys.path.insert(0, wheel)

from tensorflow_lite_support.metadata import metadata_schema_py_generated as metadata_schema
from tensorflow_lite_support.metadata import schema_py_generated as schema


def expect(found, wanted, what):
    if found != wanted:
        sys.exit(f"read_metadata: {what} is {found}, not {wanted}")


def main():
    with open(path, "rb") as file:
        data = bytearray(file.read())
    model = schema.Model.GetRootAsModel(data, 0)
    entries = [model.Metadata(index) for index in range(model.MetadataLength())]
    entry = next(x for x in entries if x.Name() == b"TFLITE_METADATA")
    table = model.Buffers(entry.Buffer()).DataAsNumpy().tobytes()
    expect(
        metadata_schema.ModelMetadata.ModelMetadataBufferHasIdentifier(table, 0),
        True,
        "the presence of the identifier M001",
    )
    metadata = metadata_schema.ModelMetadata.GetRootAsModelMetadata(table, 0)
    expect(model.SignatureDefsLength(), 1, "the number of signatures")
    subgraph = metadata.SubgraphMetadata(0)
    tensor = subgraph.InputTensorMetadata(0)
    unit = tensor.ProcessUnits(0)
    expect(
        unit.OptionsType(), metadata_schema.ProcessUnitOptions.NormalizationOptions, "the process"
    )
    normalization = metadata_schema.NormalizationOptions()
    normalization.Init(unit.Options().Bytes, unit.Options().Pos)
    expect([normalization.Mean(0)], [float(mean)], "the mean")
    expect([normalization.Std(0)], [float(std)], "the deviation")
    content = tensor.Content()
    expect(
        content.ContentPropertiesType(), metadata_schema.ContentProperties.ImageProperties, "content"
    )
    output = subgraph.OutputTensorMetadata(0).AssociatedFiles(0)
    expect(output.Type(), metadata_schema.AssociatedFileType.TENSOR_AXIS_LABELS, "the file's type")
    with open(labels, "rb") as file, zipfile.ZipFile(path) as archive:
        expect(archive.testzip(), None, "the first damaged member")
        expect(archive.read(output.Name().decode()), file.read(), "the text of the labels")
    try:
        from tflite_support.metadata import MetadataDisplayer
    except ImportError:
        return
    displayer = MetadataDisplayer.with_model_file(path)
    expect(
        displayer.get_packed_associated_file_list(), [output.Name().decode()], "the packed files"
    )
    expect(json.loads(displayer.get_metadata_json())["name"], "chain", "the name of the model")


if __name__ == "__main__":
    main()
