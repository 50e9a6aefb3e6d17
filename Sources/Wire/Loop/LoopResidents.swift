/// Something that lives on a loop and is none of libwebsockets' sockets: it holds descriptors of its own, and others wait for it.
protocol LoopResident: AnyObject, Sendable {
  /// The loop ends: give everything back, and let nobody wait any longer.
  func loopEnds()
}

/// Who has to be told when a loop ends. Residents are kept alive by this table. On the loop's thread only.
final class LoopResidents {
  private var residents: [ObjectIdentifier: any LoopResident] = [:]
  private var isOver = false

  /// False when the loop is ending already: nobody would come to tell.
  func add(_ resident: any LoopResident) -> Bool {
    guard !isOver else { return false }
    residents[ObjectIdentifier(resident)] = resident
    return true
  }

  func remove(_ resident: any LoopResident) {
    residents[ObjectIdentifier(resident)] = nil
  }

  func endAll() {
    isOver = true
    // A copy: whoever is told removes itself.
    for resident in Array(residents.values) { resident.loopEnds() }
  }
}
