"""What every room of the guest knows: the layers of a picture, what it shall show, what a face and a hand do."""
