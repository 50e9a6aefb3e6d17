import HTTP

extension Profile {
  /// - Parameter values: of the parameter `profile`; none is `native`.
  init(askedWith values: [String]) throws(Refusal) {
    let asked = Set(values)
    guard asked.count <= 1 else { throw Refusal.badProfile("The request asks for several profiles. Ask for one.") }
    guard let name = asked.first else {
      self = .native
      return
    }
    guard let profile = Profile(rawValue: name) else {
      throw Refusal.badProfile("There is no profile \(Excerpt.quoting(name.utf8)). There are \(Self.list).")
    }
    self = profile
  }

  fileprivate static var list: String {
    "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
  }
}

extension Refusal {
  fileprivate static func badProfile(_ detail: String) -> Refusal {
    Refusal(.badRequest, detail, code: "bad-profile")
  }

  /// A vocabulary knows one task and where that ends.
  static func oneTaskOnly(_ profile: Profile) -> Refusal {
    badProfile(
      "Only GET /api/stream/{task} has profiles (\(Profile.list)), because they tell of one task. Leave "
        + "profile=\(profile.rawValue) out, or open one stream for each task.")
  }
}
