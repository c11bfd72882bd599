"""XML as a file."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET


def document(root: ET.Element, doctype: str = "") -> bytes:
    """The element as a document in UTF-8, indented; ``doctype`` is a line before it."""
    ET.indent(root)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}'
    return f"{head}{ET.tostring(root, encoding='unicode')}\n".encode()


def plain(text: str) -> str:
    """The text without what XML 1.0 cannot hold: controls, surrogates, noncharacters."""
    return "".join(one for one in text if one in "\n\t" or not _is_barred(one))


def _is_barred(one: str) -> bool:
    return unicodedata.category(one) in ("Cc", "Cs") or ord(one) & 0xFFFE == 0xFFFE
