import CZlib

/// The version of zlib.
package enum ZlibVersion {
    /// The version that this build was made with.
    package static var text: String { ZLIB_VERSION }
}
