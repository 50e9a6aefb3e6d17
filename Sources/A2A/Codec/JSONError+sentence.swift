import JSON

extension JSONError {
  /// What is said of it to a peer, in printable ASCII: a key that is quoted may be anything, and then it is left out.
  var sentence: String {
    description.utf8.allSatisfy { 0x20...0x7E ~= $0 } ? description : JSONError(reason, at: offset).description
  }
}
