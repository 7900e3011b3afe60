# Converts Keras models while a project is built.
#
#     find_package(kconvert REQUIRED)
#     kconvert_add_model(digits digits.json digits.h5 OPTIONS --quantize int8 --samples samples.npz)
#     add_dependencies(app digits)
#     target_compile_definitions(app PRIVATE MODEL="${digits_FILE}")
#
# The command that runs on the machine of the build is the cache variable KCONVERT; a cross build sets it itself.

if(NOT KCONVERT)
    find_program(KCONVERT kconvert
        HINTS "${CMAKE_CURRENT_LIST_DIR}/../../../bin"
        NO_CMAKE_FIND_ROOT_PATH
        DOC "The converter of Keras models, for the machine of the build")
endif()
if(NOT KCONVERT)
    set(kconvert_FOUND FALSE)
    set(kconvert_NOT_FOUND_MESSAGE "The command kconvert is not found; set KCONVERT to its path.")
    return()
endif()

# kconvert_add_model(<target> <model> [<weights>] [OUTPUT <file>] [CONFIG <kconvert.json>] [OPTIONS <option>...])
#
# A target that makes <target>.tflite in the binary folder, or OUTPUT, and makes it again if a file changes that was read, the command
# included. The path is <target>_FILE in the calling scope. Models, weights and files of options are relative to the source folder,
# paths in OPTIONS to it as well. Instead of a model, CONFIG can name it.
function(kconvert_add_model target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT;CONFIG" "OPTIONS")
    set(output "${arg_OUTPUT}")
    if(NOT output)
        set(output "${target}.tflite")
    endif()
    cmake_path(ABSOLUTE_PATH output BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    set(arguments)
    set(inputs)
    foreach(file IN LISTS arg_UNPARSED_ARGUMENTS)
        cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
        list(APPEND arguments "${file}")
        if(EXISTS "${file}" AND NOT IS_DIRECTORY "${file}")
            list(APPEND inputs "${file}")
        endif()
    endforeach()
    if(arg_CONFIG)
        cmake_path(ABSOLUTE_PATH arg_CONFIG BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
        list(APPEND arguments --config "${arg_CONFIG}")
        list(APPEND inputs "${arg_CONFIG}")
    endif()
    if(NOT arguments)
        message(FATAL_ERROR "kconvert_add_model(${target}): give a model or CONFIG.")
    endif()
    add_custom_command(
        OUTPUT "${output}"
        COMMAND "${KCONVERT}" convert ${arguments} -o "${output}" --depfile "${output}.d" --quiet ${arg_OPTIONS}
        DEPENDS ${inputs} "${KCONVERT}"
        DEPFILE "${output}.d"
        WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
        COMMENT "Converting ${target}"
        VERBATIM)
    add_custom_target(${target} ALL DEPENDS "${output}")
    set(${target}_FILE "${output}" PARENT_SCOPE)
endfunction()
