/// Hosts that are this machine by definition: its loopback addresses, and the names that RFC 6761 section 6.3 sets aside for them.
package enum LoopbackHost {
  /// - Parameter name: a host name or an address, without brackets, in lower case.
  package static func matches(_ name: String) -> Bool {
    matches(Array(name.utf8)[...])
  }

  /// - Parameter authority: `host` or `host:port` as in the Host field, valid.
  package static func isNamed(in authority: String) -> Bool {
    let text = Array(authority.lowercased().utf8)[...]
    guard text.first == ASCII.openBracket else { return matches(text.prefix { $0 != ASCII.colon }) }
    return matches(text.dropFirst().prefix { $0 != ASCII.closeBracket })
  }

  static func matches(_ host: ArraySlice<UInt8>) -> Bool {
    if IPv4Syntax.isAddress(host) { return host.starts(with: "127.".utf8) }
    if IPv6Syntax.isAddress(host) { return IPv6Syntax.isLoopback(host) }
    return host.elementsEqual("localhost".utf8) || host.suffix(10).elementsEqual(".localhost".utf8)
  }
}
