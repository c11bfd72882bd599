"""The person as the photo gives them: cut out, completed, described."""
