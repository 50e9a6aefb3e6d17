/// An event as it comes out of an event stream (WHATWG HTML, section 9.2.6): what a browser would dispatch.
package struct ReceivedEvent: Sendable, Equatable {
  /// The type: `message` where the stream names none.
  package let type: String
  /// The last id the stream gave, with this event or before it; empty where there was none.
  package let lastEventID: String
  /// Valid UTF-8; its lines are separated by line feeds.
  package let data: [UInt8]

  package init(type: String = "message", lastEventID: String = "", data: [UInt8]) {
    self.type = type
    self.lastEventID = lastEventID
    self.data = data
  }
}
