"""What a module does when it is imported: an evaluator that is total, bounded and never runs the program."""

from dag_lint.evaluate.interpreter import Interpreter
from dag_lint.evaluate.world import World

__all__ = ["Interpreter", "World"]
