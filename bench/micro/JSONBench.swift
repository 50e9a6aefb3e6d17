import Foundation
import JSON

/// Our JSON beside Foundation's, both ways, on one event. The goal is a fifth of Foundation's time.
enum JSONBench {
  static let group = BenchmarkGroup(name: "json") {
    let event = Event.sample
    let bytes = encode(event)
    let data = Data(bytes)
    let decoder = JSONDecoder()
    let encoder = JSONEncoder()
    // Both sides must do the same work, or the figures mean nothing.
    guard try decoder.decode(Event.self, from: data) == event, try Event(JSONValue(parsing: bytes)) == event else {
      throw IncompleteEvent()
    }
    let size = "\(bytes.count) bytes"
    return [
      try Measurement.row("json: decode 6 fields of \(size)") {
        keep(try Envelope(JSONValue(parsing: bytes)))
      } baseline: {
        keep(try decoder.decode(Envelope.self, from: data))
      },
      try Measurement.row("json: decode all 13 fields of \(size)") {
        keep(try Event(JSONValue(parsing: bytes)))
      } baseline: {
        keep(try decoder.decode(Event.self, from: data))
      },
      try Measurement.row("json: encode 13 fields into \(size)") {
        keep(encode(event))
      } baseline: {
        keep(try encoder.encode(event))
      },
    ]
  }

  private static func encode(_ event: Event) -> [UInt8] {
    var writer = JSONWriter(reserving: 384)
    event.write(to: &writer)
    return writer.bytes
  }
}
