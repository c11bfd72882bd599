"""The judge is judged: defects planted in a film's keyframes and clips, quality agents asked blind, the whole loop
measured by what it did not use."""
