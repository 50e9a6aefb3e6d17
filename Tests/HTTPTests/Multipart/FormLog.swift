import HTTP

/// What a form says when it comes in these pieces.
struct FormLog: Equatable {
  struct Part: Equatable {
    let head: MultipartPart
    var content: [UInt8] = []
  }

  var parts: [Part] = []
  var hasEnded = false
  var fault: MessageFault?
  /// The most bytes that waited at a time.
  private var waiting = 0

  init(
    _ pieces: [[UInt8]], type: String = "multipart/form-data; boundary=b",
    limits: MultipartReader.Limits = MultipartReader.Limits()
  ) {
    var reader: MultipartReader
    do throws(MessageFault) {
      reader = try MultipartReader(contentType: type, limits: limits)
    } catch {
      fault = error
      return
    }
    for piece in pieces {
      reader.append(piece)
      while case let event = reader.next(), event != .needsMore {
        switch event {
        case .part(let head): parts.append(Part(head: head))
        case .data(let bytes): parts[parts.count - 1].content += bytes
        case .end: hasEnded = true
        case .failed(let fault): self.fault = fault
        case .needsMore: break
        }
        if fault != nil { break }
      }
      waiting = max(waiting, reader.bufferedCount)
      // Whoever goes on all the same hears the same.
      if let fault, reader.next() != .failed(fault) { self.fault = nil }
    }
    do throws(MessageFault) {
      try reader.finish()
    } catch {
      fault = error
    }
  }

  init(_ text: String, type: String = "multipart/form-data; boundary=b") {
    self.init([Array(text.utf8)], type: type)
  }

  static func == (left: FormLog, right: FormLog) -> Bool {
    left.parts == right.parts && left.hasEnded == right.hasEnded && left.fault == right.fault
  }

  var mostWaiting: Int { waiting }
  var contents: [String] { parts.map { String(decoding: $0.content, as: UTF8.self) } }
}
