import CJSONC

/// The library that reads JSON.
package enum JSONLibrary {
    /// The version of json-c that this build was made with.
    package static var version: String { JSON_C_VERSION }
}
