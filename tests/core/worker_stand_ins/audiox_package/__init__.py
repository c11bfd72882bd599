"""ZeyueT/AudioX as its callers see it; its folder is called ``stable_audio_tools`` in 2025, ``audiox`` in
2026."""

from .models.pretrained import get_pretrained_model as get_pretrained_model
