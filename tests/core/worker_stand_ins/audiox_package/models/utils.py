import torch


def load_ckpt_state_dict(ckpt_path):
    return torch.load(ckpt_path, map_location="cpu", weights_only=True)["state_dict"]
