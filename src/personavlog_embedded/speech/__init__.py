"""The speech backbone: Kokoro-82M with its text normalisation, phonemes and voices."""
