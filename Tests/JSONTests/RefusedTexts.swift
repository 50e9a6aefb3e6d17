import JSON
import Testing

/// A text that must be refused (`n_`), with the reason and the byte at which it stops being JSON.
struct RefusedText: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let error: JSONError

  init(_ name: String, _ text: String, _ reason: JSONError.Reason, at offset: Int) {
    self.init(name, bytes: Array(text.utf8), reason, at: offset)
  }

  init(_ name: String, bytes: [UInt8], _ reason: JSONError.Reason, at offset: Int) {
    self.name = "n_" + name
    self.bytes = bytes
    error = JSONError(reason, at: offset)
  }

  var testDescription: String { name }

  static let all = structure + arrays + objects + literals + numbers + strings + escapes + encoding

  private static let structure = [
    RefusedText("structure_empty", "", .unexpectedEnd, at: 0),
    RefusedText("structure_only_space", "  ", .unexpectedEnd, at: 2),
    RefusedText("structure_byte_order_mark", "\u{FEFF}{}", .byteOrderMark, at: 0),
    RefusedText("structure_byte_order_mark_alone", "\u{FEFF}", .byteOrderMark, at: 0),
    RefusedText("structure_half_byte_order_mark", bytes: [0xEF, 0xBB, 0x7B, 0x7D], .expectedValue, at: 0),
    RefusedText("structure_utf16_byte_order_mark", bytes: [0xFE, 0xFF, 0x00, 0x31], .expectedValue, at: 0),
    RefusedText("structure_utf16", bytes: [0x5B, 0x00, 0x5D, 0x00], .expectedValue, at: 1),
    RefusedText("structure_two_values", "1 2", .trailingContent, at: 2),
    RefusedText("structure_two_objects", "{}{}", .trailingContent, at: 2),
    RefusedText("structure_double_close", "[1]]", .trailingContent, at: 3),
    RefusedText("structure_trailing_comma", "[],", .trailingContent, at: 2),
    RefusedText("structure_trailing_nul", "[]\0", .trailingContent, at: 2),
    RefusedText("structure_trailing_comment", "{} // x", .trailingContent, at: 3),
    RefusedText("structure_leading_comment", "/**/{}", .expectedValue, at: 0),
    RefusedText("structure_lonely_comma", ",", .expectedValue, at: 0),
    RefusedText("structure_lonely_close", "]", .expectedValue, at: 0),
    RefusedText("structure_lonely_colon", ":", .expectedValue, at: 0),
    RefusedText("structure_angle_brackets", "<null>", .expectedValue, at: 0),
    RefusedText("structure_form_feed", "[\u{0C}]", .expectedValue, at: 1),
    RefusedText("structure_vertical_tab", "[\u{0B}]", .expectedValue, at: 1),
    RefusedText("structure_no_break_space", "[\u{A0}1]", .expectedValue, at: 1),
    RefusedText("structure_word_joiner", "[\u{2060}]", .expectedValue, at: 1),
  ]

  private static let arrays = [
    RefusedText("array_unclosed", "[", .unexpectedEnd, at: 1),
    RefusedText("array_unclosed_after_value", "[1", .unexpectedEnd, at: 2),
    RefusedText("array_unclosed_after_comma", "[1,", .unexpectedEnd, at: 3),
    RefusedText("array_extra_comma", "[1,]", .expectedValue, at: 3),
    RefusedText("array_double_comma", "[1,,2]", .expectedValue, at: 3),
    RefusedText("array_just_comma", "[,]", .expectedValue, at: 1),
    RefusedText("array_leading_comma", "[,1]", .expectedValue, at: 1),
    RefusedText("array_no_comma", "[1 true]", .expectedCommaOrBracket, at: 3),
    RefusedText("array_colon", #"["": 1]"#, .expectedCommaOrBracket, at: 3),
    RefusedText("array_closed_as_object", "[1}", .expectedCommaOrBracket, at: 2),
    RefusedText("array_empty_closed_as_object", "[}", .expectedValue, at: 1),
    RefusedText("array_semicolon", "[1;2]", .expectedCommaOrBracket, at: 2),
    RefusedText("array_inner_unclosed", "[[1,2]", .unexpectedEnd, at: 6),
    RefusedText("array_star", "[*]", .expectedValue, at: 1),
    RefusedText("array_newline_unclosed", "[\"a\",\n4\n,1,", .unexpectedEnd, at: 11),
  ]

  private static let objects = [
    RefusedText("object_unclosed", "{", .unexpectedEnd, at: 1),
    RefusedText("object_unclosed_after_key", #"{"a""#, .unexpectedEnd, at: 4),
    RefusedText("object_unclosed_after_colon", #"{"a":"#, .unexpectedEnd, at: 5),
    RefusedText("object_unclosed_after_value", #"{"a":1"#, .unexpectedEnd, at: 6),
    RefusedText("object_unclosed_after_comma", #"{"a":1,"#, .unexpectedEnd, at: 7),
    RefusedText("object_trailing_comma", #"{"a":0,}"#, .expectedKey, at: 7),
    RefusedText("object_double_comma", #"{"a":0,,"b":1}"#, .expectedKey, at: 7),
    RefusedText("object_leading_comma", #"{,"a":0}"#, .expectedKey, at: 1),
    RefusedText("object_no_colon", #"{"a" 1}"#, .expectedColon, at: 5),
    RefusedText("object_double_colon", #"{"a"::1}"#, .expectedValue, at: 5),
    RefusedText("object_comma_for_colon", #"{"a","b"}"#, .expectedColon, at: 4),
    RefusedText("object_missing_value", #"{"a":}"#, .expectedValue, at: 5),
    RefusedText("object_no_comma", #"{"a":1 "b":2}"#, .expectedCommaOrBrace, at: 7),
    RefusedText("object_closed_as_array", #"{"a":1]"#, .expectedCommaOrBrace, at: 6),
    RefusedText("object_empty_closed_as_array", "{]", .expectedKey, at: 1),
    RefusedText("object_unquoted_key", "{a: 1}", .expectedKey, at: 1),
    RefusedText("object_single_quotes", "{'a': 1}", .expectedKey, at: 1),
    RefusedText("object_number_key", "{1: 1}", .expectedKey, at: 1),
    RefusedText("object_null_key", "{null: 1}", .expectedKey, at: 1),
    RefusedText("object_key_without_anything", #"{"a"}"#, .expectedColon, at: 4),
    RefusedText("object_comment", #"{"a":/*x*/1}"#, .expectedValue, at: 5),
    RefusedText("object_bare_value", "{[]}", .expectedKey, at: 1),
  ]

  private static let literals = [
    RefusedText("literal_tru", "[tru]", .invalidLiteral, at: 4),
    RefusedText("literal_tru_at_end", "tru", .unexpectedEnd, at: 3),
    RefusedText("literal_nul", "nul", .unexpectedEnd, at: 3),
    RefusedText("literal_null_wrong", "[nulk]", .invalidLiteral, at: 4),
    RefusedText("literal_falsy", "falsy", .invalidLiteral, at: 4),
    RefusedText("literal_capital_true", "True", .expectedValue, at: 0),
    RefusedText("literal_capital_null", "NULL", .expectedValue, at: 0),
    RefusedText("literal_capital_inside", "nUll", .invalidLiteral, at: 1),
    RefusedText("literal_too_long", "nulll", .trailingContent, at: 4),
    RefusedText("literal_undefined", "undefined", .expectedValue, at: 0),
  ]
}
