import A2A
import A2AWire
import AgentKit
import Testing

struct CardTests {
  @Test func `The card says what the profile says, and names the extensions`() async throws {
    let made = TestStore(
      push: PushLog(),
      profile: {
        $0.extensions = [AgentExtension(uri: "urn:x:mine")]
        $0.documentationURL = "https://docs.example/"
      }
    ) { _ in nil }
    let card = made.store.card
    #expect(card.name == "scripted" && card.version == "1" && card.skills.map(\.id) == ["test"])
    #expect(card.capabilities.streaming == true && card.capabilities.pushNotifications == true)
    #expect(
      card.capabilities.extensions.map(\.uri) == [ProgressReport.extensionURI, Question.extensionURI, "urn:x:mine"])
    #expect(card.capabilities.extensions.allSatisfy { !$0.isRequired })
    #expect(card.capabilities.extendedAgentCard == false)
    #expect(try await made.store.extendedCard(.by(.named("a"))) == nil)
  }

  @Test func `The extended card has more skills`() async throws {
    let more = AgentSkill(id: "more", name: "More", description: "More.", tags: ["more"])
    let made = TestStore(profile: { $0.extendedSkills = [more] }) { _ in nil }
    #expect(made.store.card.capabilities.extendedAgentCard == true)
    #expect(try await made.store.extendedCard(.by(.named("a")))?.skills.map(\.id) == ["test", "more"])
  }
}
