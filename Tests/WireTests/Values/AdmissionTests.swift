import TestSupport
import Testing

@testable import Wire

@Suite struct AdmissionTests {
  private func admission(total: Int, perAddress: Int) -> Admission {
    var limits = ConnectionLimits()
    limits.total = total
    limits.perAddress = perAddress
    return Admission(limits: limits)
  }

  @Test func `connections are admitted up to the total`() {
    let admission = admission(total: 2, perAddress: 2)
    #expect(admission.enter("a") == .admitted)
    #expect(admission.enter("b") == .admitted)
    #expect(admission.enter("c") == .full)
    #expect(admission.total == 2)
  }

  @Test func `one address takes no more than its share`() {
    let admission = admission(total: 10, perAddress: 2)
    #expect(admission.enter("a") == .admitted)
    #expect(admission.enter("a") == .admitted)
    #expect(admission.enter("a") == .tooManyFromAddress)
    #expect(admission.enter("b") == .admitted)
    #expect(admission.total == 3)
  }

  @Test func `who is refused is not counted`() {
    let admission = admission(total: 10, perAddress: 1)
    _ = admission.enter("a")
    for _ in 0..<5 { #expect(admission.enter("a") == .tooManyFromAddress) }
    admission.leave("a")
    #expect(admission.total == 0)
    #expect(admission.enter("a") == .admitted)
  }

  @Test func `leaving makes room for anybody`() {
    let admission = admission(total: 1, perAddress: 1)
    _ = admission.enter("a")
    admission.leave("a")
    #expect(admission.enter("b") == .admitted)
  }

  @Test func `a limit of none admits nobody`() {
    #expect(admission(total: 0, perAddress: 5).enter("a") == .full)
    #expect(admission(total: 5, perAddress: 0).enter("a") == .tooManyFromAddress)
  }

  @Test func `many threads never pass the limit together`() async {
    let admission = admission(total: 100, perAddress: 1000)
    let admitted = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<200).count { _ in admission.enter("a") == .admitted } }
      }
      return await group.reduce(0, +)
    }
    #expect(admitted == 100)
    #expect(admission.total == 100)
  }
}
