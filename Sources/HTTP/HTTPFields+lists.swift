extension HTTPFields {
  /// The members of the comma list that all fields of `name` make together: trimmed, empty ones left out.
  package func listMembers(of name: String) -> [String] {
    values(of: name).flatMap(CommaList.members)
  }

  /// The same in lower case, for lists of names without regard to case such as `connection`.
  package func tokens(of name: String) -> [String] {
    listMembers(of: name).map { $0.lowercased() }
  }
}
