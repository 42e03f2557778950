import inspect
import re

from zyqa import errors

CLASSES = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, errors.ZyqaError)]


def test_the_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    drawn = set(re.findall(r"^[ │├└─]*([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)) - {"Every"}
    assert drawn == {value.__name__ for value in CLASSES}


def test_every_error_has_a_hint() -> None:
    for value in CLASSES:
        assert value("message", hint="do this").hint == "do this"
