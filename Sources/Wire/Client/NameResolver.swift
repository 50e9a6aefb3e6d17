import Glibc
import HTTP

/// Names to addresses, as the system resolves them, on threads that may wait.
enum NameResolver {
  /// All addresses of `host`, in the system's order, or the system's reason why there is none.
  static func addresses(of host: String, port: Int) async -> Result<[SocketAddress], Failure> {
    do {
      // These names are this machine, whatever its files and name servers say of them (RFC 6761 section 6.3).
      if LoopbackHost.matches(host) {
        return .success(try ["::1", "127.0.0.1"].map { try SocketAddress(host: $0, port: port) })
      }
      return .success(try await BlockingPool.shared.run { try lookUp(host, port: port) })
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(reason: "\(error)"))
    }
  }

  struct Failure: Error {
    let reason: String
  }

  private static func lookUp(_ host: String, port: Int) throws(Failure) -> [SocketAddress] {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(host, nil, &hints, &first)
    guard status == 0 else { throw Failure(reason: reason(of: status)) }
    defer { unsafe freeaddrinfo(first) }
    var found: [SocketAddress] = []
    var next = unsafe first
    while let entry = unsafe next {
      if let address = unsafe address(entry) { found.append(address.with(port: port)) }
      unsafe next = unsafe entry.pointee.ai_next
    }
    guard !found.isEmpty else { throw Failure(reason: "the name has no IP address") }
    return found
  }

  private static func address(_ entry: UnsafeMutablePointer<addrinfo>) -> SocketAddress? {
    let (_, address) = unsafe SocketAddress.filled { storage, length in
      unsafe memcpy(storage, entry.pointee.ai_addr, Int(min(entry.pointee.ai_addrlen, length.pointee)))
      return 0
    }
    return address
  }

  private static func reason(of status: Int32) -> String {
    if status == EAI_SYSTEM { return unsafe String(cString: strerror(errno)) }
    return unsafe gai_strerror(status).map { unsafe String(cString: $0) } ?? "error \(status)"
  }
}
