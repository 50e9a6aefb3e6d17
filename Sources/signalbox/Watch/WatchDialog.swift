/// What lies over the table and takes the keys.
enum WatchDialog: Sendable, Equatable {
  /// "Cancel t-1?"
  case confirm(task: String)
  case filter(LineEditor)
  case form(WatchForm)
  case help
}

/// A question that is being answered.
struct WatchForm: Sendable, Equatable {
  let open: OpenQuestion
  var form: AnswerForm
  var editor = LineEditor()
  /// Why what was typed is asked for again, or who else is at it.
  var remark: String?

  init(_ open: OpenQuestion) {
    self.open = open
    form = AnswerForm(open.question)
  }
}
