"""Answers that come from the facts and the text of documents, one module a kind of question.

Each takes a question as read and the desk, and gives a draft, a refusal that says what is missing, or None where
the question is none of its kind.
"""
