import CLibev
import Glibc

/// Making listening sockets: ours, not lws's, which binds every interface when asked for 127.0.0.1 and cannot share a port.
enum ListenSocket {
  /// One socket for each of `count` loops, all on the same exact address. Port 0 takes a free one. Throws when somebody else
  /// listens there; then none is left open.
  static func open(_ address: SocketAddress, count: Int) throws(WireError) -> (
    address: SocketAddress, descriptors: [Int32]
  ) {
    // SO_REUSEPORT would quietly share the port with another process of the same user, so the first bind is without it.
    if address.port != 0 { try refuseTaken(address) }
    var actual = address
    var descriptors: [Int32] = []
    do throws(WireError) {
      for _ in 0..<count {
        let descriptor = try open(actual)
        descriptors.append(descriptor)
        actual = try boundAddress(of: descriptor, asked: actual)
      }
    } catch {
      for descriptor in descriptors { close(descriptor) }
      throw error
    }
    return (actual, descriptors)
  }

  /// The next connection, or why there is none.
  enum Accepted {
    case connection(Int32, SocketAddress)
    case none
    /// No descriptor is free: wait, or the loop spins on a socket that stays readable.
    case outOfDescriptors
  }

  static func accept(_ listener: Int32) -> Accepted {
    while true {
      let (descriptor, address) = unsafe SocketAddress.filled { pointer, length in
        unsafe accept4(listener, pointer, length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
      }
      if descriptor >= 0 {
        guard let address else {
          close(descriptor)
          continue
        }
        return .connection(descriptor, address)
      }
      switch errno {
      // The client was gone before we came, or the call was interrupted: the next one.
      case EINTR, ECONNABORTED, EPROTO: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .outOfDescriptors
      default: return .none
      }
    }
  }

  private static func open(_ address: SocketAddress) throws(WireError) -> Int32 {
    let descriptor = try makeSocket(address)
    SocketOption.set(descriptor, level: SOL_SOCKET, option: SO_REUSEPORT, to: 1)
    try bind(descriptor, to: address)
    guard listen(descriptor, 1024) == 0 else {
      let reason = errno
      close(descriptor)
      throw WireError(.address, "Cannot listen on \(address)", errno: reason)
    }
    return descriptor
  }

  private static func refuseTaken(_ address: SocketAddress) throws(WireError) {
    let probe = try makeSocket(address)
    try bind(probe, to: address)
    close(probe)
  }

  private static func makeSocket(_ address: SocketAddress) throws(WireError) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, type, 0)
    guard descriptor >= 0 else { throw WireError(.resources, "No socket for \(address)", errno: errno) }
    SocketOption.set(descriptor, level: SOL_SOCKET, option: SO_REUSEADDR, to: 1)
    if address.isIPv6 { SocketOption.set(descriptor, level: Int32(IPPROTO_IPV6), option: IPV6_V6ONLY, to: 1) }
    return descriptor
  }

  /// Closes the descriptor when it cannot be bound.
  private static func bind(_ descriptor: Int32, to address: SocketAddress) throws(WireError) {
    let status = unsafe address.withSockaddr { unsafe Glibc.bind(descriptor, $0, $1) }
    guard status != 0 else { return }
    let reason = errno
    close(descriptor)
    if reason == EADDRINUSE {
      throw WireError(
        .address, "\(address) is taken: another process listens there. Choose another port, or 0 for a free one.")
    }
    throw WireError(.address, "Cannot listen on \(address)", errno: reason)
  }

  private static func boundAddress(of descriptor: Int32, asked: SocketAddress) throws(WireError) -> SocketAddress {
    let (_, address) = unsafe SocketAddress.filled { unsafe getsockname(descriptor, $0, $1) }
    guard let address else { throw WireError(.address, "The port of \(asked) cannot be told", errno: errno) }
    return asked.with(port: address.port)
  }
}
