import Testing

/// A text with a name, in the manner of JSONTestSuite: `y_` must be accepted.
struct AcceptedText: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]

  init(_ name: String, _ text: String) {
    self.name = "y_" + name
    bytes = Array(text.utf8)
  }

  init(_ name: String, bytes: [UInt8]) {
    self.name = "y_" + name
    self.bytes = bytes
  }

  var testDescription: String { name }

  static let all = structure + numbers + strings

  private static let structure = [
    AcceptedText("structure_lonely_null", "null"),
    AcceptedText("structure_lonely_true", "true"),
    AcceptedText("structure_lonely_false", "false"),
    AcceptedText("structure_lonely_string", #""asd""#),
    AcceptedText("structure_lonely_int", "42"),
    AcceptedText("structure_lonely_negative_real", "-0.1"),
    AcceptedText("structure_string_empty", #""""#),
    AcceptedText("structure_white_space_around", " \t\r\n[1]\n\r\t "),
    AcceptedText("structure_trailing_newline", "[\"a\"]\n"),
    AcceptedText("array_empty", "[]"),
    AcceptedText("array_empty_with_spaces", "[ \n ]"),
    AcceptedText("array_with_empty_string", #"[""]"#),
    AcceptedText("array_mixed", #"[null, 1, "1", {}, [], true]"#),
    AcceptedText("array_with_several_null", "[1,null,null,null,2]"),
    AcceptedText("array_nested", "[[[[]]],[]]"),
    AcceptedText("array_arrays_with_spaces", "[[] , []  ]"),
    AcceptedText("object_empty", "{}"),
    AcceptedText("object_empty_with_spaces", "{ \n }"),
    AcceptedText("object_simple", #"{"asd":"sdf", "dfg":"fgh"}"#),
    AcceptedText("object_empty_key", #"{"":0}"#),
    AcceptedText("object_keys_differ_in_case", #"{"a":1,"A":2}"#),
    AcceptedText("object_key_with_nul", #"{"foo\u0000bar": 42}"#),
    AcceptedText("object_nested", #"{"a":{"a":{"a":[]}},"b":{"a":{}}}"#),
    AcceptedText("object_with_newlines", "{\n\"a\": \"b\"\n}"),
    AcceptedText("object_two_spellings_of_one_letter_are_two_keys", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
    AcceptedText("object_prefix_keys", #"{"a":1,"aa":2,"aaa":3,"":4}"#),
    AcceptedText("object_keys_with_equal_fingerprint", #"{"aXcYe":1,"aZcWe":2}"#),
    AcceptedText("object_long_keys", #"{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":1,"b":2}"#),
  ]

  private static let numbers = [
    AcceptedText("number_zero", "0"),
    AcceptedText("number_minus_zero", "-0"),
    AcceptedText("number_zero_fraction", "0.0"),
    AcceptedText("number_zero_exponent", "0e1"),
    AcceptedText("number_minus_zero_everything", "-0.0E-0"),
    AcceptedText("number_int_exponent", "20e1"),
    AcceptedText("number_capital_e", "1E22"),
    AcceptedText("number_capital_e_plus", "1E+2"),
    AcceptedText("number_capital_e_minus", "1E-2"),
    AcceptedText("number_exponent_leading_zeros", "1e0010"),
    AcceptedText("number_fraction_exponent", "123.456e78"),
    AcceptedText("number_small", "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001"),
    AcceptedText("number_beyond_int64", "123456789012345678901234567890"),
    AcceptedText("number_beyond_double", "1e400"),
    AcceptedText("number_below_double", "-1e-400"),
    AcceptedText("number_huge_exponent", "1e99999999999999999999999"),
    AcceptedText("number_after_space", "[ 4]"),
    AcceptedText("number_fraction_trailing_zeros", "1.500"),
  ]

  private static let strings = [
    AcceptedText("string_all_escapes", #""\"\\\/\b\f\n\r\t""#),
    AcceptedText("string_escaped_ascii", #""\u0061\u0030\u002c""#),
    AcceptedText("string_escaped_nul", #""\u0000""#),
    AcceptedText("string_mixed_case_hex", #""\u00aC\u00Df""#),
    AcceptedText("string_escaped_pair", #""\uD801\udc37""#),
    AcceptedText("string_two_escaped_pairs", #""\ud83d\ude39\ud83d\udc8d""#),
    AcceptedText("string_escaped_noncharacter", #""\uFFFF\uFDD0""#),
    AcceptedText("string_escaped_last_scalar", #""\uDBFF\uDFFF""#),
    AcceptedText("string_surrogate_neighbours", #""\uD7FF\uE000""#),
    AcceptedText("string_double_escape_a", #""\\a""#),
    AcceptedText("string_escaped_backslash_then_u", #""\\u0000""#),
    AcceptedText("string_escaped_backslash_then_quote", #""\\""#),
    AcceptedText("string_comment_inside", #""a/*b*/c//d""#),
    AcceptedText("string_slash", #""/ & \/""#),
    AcceptedText("string_with_del", "\"a\u{7F}a\""),
    AcceptedText("string_two_bytes", "\"\u{80}\u{7FF}\""),
    AcceptedText("string_three_bytes", "\"\u{800}\u{FFFF}\""),
    AcceptedText("string_four_bytes", "\"\u{10000}\u{10FFFF}\""),
    AcceptedText("string_around_surrogates", bytes: [0x22, 0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80, 0x22]),
    AcceptedText("string_line_separators", "\"\u{2028}\u{2029}\""),
    AcceptedText("string_byte_order_mark_inside", "\"\u{FEFF}\""),
    AcceptedText("string_emoji_in_key", "{\"\u{1F6A6}\":\"\u{1F6A5}\"}"),
    AcceptedText("string_reversed_brackets", #""}]{[,:""#),
  ]
}
