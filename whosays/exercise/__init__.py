"""Exercises: questions, checks, and their building from solutions."""

from .question import Feedback, Question, QuestionSet, question, question_set

__all__ = ["Feedback", "Question", "QuestionSet", "question", "question_set"]
