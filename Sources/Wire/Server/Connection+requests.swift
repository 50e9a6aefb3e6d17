import HTTP
import Telemetry

// From bytes to requests, and from requests to handlers.
extension Connection {
  /// Pulls what the reader has, as far as this connection can take it now.
  func advance() {
    // A request that is answered at once ends in here again. A loop and no recursion, or a client that sends hundreds of
    // requests ahead would decide how deep our stack gets.
    guard !isAdvancing else { return }
    isAdvancing = true
    while step() {}
    isAdvancing = false
    adjustReading()
    watchOver(stageNow)
  }

  /// One event of the reader. False when there is none to take now.
  private func step() -> Bool {
    switch phase {
    case .waiting, .receivingHead:
      // A client that sends requests and does not take the answers gets no further ones.
      guard output.count < context.outputLimit else { return false }
      return stepBetweenRequests()
    case .exchanging(let exchange):
      guard exchange.body.isComing, exchange.body.waitingBytes < context.outputLimit else { return false }
      return stepInBody(of: exchange)
    case .webSocket, .finishing, .lingering, .closed:
      return false
    }
  }

  private func stepBetweenRequests() -> Bool {
    switch reader.next() {
    case .needsMore:
      if reader.isBetweenRequests {
        // Before the first request the handshake's deadline goes on; empty lines do not move it.
        if case .receivingHead = phase { phase = .waiting(isFirst: false) }
      } else {
        phase = .receivingHead
      }
      return false
    case .head(let head):
      begin(head)
      return true
    case .refused(let refusal):
      refuse(refusal)
      return false
    case .body, .end:
      preconditionFailure("The reader gave a body without a head.")
    }
  }

  private func stepInBody(of exchange: Exchange) -> Bool {
    switch reader.next() {
    case .needsMore:
      return false
    case .body(let piece):
      exchange.body.owesContinue = false
      exchange.add(piece)
      return true
    case .end:
      exchange.completeBody()
      return false
    case .refused(let refusal):
      abort(exchange, with: refusal)
      return false
    case .head:
      preconditionFailure("The reader gave a head inside a body.")
    }
  }

  /// Reading goes on only while what comes can be kept, and while nobody needs the peer to wait: an answer that has an end is
  /// delivered even if the peer has closed its half meanwhile, which reading would turn into the end of the connection.
  func adjustReading() {
    let wantsMore =
      switch phase {
      case .waiting, .receivingHead:
        output.isEmpty
      case .exchanging(let exchange):
        if exchange.body.isComing {
          // What is unsent before this request's own answer belongs to an earlier one.
          exchange.body.waitingBytes < context.outputLimit && (output.isEmpty || exchange.answer != .pending)
        } else if exchange.hasOpenEnd {
          // It may be endless: here the peer's end is worth knowing at once. What it sends ahead is bounded.
          reader.bufferedCount < context.outputLimit
        } else {
          false
        }
      case .webSocket:
        webSocket.map { $0.takesFrames && $0.cutter.bufferedCount < context.outputLimit } ?? false
      case .lingering: true
      case .finishing, .closed: false
      }
    socket?.setReading(wantsMore)
  }

  // MARK: Handlers

  private func begin(_ head: RequestHead) {
    if case .plain = security, let refusal = HostRule.refusal(of: head) { return refuse(refusal) }
    let requestID = RequestID.generate(using: &loop.core.names)
    switch context.router.match(head) {
    case .route(let route, let parameters):
      reader.limitBody(to: route.options.bodyLimit)
      // A body that says it is too long is refused before the handler does anything.
      if case .length(let length) = head.framing, length > route.options.bodyLimit,
        case .refused(let refusal) = reader.next()
      {
        return refuse(refusal, to: head)
      }
      let exchange = startExchange(
        head, route: route.pattern, requestID: requestID, options: route.options)
      run(route.handler, parameters: parameters, exchange: exchange)
    case .options(let methods):
      var response = Response(.noContent, fields: HTTPFields([("allow", Self.list(methods))]))
      if let fields = context.router.preflight?(head, methods) { response.fields.append(contentsOf: fields) }
      answerAtOnce(startExchange(head, route: "options", requestID: requestID), with: response)
    case .otherMethods(let methods):
      let refusal = Refusal(
        .methodNotAllowed, "This path does not take \(head.method). It takes \(Self.list(methods)).",
        fields: HTTPFields([("allow", Self.list(methods))]))
      answerAtOnce(startExchange(head, route: "none", requestID: requestID), with: .problem(refusal))
    case .notFound:
      let refusal = Refusal(.notFound, "Nothing is served under this path.")
      answerAtOnce(startExchange(head, route: "none", requestID: requestID), with: .problem(refusal))
    }
  }

