// What the detectors cost: `swift run -c release SurveillanceBench [TRADES]`. All in one process and on one thread: parsing the alert, all its
// tools, the decision as JSON and as a page.

import Surveillance

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? World.usualTrades
let bench = SurveillanceBench(trades: count)
try await bench.run()
