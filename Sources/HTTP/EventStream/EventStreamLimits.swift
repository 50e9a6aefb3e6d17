/// How much of everything an event stream may have. Whatever is larger is refused as soon as that is known.
package struct EventStreamLimits: Sendable, Equatable {
  /// Bytes of one line without its end, comments included. Default: 1 MiB.
  package var maxLine = 1_048_576
  /// Bytes of an event's data as they came, with the line feeds between its lines. Default: 1 MiB.
  package var maxData = 1_048_576
  /// Bytes of an id. Default: 4096.
  package var maxID = 4096

  package init() {}
}
