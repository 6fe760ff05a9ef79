"""What stops a build, in words for the person who has to fix it."""

import difflib


class Problem(Exception):
    """Something in the course or its material that has to be put right."""


def missing(kind, name, known):
    """The sentence about a name that nobody has, with the names that were perhaps meant."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        hint = f"Did you mean “{near[0]}”?"
    else:
        hint = f"There are: {', '.join(names)}." if names else "There are none."
    return f"there is no {kind} “{name}”. {hint}"
