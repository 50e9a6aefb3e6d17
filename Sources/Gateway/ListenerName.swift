/// The gateway's listeners, as they are named in the configuration, the log and `/api/about`.
enum ListenerName: String, CaseIterable {
  case `public`
  case agents
  case admin
}
