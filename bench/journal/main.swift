// What the journal costs: `swift run -c release JournalBench [commits|resumes] [FOLDER]`. FOLDER lies on the disk to measure.
// `JournalBench redis NAME=URL=PID …` measures commits on servers that run; bench/all starts them.

let arguments = CommandLine.arguments.dropFirst()
let only = arguments.first ?? ""
let folder = arguments.dropFirst().first ?? ".build"

if only == "redis" {
  try await RedisBench(servers: arguments.dropFirst().compactMap(RedisBench.Server.init)).run()
} else if !"commits resumes".split(separator: " ").contains(where: { only.isEmpty || $0 == only }) {
  print("There is no group \"\(only)\". There are: commits, resumes, redis.")
} else {
  if only != "resumes" { try await CommitBench(folder: folder).run() }
  if only != "commits" { try await ResumeBench(folder: folder).run() }
}
