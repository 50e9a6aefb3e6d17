// libFuzzer target for agent cards of both versions: `scripts/fuzz SECONDS a2a-card`.
//
// What is read can be written, reads the same again, and then is written the same for ever.

import A2A

@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let card: AgentCard
  do throws(A2AError) {
    card = try AgentCard(reading: input)
  } catch {
    precondition(error.code == .invalidAgentResponse, "A card that is none is no wrong answer.")
    precondition(error.message.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "An error is not printable ASCII.")
    precondition(error.message.utf8.count < 600, "An error is too long.")
    return 0
  }
  do throws(A2AError) {
    let again = try AgentCard(reading: card.encoded())
    precondition(again == card, "A card that was read and written reads otherwise.")
    precondition(again.encoded() == card.encoded(), "A card that was written twice is written otherwise.")
  } catch {
    preconditionFailure("What was written is no card: \(error.message)")
  }
  return 0
}
