/// A task that an agent works on, or that waits for a place there.
package struct LineTicket: Sendable, Hashable {
  package let task: String
  package let agent: String
  /// The principal whose task it is.
  package let owner: String

  package init(task: String, agent: String, owner: String) {
    self.task = task
    self.agent = agent
    self.owner = owner
  }
}

/// How many tasks may run or wait at once, at all gateways together.
package struct LineBounds: Sendable, Equatable {
  package let running: Int
  package let perPrincipal: Int
  package let waiting: Int

  package init(running: Int, perPrincipal: Int, waiting: Int) {
    self.running = running
    self.perPrincipal = perPrincipal
    self.waiting = waiting
  }
}

/// What became of a task for which a place was asked.
package struct LineAnswer: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    case runs, waits
    /// So many wait that no more may.
    case full
    /// The lease under which it was asked is over: nothing was done.
    case over
    /// Nothing was asked for one task alone.
    case done
  }

  package let outcome: Outcome
  /// The number of the last ticket that was there.
  package let seen: Int64
  /// Tasks of this lease that have a place now.
  package let placed: [String]
}

/// How the line stands at all gateways together.
package struct LineStanding: Sendable, Equatable {
  package struct Owner: Sendable, Equatable {
    /// Grows with each place that somebody is given. 0: never.
    package let served: Int
    package let running: Int

    package init(served: Int, running: Int) {
      self.served = served
      self.running = running
    }
  }

  package let running: Int
  /// Of those who wait.
  package let owners: [String: Owner]
  /// In the order in which they came.
  package let waiting: [LineTicket]
}
