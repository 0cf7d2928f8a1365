"""Names for a star import."""
SHELVES = ("top", "middle", "bottom")
_HIDDEN = ("no",)
