import A2A
import HTTP
import JSON

extension HTTPFields {
  static let v1 = HTTPFields([("a2a-version", "1.0"), ("content-type", "application/json")])
}

extension EncodedAnswer {
  var text: String { String(decoding: body, as: UTF8.self) }
}

func parsed(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }
