// Figures that fit into a few seconds: `swift run -c release MicroBench [group]` prints them as a table.

let groups = [
  JSONBench.group, TelemetryBench.group,
]

let only = CommandLine.arguments.dropFirst().first ?? ""
let chosen = groups.filter { only.isEmpty || $0.name.contains(only) }
if chosen.isEmpty {
  print("No benchmark group has \"\(only)\" in its name. There are: \(groups.map(\.name).joined(separator: ", ")).")
} else {
  print(Table.text(try chosen.flatMap { try $0.run() }))
}
