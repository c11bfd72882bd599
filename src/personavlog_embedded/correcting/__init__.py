"""What an edit agent asks for (Eq. 8), read from free English or Chinese words into single requests."""
