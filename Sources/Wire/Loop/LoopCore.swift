import CLibev
import CLibwebsockets
import HTTP

/// What the loop closes outside every callback.
protocol ClosedByLoop: AnyObject {
  func closeNow()
}

/// What the loop lets write before it sleeps.
protocol FlushedByLoop: AnyObject {
  func turnIsOver()
}

/// The part of a loop that never leaves its thread: the libev loop, the libwebsockets context on it, and what they call.
@safe final class LoopCore {
  let wakeup: LoopWakeup
  let events: OpaquePointer
  /// Sockets by the number libwebsockets carries for us; C never holds a Swift reference that could dangle.
  private(set) var sockets: [UInt: TLSSocket] = [:]
  private(set) var pipes: [UInt: WebSocketPipe] = [:]
  /// The SSL_CTX of the virtual host being made: lws hands it to a callback that has no other way to its caller.
  var newTLSContext: OpaquePointer?
  private var context: LWSContext?
  private var lastSocketNumber: UInt = 0
  private var doomed: [any ClosedByLoop] = []
  /// Connections with something to send that was queued in this turn of the loop.
  private var unflushed: [any FlushedByLoop] = []
  private var sharedWebSocketHost: WebSocketHost?
  private let prepare: UnsafeMutablePointer<ev_prepare>
  private unowned let loop: Loop
  /// Whatever else lives on this loop and has to be told of its end.
  let residents = LoopResidents()
  /// One record's worth of bytes to gather small writes in, shared by all connections of the loop.
  var scratch: [UInt8] = []

  /// Room for one record. Used by one connection at a time, between a read and its owner's return.
  let readBuffer: UnsafeMutableRawBufferPointer

  /// For the names of requests.
  var names = NameGenerator()

  private var date: (second: Int64, text: String) = (0, "")

  init(loop: Loop) throws(WireError) {
    guard let events = unsafe ev_loop_new(UInt32(EVBACKEND_EPOLL)) else {
      throw WireError(.resources, "The event loop \(loop.name) could not be made: epoll is not available.")
    }
    unsafe self.events = unsafe events
    self.loop = loop
    unsafe prepare = .allocate(capacity: 1)
    unsafe prepare.initialize(to: ev_prepare())
    wakeup = unsafe LoopWakeup(loop: events)
    unsafe readBuffer = .allocate(byteCount: TLSSocket.recordSize, alignment: 16)
    scratch.reserveCapacity(TLSSocket.recordSize)

    unsafe signalbox_ev_prepare_init(prepare, loopWillSleep)
    // Unretained: the watcher is stopped in tearDown, before this object can go.
    unsafe prepare.pointee.data = Unmanaged.passUnretained(self).toOpaque()
    unsafe ev_prepare_start(events, prepare)
    context = try unsafe LWSContext(core: self, events: events, name: loop.name)
  }

  /// The `Date` field's value, made once a second.
  func httpDate() -> String {
    let now = UnixClock.now()
    if date.second != now { date = (now, HTTPDate.format(unixSeconds: now)) }
    return date.text
  }

  func run() {
    unsafe _ = ev_run(events, 0)
  }

  /// Runs everything that is due before the loop may sleep: jobs, then what they have queued, then closings, until there is
  /// nothing left.
  func settle() {
    var rounds = 0
    while true {
      let ranJobs = loop.drainOnce()
      let flushed = flushAll()
      let closed = closeDoomed()
      if !ranJobs && !flushed && !closed { break }
      rounds += 1
      // Jobs that make jobs for ever must not keep the sockets waiting.
      if rounds == 64 {
        wakeup.send()
        break
      }
    }
    if loop.mustStop { unsafe ev_break(events, Int32(EVBREAK_ALL)) }
  }

  /// Ordered end: open sockets first (their owners hear of it), then libwebsockets, then libev.
  func tearDown() {
    for socket in sockets.values { socket.kill() }
    residents.endAll()
    while closeDoomed() || loop.drainOnce() || flushAll() {}
    context?.destroy()
    context = nil
    // After lws_context_destroy one more pass of the loop is due.
    unsafe _ = ev_run(events, Int32(EVRUN_NOWAIT))
    unsafe ev_prepare_stop(events, prepare)
    wakeup.stop()
  }

  deinit {
    unsafe prepare.deallocate()
    unsafe readBuffer.deallocate()
    unsafe ev_loop_destroy(events)
  }

  // MARK: Sockets

  func makeVirtualHost(named name: String, tls: TLSConfiguration) throws(WireError) -> VirtualHost {
    guard let context else { throw WireError(.closed, "Loop \(loop.name) has stopped.") }
    return try context.makeVirtualHost(named: name, tls: tls)
  }

  /// The virtual host behind which all WebSockets of this loop live, made with the first.
  func webSocketHost() throws(WireError) -> WebSocketHost {
    if let sharedWebSocketHost { return sharedWebSocketHost }
    guard let context else { throw WireError(.closed, "Loop \(loop.name) has stopped.") }
    let host = try context.makeWebSocketHost()
    sharedWebSocketHost = host
    return host
  }

  func nextSocketNumber() -> UInt {
    lastSocketNumber += 1
    return lastSocketNumber
  }

  func register(_ socket: TLSSocket) {
    sockets[socket.number] = socket
  }

  func forget(_ socket: TLSSocket) {
    sockets[socket.number] = nil
  }

  func register(_ pipe: WebSocketPipe) {
    pipes[pipe.number] = pipe
  }

  func forget(_ pipe: WebSocketPipe) {
    pipes[pipe.number] = nil
  }

  /// Everything that is queued for a connection in one turn leaves in one write at its end.
  func flushSoon(_ connection: any FlushedByLoop) {
    unflushed.append(connection)
  }

  private func flushAll() -> Bool {
    guard !unflushed.isEmpty else { return false }
    var batch: [any FlushedByLoop] = []
    swap(&batch, &unflushed)
    for connection in batch { connection.turnIsOver() }
    return true
  }

  /// A socket is never closed inside a callback of its own or in a walk over others: it is put here and goes before the loop sleeps.
  func closeSoon(_ socket: any ClosedByLoop) {
    doomed.append(socket)
  }

  private func closeDoomed() -> Bool {
    guard !doomed.isEmpty else { return false }
    var batch: [any ClosedByLoop] = []
    swap(&batch, &doomed)
    for socket in batch { socket.closeNow() }
    return true
  }
}

@c private func loopWillSleep(_ loop: OpaquePointer, _ watcher: UnsafeMutablePointer<ev_prepare>, _ events: Int32) {
  guard let data = unsafe watcher.pointee.data else { return }
  unsafe Unmanaged<LoopCore>.fromOpaque(data).takeUnretainedValue().settle()
}
