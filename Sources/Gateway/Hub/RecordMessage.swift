import JSON
import Journal
import Wire

/// Records as clients of WebSockets get them: each `{"type":"event","cursor":…,"record":{…}}`, several in one array, and no message much
/// longer than a client has to take. The same bytes for all who receive them.
struct RecordMessage: Sendable {
  /// About so many bytes go into one message.
  private static let pieceLimit = 64 << 10

  /// Some records, with commas between them.
  private struct Piece: Sendable {
    var text: [UInt8] = []
    var count = 0
  }

  private let pieces: [Piece]
  let message: EncodedMessage

  init(_ records: [Record], epoch: String) {
    var pieces: [Piece] = []
    var piece = Piece()
    for record in records {
      Self.append(record, epoch, to: &piece)
      if piece.text.count >= Self.pieceLimit {
        pieces.append(piece)
        piece = Piece()
      }
    }
    if piece.count > 0 { pieces.append(piece) }
    self.init(pieces)
  }

  /// What is due at the same time.
  init(joining parts: [RecordMessage]) {
    var pieces: [Piece] = []
    for piece in parts.lazy.flatMap(\.pieces) {
      if let last = pieces.indices.last, pieces[last].text.count + piece.text.count < Self.pieceLimit {
        pieces[last].text.append(UInt8(ascii: ","))
        pieces[last].text += piece.text
        pieces[last].count += piece.count
      } else {
        pieces.append(piece)
      }
    }
    self.init(pieces)
  }

  private init(_ pieces: [Piece]) {
    self.pieces = pieces
    message = EncodedMessage(joining: pieces.map { EncodedMessage(text: Self.whole($0)) })
  }

  private static func whole(_ piece: Piece) -> [UInt8] {
    piece.count == 1 ? piece.text : [UInt8(ascii: "[")] + piece.text + [UInt8(ascii: "]")]
  }

  private static func append(_ record: Record, _ epoch: String, to piece: inout Piece) {
    if piece.count > 0 { piece.text.append(UInt8(ascii: ",")) }
    piece.count += 1
    var text: [UInt8] = []
    swap(&text, &piece.text)
    var writer = JSONWriter(appendingTo: consume text)
    writer.object { object in
      object.member("type", "event")
      object.member("cursor", Cursor(epoch: epoch, offset: record.offset).description)
      object.key("record")
      NativeRecord.write(record, to: &object)
    }
    piece.text = writer.bytes
  }
}
