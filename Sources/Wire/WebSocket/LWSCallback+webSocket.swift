import CLibwebsockets
import Glibc
import HTTP

// Safety: written here once, read-only afterwards; lws keeps pointers to all of them.
//
// Also what the handshake says as its Host: lws moves a request to the virtual host of that name, and to its first when there is
// none, which is a listener's.
nonisolated(unsafe) let webSocketHostName: UnsafePointer<CChar> = unsafe UnsafePointer(
  strdup(WebSocketHandshake.innerHost))

// Safety: as above.
nonisolated(unsafe) let webSocketProtocols: UnsafeMutablePointer<lws_protocols> = {
  let table = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
  var entry = unsafe lws_protocols()
  unsafe entry.name = sharedProtocolName
  unsafe entry.callback = webSocketCallback
  unsafe entry.rx_buffer_size = WebSocketPipe.packetSize
  unsafe table.initialize(to: entry)
  // lws finds the end of the table by an entry without a callback.
  unsafe (table + 1).initialize(to: lws_protocols())
  return unsafe table
}()

// Safety: as above. All zero: lws would hang up on a WebSocket from which it has seen no pong for 310 seconds, and the pings are ours.
nonisolated(unsafe) let noIdlePolicy: UnsafeMutablePointer<lws_retry_bo> = {
  let policy = UnsafeMutablePointer<lws_retry_bo>.allocate(capacity: 1)
  unsafe policy.initialize(to: lws_retry_bo())
  return unsafe policy
}()

/// Every event of the far ends of all WebSockets' pipes, on the thread of their loop.
@c private func webSocketCallback(
  _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
  _ data: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
  switch reason {
  case LWS_CALLBACK_RECEIVE:
    guard let pipe = unsafe pipe(of: wsi) else { return -1 }
    return pipe.didDecode(
      WebSocketPiece(
        bytes: unsafe [UInt8](UnsafeRawBufferPointer(start: data, count: length)),
        isBinary: unsafe lws_frame_is_binary(wsi) != 0,
        isFinal: unsafe lws_is_final_fragment(wsi) != 0))
  case LWS_CALLBACK_SERVER_WRITEABLE:
    return unsafe pipe(of: wsi)?.didBecomeWritable() ?? -1
  case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    let payload = unsafe [UInt8](UnsafeRawBufferPointer(start: data, count: length))
    let code = payload.count < 2 ? nil : WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
    unsafe pipe(of: wsi)?.didDecodeClose(code, reason: String(decoding: payload.dropFirst(2), as: UTF8.self))
  case LWS_CALLBACK_WSI_DESTROY:
    unsafe pipe(of: wsi)?.didClose()
  default:
    break
  }
  return 0
}

private func pipe(of wsi: OpaquePointer?) -> WebSocketPipe? {
  unsafe core(of: wsi)?.pipes[socketNumber(of: wsi)]
}
