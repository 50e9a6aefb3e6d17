import CLibwebsockets
import COpenSSL
import CZlib

/// The libraries this process really runs on, which may be newer than those it was built with.
package enum LibraryVersions {
  package static let all: [(name: String, version: String)] = [
    ("libwebsockets", unsafe String(cString: signalbox_lws_version())),
    ("openssl", unsafe String(cString: OpenSSL_version(OPENSSL_VERSION_STRING))),
    ("zlib", unsafe String(cString: zlibVersion())),
  ]
}
