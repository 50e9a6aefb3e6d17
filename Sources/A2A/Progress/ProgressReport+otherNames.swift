import JSON

// Members as agents that were written elsewhere call them, in the report itself or in its payload. What they cannot be read as is left out:
// they are nobody's contract.
extension ProgressReport {
  mutating func takeOtherNames(in places: [JSONValue]) {
    func text(_ names: String...) -> String? {
      for name in names {
        for place in places { if let text = place[name]?.string, !text.isEmpty { return text } }
      }
      return nil
    }
    func number(_ names: String..., scale: Double = 1) -> Int? {
      for name in names {
        for place in places {
          if let number = place[name]?.double, number >= 0 { return Int(exactly: (number * scale).rounded()) }
        }
      }
      return nil
    }
    tool = tool ?? text("tool_name")
    callID = callID ?? text("tool_call_id", "call_id")
    step = step ?? number("step_number")
    message = message ?? text("description", "thought", "thinking", "context")
    phase = phase ?? text("stage", "planning_stage")
    durationMilliseconds =
      durationMilliseconds ?? number("duration_ms", "execution_time_ms") ?? number("duration_seconds", scale: 1000)
    records = records ?? number("record_count")
    input = input ?? places.lazy.compactMap { $0["tool_input"] }.first
    summary = summary ?? text("result_summary", "output_summary", "tool_output")
    error = error ?? text("error_message")
    agent = agent ?? text("source_agent")
  }
}
