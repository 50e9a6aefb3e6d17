import Glibc

/// What the kernel tells of this process and its sockets.
package enum ProcessFacts {
  package struct TCPEntry {
    package let localAddress: String
    package let localPort: Int
    package let remotePort: Int
    package let state: Int
    package let inode: Int

    static let listening = 10
    package var isListening: Bool { state == Self.listening }
  }

  /// The lines of /proc/net/tcp and tcp6. Addresses stand as the kernel writes them: hexadecimal words of the host's byte order.
  package static func tcpEntries() -> [TCPEntry] {
    ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { file in
      contents(of: file).split(separator: "\n").dropFirst().compactMap { line -> TCPEntry? in
        let words = line.split(separator: " ")
        guard words.count > 9 else { return nil }
        let local = words[1].split(separator: ":")
        let remote = words[2].split(separator: ":")
        guard let localPort = Int(local[1], radix: 16), let remotePort = Int(remote[1], radix: 16),
          let state = Int(words[3], radix: 16), let inode = Int(words[9])
        else { return nil }
        return TCPEntry(
          localAddress: String(local[0]), localPort: localPort, remotePort: remotePort, state: state, inode: inode)
      }
    }
  }

  /// The inodes of all sockets that this process has a descriptor of, also of those whose connection is long over.
  package static func openSockets() -> Set<Int> {
    var found: Set<Int> = []
    guard let folder = unsafe opendir("/proc/self/fd") else { return found }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var target = [CChar](repeating: 0, count: 64)
      let count = unsafe readlink("/proc/self/fd/\(name)", &target, target.count)
      let text = String(decoding: target.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text.hasPrefix("socket:["), let inode = Int(text.dropFirst(8).dropLast()) { found.insert(inode) }
    }
    return found
  }

  /// The memory that this process has in use.
  package static var residentBytes: Int {
    let words = contents(of: "/proc/self/statm").split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
  }

  /// The inodes of this process's sockets of the family of Unix: the ends of pairs.
  package static func unixPairs() -> Set<Int> {
    let known = contents(of: "/proc/net/unix").split(separator: "\n").dropFirst().compactMap { line -> Int? in
      let words = line.split(separator: " ")
      return words.count > 6 ? Int(words[6]) : nil
    }
    return openSockets().intersection(known)
  }

  private static func contents(of path: String) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe read(descriptor, &buffer, buffer.count), count > 0 { all += buffer.prefix(count) }
    return String(decoding: all, as: UTF8.self)
  }
}

/// The server's sockets of the connections of one test. A count of all descriptors would count those of tests that run beside it.
package struct AcceptedSockets {
  private var inodes: Set<Int> = []

  package init() {}

  /// Waits until the server has accepted the connection of a client's descriptor, and remembers its socket.
  package mutating func remember(peerOf client: Int32, port: Int) async {
    let clientPort = TCP.localPort(of: client)
    var inode = 0
    _ = await eventually {
      let entry = ProcessFacts.tcpEntries().first { $0.localPort == port && $0.remotePort == clientPort }
      inode = entry?.inode ?? 0
      return inode != 0
    }
    inodes.insert(inode)
  }

  package var count: Int { inodes.subtracting([0]).count }

  /// How many of them this process still has a descriptor of.
  package var openCount: Int { inodes.intersection(ProcessFacts.openSockets()).count }
}

extension ProcessFacts {
  /// The client's ends of connections to a port that this process has descriptors of.
  package static func connections(to port: Int) -> [TCPEntry] {
    let open = openSockets()
    return tcpEntries().filter { $0.remotePort == port && open.contains($0.inode) }
  }
}
