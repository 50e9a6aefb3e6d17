import A2A
import Identity
import JSON

/// What somebody wants done with a task that is there.
struct RunCommand: Sendable, Equatable {
  /// The sender's word for it: the same one again is the same command.
  let id: String
  /// The principal.
  let by: String
  let act: Act

  enum Act: Sendable, Equatable {
    case cancel(why: String?)
    case say(Message)
    case answer(QuestionReply)
    /// "I am answering": the question's own name in its task.
    case claim(question: String)
    case release(question: String)
    case pause(why: String?)
    case resume
    /// What somebody thinks of what it has come to.
    case review(TaskReview)

    var kind: CommandKind {
      switch self {
      case .cancel: .cancel
      case .say: .send
      case .answer: .answer
      case .claim: .claim
      case .release: .release
      case .pause: .pause
      case .resume: .resume
      case .review: .review
      }
    }

    /// Something comes of it later. Who claims a question has that at once, and who reviews has said it all.
    var hasVerdict: Bool {
      switch self {
      case .cancel, .say, .answer, .pause, .resume: true
      case .claim, .release, .review: false
      }
    }
  }

  var key: Key { Key(by: by, id: id) }

  struct Key: Sendable, Hashable {
    let by: String
    let id: String
  }

  /// As records and answers name it.
  var word: String { act.kind.rawValue }

  /// The same for the same content, whatever ids were made up for it on the way: tells a repetition from another command.
  var fingerprint: String {
    var writer = JSONWriter()
    writer.array { list in
      list.string(word)
      switch act {
      case .cancel(let why), .pause(let why): if let why { list.string(why) }
      case .say(let message): Self.write(message, to: &list)
      case .answer(let reply):
        list.string(reply.question ?? "")
        switch reply.content {
        case .values(let values): list.value(values)
        case .declined: list.bool(false)
        case .text(let text): list.string(text)
        case .message(let message): Self.write(message, to: &list)
        }
      case .claim(let question), .release(let question): list.string(question)
      case .resume: break
      case .review(let review):
        list.string(review.opinion.rawValue)
        if let why = review.why { list.string(why) }
      }
    }
    return String(Base64URL.encode(Digest.sha256(writer.bytes)).prefix(22))
  }

  private static func write(_ message: Message, to list: inout JSONWriter) {
    var message = message
    message.id = ""
    message.taskID = nil
    message.contextID = nil
    list.raw(trusted: message.encoded())
  }
}

/// An answer as somebody has given it, before it is held against the form.
struct QuestionReply: Sendable, Equatable {
  /// The question's name in its task; nil: the open one.
  var question: String?
  var content: Content

  enum Content: Sendable, Equatable {
    /// An object: a member for each field.
    case values(JSONValue)
    case declined
    case text(String)
    /// In A2A's words.
    case message(Message)
  }
}
