import A2A
import HTTP
import Journal
import Testing

@testable import Gateway

/// Whatever is wanted of a task, whatever its agent does, and whenever the gateway is killed.
@Suite struct CommandPropertyTests {
  @Test func `every command that is taken has one record and one verdict, none of it behind the end`() {
    var words: [String: Int] = [:]
    for seed in 0..<2000 {
      var world = CommandWorld(seed: UInt64(seed))
      world.play(steps: 60)
      #expect(world.fault == nil, "seed \(seed): \(world.trail)")
      if world.fault != nil { return }
      words.merge(world.words) { $0 + $1 }
    }
    // Dice that never come to a verdict prove nothing about it.
    for word in [
      "cancel stopped", "cancel refused", "cancel ignored", "cancel too-late", "cancel undelivered", "send taken",
      "send refused", "send undelivered", "send too-late", "pause paused", "pause refused", "resume resumed",
    ] { #expect(words[word, default: 0] > 0, "\(word): \(words)") }
  }

  @Test func `a task remembers a thousand commands, and can be cancelled all the same`() {
    var stage = MachineStage.at(.following)
    func refusal(_ actions: [RunAction]) -> String? {
      actions.lazy.compactMap { if case .answer(_, .refused(let refusal)) = $0 { refusal.code } else { nil } }.first
    }
    func say(_ number: Int) -> RunInput {
      MachineStage.saying(Message(id: "m-\(number)", role: .user, text: "More."))
    }
    for number in 1...1000 { #expect(refusal(stage.feed(say(number))) == nil) }
    #expect(refusal(stage.feed(say(1001))) == "too-many-commands")
    #expect(refusal(stage.feed(MachineStage.pausing)) == "too-many-commands")
    // What was taken is known.
    #expect(stage.feed(say(1000)).map(\.short) == ["answer again"])
    for number in 1...100 {
      #expect(refusal(stage.feed(MachineStage.command(.cancel(why: nil), id: "c\(number)"))) == nil)
    }
    #expect(refusal(stage.feed(MachineStage.command(.cancel(why: nil), id: "c101"))) == "too-many-commands")
  }
}
