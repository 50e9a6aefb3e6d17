/// The fields that decide about a message, picked out in one pass.
struct KnownFields: Sendable {
  private(set) var host: [String] = []
  private(set) var contentLength: [String] = []
  private(set) var transferEncoding: [String] = []
  private(set) var connection: [String] = []
  private(set) var expect: [String] = []
  private(set) var upgrade: [String] = []

  init(_ fields: HTTPFields) {
    for (name, value) in fields {
      // The length tells nearly all other names apart without comparing text.
      switch name.utf8.count {
      case 4: if name == "host" { host.append(value) }
      case 6: if name == "expect" { expect.append(value) }
      case 7: if name == "upgrade" { upgrade += Self.members(value) }
      case 10: if name == "connection" { connection += Self.members(value) }
      case 14: if name == "content-length" { contentLength.append(value) }
      case 17: if name == "transfer-encoding" { transferEncoding.append(value) }
      default: break
      }
    }
  }

  private static func members(_ value: String) -> [String] {
    CommaList.members(of: value).map { $0.lowercased() }
  }
}
