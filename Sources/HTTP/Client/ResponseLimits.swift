/// How much of everything one answer may have. Whatever is larger is a fault as soon as that is known.
package struct ResponseLimits: Sendable, Equatable {
  /// Bytes of a status line without its CRLF. Default: 8192.
  package var maxStatusLine = 8192
  /// Bytes of one field line without its CRLF. Default: 16384.
  package var maxFieldLine = 16_384
  /// Bytes of all field lines with their CRLFs. Default: 65536.
  package var maxFieldSection = 65_536
  /// Number of fields. Default: 256.
  package var maxFieldCount = 256
  /// Bytes of a body. Default: no limit, because an event stream has no end.
  package var maxBody = Int.max
  /// Bytes of the extensions of one chunk; there is no limit for all together, for the same reason. Default: 1024.
  package var maxChunkExtension = 1024
  /// Bytes of all trailer lines with their CRLFs. Default: 8192.
  package var maxTrailerSection = 8192
  /// Number of trailer fields. Default: 32.
  package var maxTrailerCount = 32
  /// Bytes of body in one event; longer pieces are cut. Default: 65536.
  package var maxBodyPiece = 65_536
  /// Interim answers (1xx) before a final one that are skipped. Default: 8.
  package var maxInterimCount = 8

  package init() {}

  var fieldLimits: FieldSectionParser.Limits {
    .init(maxLine: maxFieldLine, maxSection: maxFieldSection, maxCount: maxFieldCount)
  }

  var bodyLimits: BodyReader.Limits {
    .init(
      maxPiece: maxBodyPiece,
      chunks: .init(
        maxBody: maxBody, maxExtension: .max, maxExtensionOfChunk: maxChunkExtension,
        trailers: .init(maxLine: maxTrailerSection, maxSection: maxTrailerSection, maxCount: maxTrailerCount)))
  }
}
