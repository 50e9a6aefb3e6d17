import A2A
import HTTP
import JSON

/// What `signalbox submit` sends.
enum SubmitBody {
  /// Throws with the file or the JSON that is wrong.
  /// - Parameters:
  ///   - id: of the message.
  ///   - read: gives what is in a file.
  static func encode(
    _ options: SubmitOptions, id: String, key: String,
    read: (String) throws(CommandFailure) -> [UInt8] = LocalFile.read
  ) throws(CommandFailure) -> [UInt8] {
    var parts: [Part] = []
    for piece in options.pieces { parts.append(try part(piece, read)) }
    let message = Message(id: id, role: .user, parts: parts, contextID: options.context)
    var writer = JSONWriter()
    writer.object { object in
      object.member("agent", ifPresent: options.agent)
      object.member("title", ifPresent: options.title)
      object.member("key", key)
      object.key("message")
      object.raw(trusted: message.encoded())
    }
    return writer.bytes
  }

  private static func part(
    _ piece: SubmitOptions.Piece, _ read: (String) throws(CommandFailure) -> [UInt8]
  ) throws(CommandFailure) -> Part {
    switch piece {
    case .text(let text): return .text(text)
    case .data(let text): return .data(try json(Array(text.utf8), "The value of --data"))
    case .file(let path, let type):
      let bytes = try read(path)
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let type = type ?? String(MediaTypes.forPath(path).prefix { $0 != ";" })
      return Part(try content(bytes, type, path), filename: name, mediaType: type)
    }
  }

  /// As agents can use it best: JSON as data, other text as text, everything else as bytes.
  private static func content(_ bytes: [UInt8], _ type: String, _ path: String) throws(CommandFailure) -> Part.Content {
    if type == "application/json" { return .data(try json(bytes, path)) }
    return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .raw(bytes)
  }

  private static func json(_ bytes: [UInt8], _ what: String) throws(CommandFailure) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw .failure("\(what) is no JSON: at its byte \(error.offset + 1), \(error.reason).")
    }
  }
}
