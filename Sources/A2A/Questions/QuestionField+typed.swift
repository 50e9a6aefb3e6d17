/// What somebody has typed into a field, held against what the field takes.
package enum TypedValue: Sendable, Equatable {
  case value(FieldValue)
  /// The rest of a sentence that begins with the field.
  case problem(String)
}

extension QuestionField {
  /// A value as people type it: an option by its value or its label, yes or no in letters, several options with commas.
  package func typed(_ text: String) -> TypedValue {
    do throws(FieldProblem) {
      return .value(try read(text: text))
    } catch {
      return .problem(error.text)
    }
  }
}
