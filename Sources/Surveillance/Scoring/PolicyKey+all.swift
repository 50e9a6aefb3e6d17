extension PolicyKey {
  /// Every figure that a policy file may set.
  package static let all = decision + insider + wash
}
