import HTTP
import Identity

extension APITable {
  static let socket = [
    APIOperation(
      .get, "/ws", .may(.watch), "openSocket", "Watching and commanding over one WebSocket.",
      details: """
        Subprotocol `signalbox.v1`; a browser's session also offers `csrf.` and its token. docs/websocket.md is the contract.
        """,
      APIAnswer(101, "The WebSocket begins."),
      refusals: [
        400: ["unknown-subprotocol", "bad-request"], 403: ["foreign-origin", "csrf-required"],
        426: ["websocket-required", "upgrade-required"], 503: ["no-room", "draining"],
      ])
  ]
}
