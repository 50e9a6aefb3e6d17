extension RawRequests {
  private static func length(_ value: String) -> String { post("Content-Length: \(value)", body: "hello") }

  static let lengths: [RawRequestCase] = [
    refused("a length with a plus", 400, length("+5")),
    refused("a length with a minus", 400, length("-5")),
    refused("a length of minus nothing", 400, length("-0")),
    refused("a hexadecimal length", 400, length("0x5")),
    refused("a length with a letter", 400, length("5a")),
    refused("a length with a blank in it", 400, length("1 5")),
    refused("a length with a point", 400, length("5.0")),
    refused("a length with an exponent", 400, length("5e0")),
    refused("a length with an underscore", 400, length("1_0")),
    refused("a length with a comma", 400, length("5,")),
    refused("a length with a semicolon", 400, length("5;")),
    refused("a length in quotation marks", 400, length("\"5\"")),
    refused("an empty length", 400, length("")),
    refused("a length of other digits", 400, length("\u{b2}")),
    refused("a list of two lengths", 400, length("5, 6")),
    refused("a list of the same length twice", 400, length("5, 5")),
    refused("two different lengths", 400, post("Content-Length: 5", "Content-Length: 6", body: "hello!")),
    refused("the same length twice", 400, post("Content-Length: 5", "Content-Length: 5", body: "hello")),
    refused("two lengths, one of them bad", 400, post("Content-Length: 5", "content-length: +5", body: "hello")),
    refused("a length on GET that is none", 400, get("Content-Length: abc")),
    refused("a length above the route's", 413, post("Content-Length: 65537")),
    refused("a length above the reader's", 413, post("Content-Length: 99999999999")),
    refused("a length above 64 bits", 413, post("Content-Length: 18446744073709551621")),
    refused("a length above 63 bits", 413, post("Content-Length: 9223372036854775808")),
    refused("a length of a hundred digits", 413, post("Content-Length: \(String(repeating: "9", count: 100))")),
  ]
}
