"""The person in a picture: their matte, the outline around them, their arms."""
