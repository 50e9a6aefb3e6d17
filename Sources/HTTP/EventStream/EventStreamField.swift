/// The fields of an event stream that mean something. All others are skipped.
enum EventStreamField {
  case data, event, id, retry

  init?(name: ArraySlice<UInt8>) {
    switch name.count {
    case 2 where name.elementsEqual("id".utf8): self = .id
    case 4 where name.elementsEqual("data".utf8): self = .data
    case 5 where name.elementsEqual("event".utf8): self = .event
    case 5 where name.elementsEqual("retry".utf8): self = .retry
    default: return nil
    }
  }
}
