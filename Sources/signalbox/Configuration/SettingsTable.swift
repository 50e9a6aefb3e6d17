/// All settings but those of agents (`agent`), in the order in which they are documented.
enum SettingsTable {
  static let all: [Setting] = general + ListenerRole.allCases.flatMap(listener) + identity + records + work + control
  static let byKey: [String: Setting] = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  static let general: [Setting] = [
    Setting(
      "loops", .integer(0...256), .integer(0), flag: "loops",
      "Threads with an event loop each; 0 is one for each core."),
    Setting(
      "web", .optionalPath, .absent, flag: "web",
      "The folder with the web pages. Without it, Signalbox's own web folder is looked for: from the current folder "
        + "upwards, from the program's folder upwards, then in ../share/signalbox/web beside the program's folder."),
    Setting(
      "samples", .optionalPath, .absent,
      "The folder with files to try the agents with, which signed-in people are shown: an index.json in it, a list of "
        + "{\"name\", \"title\", \"description\"}, says which. Without it there are none."),
    Setting(
      "log.level", .choice(["trace", "debug", "info", "warning", "error"]), .text("info"), flag: "log-level",
      "The lowest level that is logged."),
    Setting(
      "diagnostics", .boolean, .boolean(false), flag: "diagnostics",
      "Opens /diagnostics/echo (POST) and /diagnostics/ws (WebSocket) on the public listener, for conformance suites. "
        + "On loopback addresses only."),
    Setting(
      "allowNonLoopback", .boolean, .boolean(false), flag: "allow-non-loopback",
      "Permits listener addresses that other machines can reach."),
    Setting(
      "drainSeconds", .integer(0...3600), .integer(5),
      "How long work is still taken after SIGTERM or POST /drain, while /readyz answers 503 so that balancers look "
        + "elsewhere; 0 stops at once."),
    Setting(
      "shutdownGraceSeconds", .integer(0...3600), .integer(10),
      "How long answers under way may take once nothing new is taken."),
  ]
}
