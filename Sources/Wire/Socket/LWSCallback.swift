import CLibwebsockets
import Glibc

// What libwebsockets keeps pointers to for as long as the process runs: made once, never freed.

// Safety: written here once, read-only afterwards.
nonisolated(unsafe) let sharedProtocolName: UnsafePointer<CChar> = unsafe UnsafePointer(strdup("signalbox"))

// Safety: as above. Without it lws would offer HTTP/2 and take such clients into a role of its own.
nonisolated(unsafe) let sharedALPN: UnsafePointer<CChar> = unsafe UnsafePointer(strdup("http/1.1"))

// Safety: as above; lws copies nothing and changes nothing in it.
nonisolated(unsafe) let sharedProtocols: UnsafeMutablePointer<lws_protocols> = {
  let table = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
  var entry = unsafe lws_protocols()
  unsafe entry.name = sharedProtocolName
  unsafe entry.callback = socketCallback
  unsafe entry.rx_buffer_size = TLSSocket.recordSize
  unsafe table.initialize(to: entry)
  // lws finds the end of the table by an entry without a callback.
  unsafe (table + 1).initialize(to: lws_protocols())
  return unsafe table
}()

/// lws logs to stderr in its own format; ours are JSON lines and tell the same faults.
let quietLibwebsocketsOnce: Void = lws_set_log_level(0, nil)

/// Every event of every socket comes through here, on the thread of its loop.
@c func socketCallback(
  _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
  _ data: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
  switch reason {
  case LWS_CALLBACK_RAW_RX:
    unsafe socket(of: wsi)?.didReceive(UnsafeRawBufferPointer(start: data, count: length))
  case LWS_CALLBACK_RAW_WRITEABLE:
    unsafe socket(of: wsi)?.didBecomeWritable()
  case LWS_CALLBACK_RAW_CLOSE, LWS_CALLBACK_WSI_DESTROY:
    // RAW_CLOSE is left out where a handshake fails early; WSI_DESTROY always comes.
    unsafe socket(of: wsi)?.didClose()
  case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
    unsafe core(of: wsi)?.newTLSContext = OpaquePointer(user)
  case LWS_CALLBACK_OPENSSL_PERFORM_CLIENT_CERT_VERIFICATION:
    // Not reached (TLSServerContext installs its own check, because lws ignores OpenSSL's verdict). If it ever were: refuse.
    return 1
  default:
    break
  }
  return 0
}

private func socket(of wsi: OpaquePointer?) -> TLSSocket? {
  unsafe core(of: wsi)?.sockets[socketNumber(of: wsi)]
}

/// Under which the loop's core knows what belongs to this connection of lws.
func socketNumber(of wsi: OpaquePointer?) -> UInt {
  unsafe UInt(bitPattern: lws_get_opaque_user_data(wsi))
}

func core(of wsi: OpaquePointer?) -> LoopCore? {
  guard let wsi = unsafe wsi, let context = unsafe lws_get_context(wsi), let user = unsafe lws_context_user(context)
  else { return nil }
  return unsafe Unmanaged<LoopCore>.fromOpaque(user).takeUnretainedValue()
}
