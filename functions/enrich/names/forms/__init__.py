"""The forms that a text calls one name by: parts of it, and its cases."""
