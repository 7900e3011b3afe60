import CHDF5

/// The version of libhdf5.
package enum HDF5Version {
    /// The version that this build was made with: `1.10.8`.
    package static var text: String { "\(H5_VERS_MAJOR).\(H5_VERS_MINOR).\(H5_VERS_RELEASE)" }
}
