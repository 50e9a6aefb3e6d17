import Testing

@testable import Surveillance

@Suite struct InsiderMismatchTests {
  @Test func `an event that the news know otherwise is told`() {
    var scene = InsiderScene()
    scene.facts.news.event?.alertTime = InsiderScene.time + 50 * Instant.perHour
    scene.facts.news.event?.alertTimeIsKnown = true
    #expect(
      scene.assessment.mismatches.map(\.plain) == [
        """
        The alert puts the event at 2026-03-06T12:00:00.000Z, but the first material news came at \
        2026-03-06T10:00:00.000Z, which is used.
        """
      ])
    scene.facts.news.event?.alertTimeIsKnown = false
    #expect(scene.assessment.mismatches.isEmpty)
    scene.facts.news.event?.news = nil
    #expect(scene.assessment.mismatches.map(\.plain).first?.contains("no material news of that day") == true)
  }

  @Test func `a trade behind the event and a relation that no register knows are told`() {
    var scene = InsiderScene()
    scene.setEvent(hours: -2)
    scene.facts.news.event?.alertTime = InsiderScene.time - 2 * Instant.perHour
    scene.facts.related.unconfirmed = ["T-8"]
    #expect(
      scene.assessment.mismatches.map(\.plain) == [
        "The first trade came 2.0 hours after the event, so that it could not run ahead of it.",
        "The alert names T-8 as related to the trader; no register links them.",
      ])
  }
}
