from pathlib import Path

import torch


class Model(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        self.net = torch.nn.Linear(2, 2)
        self.sample_rate, self.pause = config["sample_rate"], config.get("pause", 0.0)


def create_model_from_config(model_config):
    assert model_config.get("model_type") is not None, "model_type must be specified in model config"
    if "pretransform_ckpt_path" in model_config:
        assert Path(model_config["pretransform_ckpt_path"]).is_file()
    return Model(model_config)