  private static func list(_ methods: [HTTPMethod]) -> String {
    methods.map(\.rawValue).joined(separator: ", ")
  }

  private func startExchange(
    _ head: RequestHead, route: String, requestID: RequestID, options: Router.Options = Router.Options()
  ) -> Exchange {
    let exchange = Exchange(
      id: nextExchangeID(), head: head, route: route, requestID: requestID, options: options,
      deadlines: context.deadlines, now: .now)
    phase = .exchanging(exchange)
    // A body that is known to be empty ends here, so that its answer may keep the connection.
    if head.framing.isEmpty, case .end = reader.next() { exchange.completeBody() }
    return exchange
  }

  private func run(_ handler: @escaping Handler, parameters: [String: String], exchange: Exchange) {
    guard let security else { preconditionFailure("A request came before the handshake was done.") }
    let request = Request(
      head: exchange.head, body: RequestBody(source: .connection(self, exchange.id)),
      peer: Peer(address: address, session: security.session), parameters: parameters,
      id: exchange.requestID.description, trace: exchange.head.trace(using: &loop.core.names))
    let id = exchange.id
    exchange.task = Task(executorPreference: loop.tasks) { await self.perform(handler, request, id) }
  }

  private func perform(_ handler: Handler, _ request: Request, _ id: Exchange.ID) async {
    do {
      await answer(id, with: try await handler(request))
    } catch let refusal as Refusal {
      await answer(id, with: .problem(refusal))
    } catch {
      await fail(id, with: error)
    }
  }

  /// A handler threw what is no answer: the client learns that it was not its fault, the log why.
  private func fail(_ id: Exchange.ID, with error: any Error) async {
    guard let exchange = current(id) else { return }
    logFailure(of: exchange, error)
    await answer(
      id,
      with: .problem(
        Refusal(
          .internalServerError, "The server failed on this request. Its log tells why under \(exchange.requestID).")))
  }

  func logFailure(of exchange: Exchange, _ error: any Error) {
    context.telemetry.log.error(
      "handler failed",
      [
        "request": .string(exchange.requestID.description), "route": .string(exchange.route),
        "error": .string("\(error)"),
      ])
  }

  func current(_ id: Exchange.ID) -> Exchange? {
    guard case .exchanging(let exchange) = phase, exchange.id == id else { return nil }
    return exchange
  }

  // MARK: Bodies, for handlers

  /// The next piece of a request's body, nil at its end.
  func nextPiece(of id: Exchange.ID) async throws -> [UInt8]? {
    while true {
      guard let exchange = current(id) else { throw WireError(.closed, "The request is over.") }
      if let piece = exchange.takePiece() {
        advance()
        return piece
      }
      switch exchange.body.progress {
      case .complete: return nil
      case .failed(let error): throw error
      case .coming: break
      }
      if exchange.body.owesContinue {
        exchange.body.owesContinue = false
        output.append(ResponseEncoder.continue100)
        flush()
      }
      await withCheckedContinuation { continuation in
        precondition(exchange.body.reader == nil, "A request's body has one reader at a time.")
        // Looked at in here, because getting here may cost a turn of the loop, and with it the piece to wait for.
        if exchange.body.isComing, exchange.body.pieces.isEmpty {
          exchange.body.reader = continuation
        } else {
          continuation.resume()
        }
      }
    }
  }
}
