import JSON

extension ObjectReader {
  func tenant() throws(FieldFault) -> String? { try string("tenant") }

  /// In 1.0, 0 asks for no history. In 0.3 it asks for nothing, because its schema cannot tell 0 from absence.
  func historyLength() throws(FieldFault) -> Int? {
    let length = try int("historyLength", in: Self.count)
    return length == 0 && !notation.isV1 ? nil : length
  }

  func innerPushConfig(_ name: String) throws(FieldFault) -> PushConfig? {
    guard let config = try reader(name) else { return nil }
    do throws(FieldFault) {
      return try PushConfig(inner: config)
    } catch {
      throw error.inside(name)
    }
  }
}

extension JSONWriter {
  /// 0.3 has no tenants.
  mutating func member(tenant: String?, as notation: Notation) {
    if notation.isV1 { member("tenant", ifAny: tenant) }
  }
}
