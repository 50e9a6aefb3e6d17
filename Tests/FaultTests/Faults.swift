import Testing

/// What goes wrong between people, the gateway and its disk, done to the real program. One after the other, because each takes all
/// that a machine has.
@Suite(.serialized) enum Faults {}
