/// How the objects are spelled in JSON.
enum Notation: Sendable, CaseIterable {
  /// ProtoJSON of 1.0.
  case v1
  /// 0.3 in JSON-RPC and in cards: objects say their `kind`, enums are words in lower case.
  case kinds
  /// 0.3 in HTTP+JSON: ProtoJSON of its schema.
  case proto0_3

  var isV1: Bool { self == .v1 }
}

extension Dialect {
  var notation: Notation {
    switch (version, binding) {
    case (.v1, _): .v1
    case (.v0_3, .jsonRPC): .kinds
    case (.v0_3, .httpJSON): .proto0_3
    }
  }
}
