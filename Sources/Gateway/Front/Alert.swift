import A2A
import HTTP
import JSON

/// An alert as its agent gets it: one part of a message.
struct Alert: Equatable {
  let part: Part
  /// For lists. Nil: the gateway finds one.
  let title: String?

  /// - Parameters:
  ///   - mediaType: what the sender says; nil where nothing was said.
  ///   - filename: the sender's.
  init(_ bytes: [UInt8], mediaType: String?, filename: String?) throws(Refusal) {
    guard !bytes.isEmpty else { throw .noAlert }
    let name = filename.map(Self.lastOfPath).flatMap { $0.isEmpty ? nil : $0 }
    let type = Self.type(said: mediaType, name: name, bytes)
    part = Part(try Self.content(bytes, type), filename: name, mediaType: type)
    title = name.map(Self.fit)
  }

  /// Most senders of forms know no type of XML.
  private static func type(said: String?, name: String?, _ bytes: [UInt8]) -> String {
    if let said, said != unknown { return said }
    let named = MediaTypes.forPath(name ?? "").prefix { $0 != ";" }
    guard named == unknown else { return String(named) }
    let first = bytes.first { !" \t\r\n".utf8.contains($0) }
    return first == UInt8(ascii: "<") ? "application/xml" : unknown
  }

  private static let unknown = "application/octet-stream"

  /// Text where it is one, so that every agent can read it; bytes where it is in an encoding of its own.
  private static func content(_ bytes: [UInt8], _ type: String) throws(Refusal) -> Part.Content {
    if type == "application/json" {
      do throws(JSONError) {
        let value = try JSONValue(parsing: bytes)
        // As other gateways were sent it.
        if value.count == 1, let text = value["alert_text"]?.string { return .text(text) }
        return .data(value)
      } catch {
        throw .badBody("The alert is no JSON: at its byte \(error.offset + 1), \(error.reason).")
      }
    }
    return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .raw(bytes)
  }

  /// Some browsers send the whole path.
  private static func lastOfPath(_ name: String) -> String {
    name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
  }

  private static func fit(_ name: String) -> String {
    String(name.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(100).map(Character.init))
  }
}
