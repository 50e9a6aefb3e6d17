import CLibwebsockets
import COpenSSL
import Glibc

/// libwebsockets on one loop: it does the TLS handshake, reads and decrypts; listening, parsing, writing, deadlines and closing
/// are ours. Made, used and destroyed on the loop's thread.
@safe final class LWSContext {
  private let context: OpaquePointer
  /// lws keeps pointers to the names of its virtual hosts.
  private var names: [UnsafeMutablePointer<CChar>] = unsafe []
  private unowned let core: LoopCore

  init(core: LoopCore, events: OpaquePointer, name: String) throws(WireError) {
    self.core = core
    quietLibwebsocketsOnce
    var info = unsafe lws_context_creation_info()
    unsafe info.options = signalbox_lws_context_options()
    unsafe info.port = signalbox_lws_port_none()
    // Never reached: each deadline is ours, because lws's own fire late or never on a quiet foreign loop.
    unsafe info.timeout_secs = 1 << 24
    // One TLS record must fit, or the rest of it stays unseen in OpenSSL while the socket is silent (LWS_PRE is set aside).
    unsafe info.pt_serv_buf_size = UInt32(TLSSocket.recordSize + 256)
    // Unretained: the core destroys the context in tearDown, before it goes itself.
    unsafe info.user = Unmanaged.passUnretained(core).toOpaque()
    var loops: [UnsafeMutableRawPointer?] = unsafe [UnsafeMutableRawPointer(events)]
    let made = unsafe loops.withUnsafeMutableBufferPointer { loops in
      unsafe info.foreign_loops = loops.baseAddress
      return unsafe lws_create_context(&info)
    }
    guard let made = unsafe made else {
      throw WireError(
        .resources,
        "libwebsockets could not be set up for \(name); is the package libwebsockets-evlib-ev installed?")
    }
    unsafe context = unsafe made
  }

  func destroy() {
    unsafe lws_context_destroy(context)
    unsafe names.forEach { unsafe free($0) }
    unsafe names = []
  }

  /// One virtual host for each listener: its certificate and its rules for client certificates. It never listens itself.
  func makeVirtualHost(named name: String, tls: TLSConfiguration) throws(WireError) -> VirtualHost {
    var info = unsafe lws_context_creation_info()
    unsafe info.options = signalbox_lws_tls_vhost_options()
    unsafe info.port = signalbox_lws_port_none()
    unsafe info.protocols = UnsafePointer(sharedProtocols)
    guard let ownName = unsafe strdup(name) else { fatalError("Out of memory for a name.") }
    unsafe names.append(ownName)
    unsafe info.vhost_name = UnsafePointer(ownName)
    unsafe info.alpn = sharedALPN
    unsafe core.newTLSContext = nil
    guard let host = unsafe lws_create_vhost(context, &info), let tlsContext = unsafe core.newTLSContext else {
      throw WireError(.resources, "The TLS context of listener \(name) could not be made.")
    }
    let serverContext = unsafe TLSServerContext(borrowing: tlsContext)
    try serverContext.configure(tls)
    return unsafe VirtualHost(host: host, tls: serverContext)
  }

  /// No TLS and no listener: what comes here comes from our own half of a pair.
  func makeWebSocketHost() throws(WireError) -> WebSocketHost {
    var info = unsafe lws_context_creation_info()
    unsafe info.port = signalbox_lws_port_none()
    unsafe info.protocols = UnsafePointer(webSocketProtocols)
    unsafe info.vhost_name = webSocketHostName
    unsafe info.retry_and_idle_policy = UnsafePointer(noIdlePolicy)
    guard let host = unsafe lws_create_vhost(context, &info) else {
      throw WireError(.resources, "libwebsockets could not be set up for WebSockets.")
    }
    return unsafe WebSocketHost(host: host)
  }
}

/// The virtual host on one loop at which libwebsockets does the WebSocket handshake and decodes frames, for pipes alone.
@safe struct WebSocketHost {
  private let host: OpaquePointer

  init(host: OpaquePointer) {
    unsafe self.host = unsafe host
  }

  /// Gives one end of a pair to libwebsockets, which owns it from here on, also when this returns nil.
  func adopt(descriptor: Int32, number: UInt) -> OpaquePointer? {
    unsafe signalbox_lws_adopt_plain_http(host, descriptor, UnsafeMutableRawPointer(bitPattern: number))
  }
}

/// A listener's virtual host on one loop.
///
/// `@unchecked Sendable` because the shard hands it to its connections, which are other actors of the same loop: it never
/// leaves that loop's thread.
@safe struct VirtualHost: @unchecked Sendable {
  private let host: OpaquePointer
  let tls: TLSServerContext

  init(host: OpaquePointer, tls: TLSServerContext) {
    unsafe self.host = unsafe host
    self.tls = tls
  }

  /// Gives an accepted descriptor to libwebsockets, which owns it from here on, also when this returns nil.
  func adopt(descriptor: Int32, number: UInt) -> OpaquePointer? {
    unsafe signalbox_lws_adopt_tls_socket(
      host, descriptor, sharedProtocolName, UnsafeMutableRawPointer(bitPattern: number))
  }
}
