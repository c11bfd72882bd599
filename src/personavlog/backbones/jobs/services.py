"""The makers that the entry points name: one a service and role."""

from __future__ import annotations

from functools import partial

from personavlog.backbones.jobs.image import JobImage
from personavlog.backbones.jobs.music import JobMusic
from personavlog.backbones.jobs.speech import JobSpeech
from personavlog.backbones.jobs.video import JobVideo

bfl_image = partial(JobImage, "bfl")
fal_image = partial(JobImage, "fal")
fal_video = partial(JobVideo, "fal")
replicate_image = partial(JobImage, "replicate")
replicate_video = partial(JobVideo, "replicate")
dashscope_video = partial(JobVideo, "dashscope")
dashscope_speech = partial(JobSpeech, "dashscope")
elevenlabs_music = partial(JobMusic, "elevenlabs")
elevenlabs_speech = partial(JobSpeech, "elevenlabs")
