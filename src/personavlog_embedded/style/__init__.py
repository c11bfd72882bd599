"""The seventeen styles: networks, grades, finishes, skies, skin, outlines, and what a frame is printed on."""
