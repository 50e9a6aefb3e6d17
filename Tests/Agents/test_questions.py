"""Questions: what a graph may give to `interrupt`, and what fits as an answer."""

import unittest
from datetime import datetime, timedelta, timezone
from typing import Any

from signalbox_agent import BadQuestion, Question
from signalbox_agent.questions import BadAnswer

FORM: dict[str, Any] = {
    "prompt": "Which?",
    "fields": [
        {"name": "one", "type": "choice", "options": ["a", "b"]},
        {"name": "some", "type": "multichoice", "options": ["x", "y"], "required": False},
        {"name": "sure", "type": "boolean", "required": False},
        {"name": "count", "type": "integer", "min": 1, "max": 9, "required": False},
        {"name": "share", "type": "decimal", "required": False},
        {"name": "note", "type": "text", "maxLength": 4, "required": False},
    ],
}


class QuestionTests(unittest.TestCase):
    def test_a_text_is_a_question_for_a_text(self) -> None:
        question = Question.of("Who?")
        self.assertTrue(question.takes_text)
        self.assertEqual(question.read_text("Ada"), {"answer": "Ada"})
        form = question.form("question-1", datetime(2026, 3, 1, tzinfo=timezone.utc))
        self.assertEqual(
            (form["questionId"], form["prompt"], form["deadline"], form["allow"]),
            ("question-1", "Who?", "2026-03-01T00:00:00.000Z", ["answer"]),
        )
        self.assertEqual([one["name"] for one in form["fields"]], ["answer"])

    def test_a_dict_may_say_more(self) -> None:
        question = Question.of(
            FORM
            | {
                "why": "Because.",
                "deadline": timedelta(minutes=2),
                "onExpiry": "a is taken.",
                "default": {"one": "a"},
                "mayDecline": True,
            }
        )
        form = question.form("question-2", datetime.now(timezone.utc))
        self.assertEqual(
            (question.seconds, form["why"], form["onExpiry"], form["allow"]),
            (120, "Because.", "a is taken.", ["answer", "decline"]),
        )
        self.assertEqual(form["fields"][0]["options"], [{"value": "a", "label": "a"}, {"value": "b", "label": "b"}])
        soon = (datetime.now(timezone.utc) + timedelta(seconds=60)).isoformat()
        self.assertAlmostEqual(Question.of({"prompt": "?", "deadline": soon}).seconds, 60, delta=5)

    def test_what_is_no_question_is_said(self) -> None:
        for value, words in (
            ({"fields": []}, "prompt"),
            ({"prompt": "?", "fields": [{"type": "text"}]}, "name"),
            ({"prompt": "?", "fields": [{"name": "a", "type": "colour"}]}, "colour"),
            ({"prompt": "?", "fields": [{"name": "a", "type": "choice"}]}, "no options"),
        ):
            with self.assertRaisesRegex(BadQuestion, words):
                Question.of(value)

    def test_values_that_fit(self) -> None:
        read = Question.of(FORM).read(
            {"one": "a", "some": ["x"], "sure": "yes", "count": "3", "share": 0.5, "note": "four"}
        )
        self.assertEqual(read, {"one": "a", "some": ["x"], "sure": True, "count": 3, "share": 0.5, "note": "four"})

    def test_every_field_that_is_wrong_is_named(self) -> None:
        with self.assertRaises(BadAnswer) as refused:
            Question.of(FORM).read(
                {"some": ["z"], "sure": "maybe", "count": 3.5, "share": "x", "note": "fives", "other": 1}
            )
        self.assertEqual(
            refused.exception.problems,
            {
                "one": "must be given",
                "some": "must be some of x, y",
                "sure": "must be yes or no",
                "count": "must be a whole number",
                "share": "must be a number",
                "note": "must have at most 4 characters",
                "other": "is no field of this form",
            },
        )
        for count, words in ((0, "at least 1"), (10, "at most 9")):
            with self.assertRaisesRegex(BadAnswer, words):
                Question.of(FORM).read({"one": "a", "count": count})

    def test_a_text_answers_the_one_field_that_is_required(self) -> None:
        self.assertEqual(Question.of(FORM).read_text("b"), {"one": "b"})
        two = Question.of({"prompt": "?", "fields": [{"name": "a"}, {"name": "b"}]})
        with self.assertRaisesRegex(BadAnswer, "several fields"):
            two.read_text("x")


if __name__ == "__main__":
    unittest.main()
