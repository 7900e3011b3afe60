"""A rule that converts a Keras model to TFLite."""

def _keras_model_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name + ".tflite")
    arguments = ctx.actions.args()
    arguments.add("convert")
    arguments.add(ctx.file.model)
    if ctx.file.weights:
        arguments.add(ctx.file.weights)
    arguments.add("-o", output)
    arguments.add("--quiet")
    for option in ctx.attr.options:
        arguments.add(ctx.expand_location(option, ctx.attr.data))
    ctx.actions.run(
        executable = ctx.executable.kconvert,
        arguments = [arguments],
        inputs = [file for file in [ctx.file.model, ctx.file.weights] if file] + ctx.files.data,
        outputs = [output],
        mnemonic = "KConvert",
        progress_message = "Converting %{label}",
    )
    return [DefaultInfo(files = depset([output]))]

keras_model = rule(
    implementation = _keras_model_impl,
    doc = "Makes <name>.tflite; the same inputs make the same bytes, so that results can be cached remotely.",
    attrs = {
        "model": attr.label(allow_single_file = True, mandatory = True, doc = "The model or its architecture."),
        "weights": attr.label(allow_single_file = True, doc = "The weights, if the model is an architecture."),
        "data": attr.label_list(allow_files = True, doc = "Files that the options name, such as samples."),
        "options": attr.string_list(doc = "Options of `kconvert convert`; `$(location label)` is the path of a file of `data`."),
        "kconvert": attr.label(
            default = "//tools:kconvert",
            executable = True,
            allow_single_file = True,
            cfg = "exec",
            doc = "The command, for the machine of the build.",
        ),
    },
)
