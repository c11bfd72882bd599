"""The studio: films watched while they are made, explained shot by shot, and changed; and the API under it.

Needs the extra ``studio``; nothing here is imported by what makes films.
"""
