import CPNG
import CTurboJPEG

/// The libraries that read images.
package enum ImageLibraries {
    /// The version of libpng that this build was made with.
    package static var pngVersion: String { PNG_LIBPNG_VER_STRING }

    /// The version of libjpeg-turbo that this build was made with; nil if its headers do not tell.
    package static var jpegVersion: String? {
        let number = kc_turbojpeg_version()
        return number > 0 ? "\(number / 1_000_000).\(number / 1000 % 1000).\(number % 1000)" : nil
    }
}
