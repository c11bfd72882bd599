"""What every folder of this package knows: the layers of a picture, what it shall show, the season that words name,
what a face and a hand do."""
