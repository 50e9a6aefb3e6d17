// What the journal costs: `swift run -c release JournalBench [commits|resumes] [FOLDER]`. FOLDER lies on the disk to measure.

let arguments = CommandLine.arguments.dropFirst()
let only = arguments.first ?? ""
let folder = arguments.dropFirst().first ?? ".build"

if !"commits resumes".split(separator: " ").contains(where: { only.isEmpty || $0 == only }) {
  print("There is no group \"\(only)\". There are: commits, resumes.")
} else {
  if only != "resumes" { try await CommitBench(folder: folder).run() }
  if only != "commits" { try await ResumeBench(folder: folder).run() }
}
