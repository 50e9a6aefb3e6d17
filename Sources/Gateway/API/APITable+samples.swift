import HTTP
import Identity

extension APITable {
  static let samples = [
    APIOperation(
      .get, "/api/samples", .known, "listSamples", "Files to try the agents with.",
      .json(
        "All of them; none where the gateway was given no folder of them.",
        .object([
          APIMember(
            "samples",
            .array(
              of: .object([
                APIMember("name", .string(), "Of the file."), APIMember("title", .string()),
                APIMember("description", .string(), "A sentence: what it is, and what comes of it."),
                APIMember("size", .integer, "In bytes."),
              ])))
        ]))),
    APIOperation(
      .get, "/api/samples/{name}", .known, "readSample", "One of these files, as it is.",
      parameters: [APIParameter(.path, "name", "The file's name, as the list has it.")],
      APIAnswer(200, "The file, with its media type.", type: "application/xml", .anything),
      refusals: [404: ["not-found"]]),
  ]
}
