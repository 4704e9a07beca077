"""The blocks an author writes a lesson with."""

from content.blocks.lesson import LessonBody

__all__ = ["LessonBody"]
