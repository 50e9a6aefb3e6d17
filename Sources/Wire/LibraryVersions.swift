import CLibwebsockets
import COpenSSL
import CZlib

/// The libraries this process really runs on, which may be newer than those it was built with.
package enum LibraryVersions {
  package static let all: [(name: String, version: String)] = [
    ("libwebsockets", libwebsockets),
    ("openssl", unsafe String(cString: OpenSSL_version(OPENSSL_VERSION_STRING))),
    ("zlib", unsafe String(cString: zlibVersion())),
  ]

  /// libwebsockets puts a dash and the hash of its build behind the number; Debian's build has no hash.
  private static var libwebsockets: String {
    let text = unsafe String(cString: signalbox_lws_version())
    return text.hasSuffix("-") ? String(text.dropLast()) : text
  }
}
