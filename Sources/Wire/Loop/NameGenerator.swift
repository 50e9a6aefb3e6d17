/// Random numbers for the names of requests: begun with the system's randomness, then made without asking it, which costs a system
/// call each time. Nobody must not guess them; that two differ is all that matters. (SplitMix64, by Steele, Lea and Flood.)
struct NameGenerator: RandomNumberGenerator {
  private var state: UInt64

  init() {
    var system = SystemRandomNumberGenerator()
    state = system.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
