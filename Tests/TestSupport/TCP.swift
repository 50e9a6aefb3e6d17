import Glibc

/// Sockets of tests, below TLS.
package enum TCP {
  /// A connected socket with the options' buffer, source address and deadlines.
  package static func connect(to host: String, _ port: Int, _ options: TLSClient.Options) throws -> Int32 {
    let descriptor = socket(host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw TLSClient.Failure(description: "socket: errno \(errno)") }
    // As every real client does. Else a request waits 40 ms behind the end of its handshake, until the server's kernel acknowledges that.
    set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    if let size = options.receiveBuffer { set(descriptor, SOL_SOCKET, SO_RCVBUF, Int32(size)) }
    let seconds = options.deadline.components
    var limit = timeval(tv_sec: Int(seconds.seconds), tv_usec: Int(seconds.attoseconds / 1_000_000_000_000))
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe _ = setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    do {
      if let source = options.source {
        try check("bind", unsafe withAddress(source, 0) { unsafe Glibc.bind(descriptor, $0, $1) })
      }
      try check("connect", unsafe withAddress(host, port) { unsafe Glibc.connect(descriptor, $0, $1) })
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// A listening socket, on a free port unless one is given, with SO_REUSEPORT or without.
  package static func listen(on host: String, port: Int = 0, sharing: Bool) throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(host.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if sharing { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
    try check("bind", unsafe withAddress(host, port) { unsafe Glibc.bind(descriptor, $0, $1) })
    try check("listen", Glibc.listen(descriptor, 8))
    return (descriptor, localPort(of: descriptor))
  }

  package static func localPort(of descriptor: Int32) -> Int {
    var address = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe _ = getsockname(descriptor, $0, &length)
      }
    }
    // The port stands at the same place in both families.
    return Int(in_port_t(bigEndian: address.sin6_port))
  }

  /// Makes `close` send a RST.
  package static func resetOnClose(_ descriptor: Int32) {
    var value = linger(l_onoff: 1, l_linger: 0)
    unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
  }

  package static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    unsafe _ = setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Sends all of it.
  package static func send(_ bytes: [UInt8], to descriptor: Int32) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.send(
          descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw TLSClient.Failure(description: "send: errno \(errno)") }
      sent += count
    }
  }

  /// What it means that a read has brought nothing.
  package static func ending(_ count: Int32) -> TLSClient.Ending {
    if count == 0 { return .goodbye }
    return errno == EAGAIN ? .silence : .reset
  }

  private static func check(_ call: String, _ status: Int32) throws {
    guard status != 0 else { return }
    throw TLSClient.Failure(description: "\(call): errno \(errno)")
  }

  private static func withAddress(
    _ host: String, _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    if host.contains(":") {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = in_port_t(port).bigEndian
      unsafe _ = inet_pton(AF_INET6, host, &address.sin6_addr)
      return unsafe rebound(&address, body)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    unsafe _ = inet_pton(AF_INET, host, &address.sin_addr)
    return unsafe rebound(&address, body)
  }

  private static func rebound<Address>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    let length = socklen_t(MemoryLayout<Address>.size)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
    }
  }
}
