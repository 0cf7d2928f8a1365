"""It has neither word."""

from factory import make

made = make("neither")
