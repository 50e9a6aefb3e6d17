/// How much of everything one request may have. Whatever is larger is refused as soon as that is known.
package struct RequestLimits: Sendable, Equatable {
  /// Bytes of the request line without its CRLF; above: 414. Default: 8192.
  package var maxRequestLine = 8192
  /// Bytes of one field line without its CRLF; above: 431. Default: 16384.
  package var maxFieldLine = 16_384
  /// Bytes of all field lines with their CRLFs; above: 431. Default: 32768.
  package var maxFieldSection = 32_768
  /// Number of fields; above: 431. Default: 128.
  package var maxFieldCount = 128
  /// Bytes of a body, whatever a route may allow; above: 413. Default: 16 MiB.
  package var maxBody = 16 * 1024 * 1024
  /// Bytes of all chunk extensions of a request; above: 400. Default: 1024.
  package var maxChunkExtension = 1024
  /// Bytes of all trailer lines with their CRLFs; above: 431. Default: 8192.
  package var maxTrailerSection = 8192
  /// Number of trailer fields; above: 431. Default: 32.
  package var maxTrailerCount = 32
  /// Empty lines before a request line that are skipped (RFC 9112 section 2.2); one more: 400. Default: 4.
  package var maxLeadingEmptyLines = 4
  /// Bytes of body in one event; longer pieces are cut. Default: 65536.
  package var maxBodyPiece = 65_536

  package init() {}
}
