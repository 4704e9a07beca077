"""The blocks an author writes with: a lesson's, and a handout's."""

from content.blocks.handout import HandoutBody
from content.blocks.lesson import LessonBody

__all__ = ["HandoutBody", "LessonBody"]
