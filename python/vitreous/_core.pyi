# The extension, from src/python: what it exchanges is plain data, and who uses the package does not meet it.
from typing import Any

def __getattr__(name: str) -> Any: ...
