def sample_k(
    model_fn,
    noise,
    init_data=None,
    mask=None,
    steps=100,
    sampler_type="dpmpp-2m-sde",
    sigma_min=0.5,
    sigma_max=50,
    rho=1.0,
    device="cuda",
    callback=None,
    cond_fn=None,
    **extra_args,
):
    assert sampler_type == "dpmpp-3m-sde" and (sigma_min, sigma_max) == (0.3, 500)
    for i in range(steps):
        noise = model_fn(noise, i)
        if callback is not None:
            callback({"x": noise, "i": i, "sigma": None, "sigma_hat": None, "denoised": noise})
    return noise
