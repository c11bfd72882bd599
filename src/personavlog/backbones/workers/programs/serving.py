"""The worker's side of the worker contract, version 1 (docs/workers.md): an HTTP server around one model.

It runs in the model's own environment, where PersonaVlog is not installed: standard library only, Python 3.8 or newer,
one file. A worker program lies beside it, derives a class from ``Worker`` and ends with ``serving.main(ThatClass)``.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import importlib.util
import io
import json
import os
import queue
import re
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
import wave
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

CONTRACT = 1
MOST_BODY, MOST_JSON = 32 * 2**20, 64 * 2**10
"""Bytes of a request, and of its JSON part."""
STATUS = {
    "bad_request": 400,
    "stopped": 409,
    "refused": 422,
    "busy": 429,
    "failed": 500,
    "loading": 503,
    "out_of_memory": 507,
}
JOBS_KNOWN = 256
"""How many jobs are remembered, so that somebody may still ask for one that is over."""
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Fault(Exception):
    """What a client is told: ``kind`` is a key of ``STATUS``, the message says what to do about it; ``status`` where
    HTTP has a better one than the kind's."""

    def __init__(self, kind: str, message: str, retry_after: int | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.kind, self.retry_after, self.status = kind, retry_after, status or STATUS[kind]


class Sample(NamedTuple):
    """A voice to clone: a WAV file that lies at ``path`` for as long as the call lasts; ``digest`` is its SHA-256."""

    path: str
    digest: str
    rate: int
    seconds: float


class Job:
    """One request. The model's code calls ``progress`` often: it is where a stopped job ends."""

    def __init__(self, name: str, request: dict[str, Any], sample: Sample | None) -> None:
        self.name, self.request, self.sample = name, request, sample
        self.state, self.share = "queued", 0.0
        self.result, self.fault = b"", None  # type: bytes, Fault | None
        self.over, self._stopped = threading.Event(), threading.Event()

    def progress(self, share: float) -> None:
        """Tell the finished share, 0 to 1; raises ``Fault`` where the job was stopped."""
        self.share = min(max(float(share), 0.0), 1.0)
        if self._stopped.is_set():
            raise Fault("stopped", "The job was stopped.")

    def forget(self) -> None:
        """Keep nothing but the job's name and how it ended."""
        self.request, self.result = {}, b""
        if self.sample is not None:
            Path(self.sample.path).unlink()

    def stop(self) -> None:
        """Let the job end at its next ``progress``."""
        self._stopped.set()


class Worker:
    """What a worker program says and does. ``needs`` are modules with what installs each; ``role`` is "speech" or
    "music"."""

    name, version, role, port = "", "1", "speech", 8770
    needs: tuple[tuple[str, str], ...] = ()

    def __init__(self, model: str, folder: str) -> None:
        """``model`` and ``folder`` are the command's ``--model`` and ``--folder``, "" where they were not given."""
        self.model, self.folder = model, Path(folder)

    def missing(self) -> list[str]:
        """What besides modules is not there, a sentence each; nothing heavy is imported for it."""
        return []

    def load(self) -> dict[str, Any]:
        """Load the model; returns "model", "licence" and "capabilities" for ``GET /v1/worker``."""
        raise NotImplementedError

    def make(self, request: dict[str, Any], sample: Sample | None, job: Job) -> bytes:
        """A WAV file (``wav``) for a checked request; raises ``Fault`` for what cannot be made."""
        raise NotImplementedError

    def memory(self) -> dict[str, int]:
        """Bytes of the device's memory, "used" and "total"; nothing where it is not known."""
        return {}

    def free(self) -> None:
        """Give back what can be given back, after memory ran out."""


def wav(samples: Any, rate: int) -> bytes:
    """A numpy array (n,) or (n, channels) in -1..1 as a 16-bit WAV file; louder ones are turned down to 1."""
    peak = float(abs(samples).max()) if samples.size else 0.0
    if not peak < 1e6:
        raise Fault("failed", "The model made numbers that are no sound.")
    numbers = (samples / max(peak, 1.0) * 32767).astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as target:
        target.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(numbers.tobytes())
    return buffer.getvalue()


def log(text: str) -> None:
    """A line on standard error; never what somebody wrote or said."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)  # noqa: T201 - this is a program


# --- requests ---------------------------------------------------------------------------------------------------------


def _words(value: Any, most: int, least: int = 0) -> str:
    if not isinstance(value, str) or not least <= len(value.strip()) <= most:
        raise Fault("bad_request", f"a text of {least} to {most} characters was expected")
    return value.strip()


def _number(value: Any, low: float, high: float, whole: bool = False) -> Any:
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not low <= value <= high:
        raise Fault("bad_request", f"a number from {low:g} to {high:g} was expected")
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise Fault("bad_request", 'a language such as "en" was expected')
    return value


_FIELDS: dict[str, dict[str, tuple[Any, Any]]] = {
    "speech": {
        "text": (lambda value: _words(value, 2000, 1), None),
        "language": (_language, None),
        "transcript": (lambda value: _words(value, 2000), ""),
        "speed": (lambda value: _number(value, 0.5, 2.0), 1.0),
        "seed": (lambda value: _number(value, 0, 2**63 - 1, whole=True), 0),
    },
    "music": {
        "prompt": (lambda value: _words(value, 2000, 1), None),
        "seconds": (lambda value: _number(value, 1.0, 600.0), None),
        "seed": (lambda value: _number(value, 0, 2**63 - 1, whole=True), 0),
    },
}
"""Each field of a role's request: what checks it, and its default; None: it must be there."""


def read_request(role: str, data: bytes) -> dict[str, Any]:
    """The checked request of a role; raises ``Fault`` naming the field that does not fit."""
    try:
        said = json.loads(data[: MOST_JSON + 1].decode("utf-8"))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or len(data) > MOST_JSON:
        raise Fault("bad_request", "The request is no JSON object of at most 64 KiB.")
    unknown = sorted(set(said) - set(_FIELDS[role]))
    if unknown:
        raise Fault("bad_request", f"The request has fields that contract {CONTRACT} does not know: {unknown!r}.")
    found = {}
    for name, (check, default) in _FIELDS[role].items():
        value = said.get(name, default)
        try:
            found[name] = check(value)
        except Fault as fault:
            raise Fault("bad_request", f"{name!r} does not fit: {fault}.") from None
    return found


def read_parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """The parts of a multipart/form-data body by their field names; file names are not looked at."""
    kind, _, options = content_type.partition(";")
    if kind.strip().lower() == "application/json":
        return {"request": body}
    boundary = re.search(r'boundary=(?:"([^"]{1,100})"|([^\s;]{1,100}))', options)
    if kind.strip().lower() != "multipart/form-data" or boundary is None:
        raise Fault("bad_request", "The body is neither multipart/form-data nor JSON.")
    line = b"--" + (boundary[1] or boundary[2]).encode("latin-1")
    parts: dict[str, bytes] = {}
    for part in (b"\r\n" + body).split(b"\r\n" + line)[1:-1]:
        head, blank, data = part.partition(b"\r\n\r\n")
        name = re.search(rb'content-disposition:[^\r\n]*?[; ]name="([a-z]{1,20})"', head, re.I)
        if not blank or name is None or len(parts) >= 4:
            raise Fault("bad_request", "The parts of the body cannot be told apart.")
        parts[name[1].decode()] = data
    return parts


def read_sample(data: bytes, folder: str, can: dict[str, Any]) -> Sample:
    """A sample that the model takes, stored under a name of ours; raises ``Fault`` for one that it does not."""
    try:
        with wave.open(io.BytesIO(data)) as source:
            rate, count = source.getframerate(), source.getnframes()
            whole = len(source.readframes(count)) == count * source.getsampwidth() * source.getnchannels()
    except (wave.Error, EOFError, RuntimeError, ZeroDivisionError):
        rate, count, whole = 0, 0, False
    if not whole or not rate or not count:
        raise Fault("refused", "The voice sample is no whole WAV file with PCM samples. Export it as WAV")
    seconds, low = count / rate, can.get("sample_rate_at_least", 8000)
    short, long = can.get("sample_seconds", (0.5, 60.0))
    if rate < low:
        raise Fault("refused", f"The voice sample has {rate} samples a second, fewer than {low}. Record it again")
    if not short <= seconds <= long:
        raise Fault("refused", f"The voice sample lasts {seconds:.1f} s; {short:g} to {long:g} s are taken. Cut it")
    digest = hashlib.sha256(data).hexdigest()
    path = Path(folder) / f"sample-{digest[:32]}-{time.monotonic_ns()}.wav"
    path.write_bytes(data)
    return Sample(str(path), digest, rate, seconds)


# --- the model's own thread -------------------------------------------------------------------------------------------


class Service:
    """The model, one request at a time; ``waiting`` is how many may wait for their turn."""

    def __init__(self, worker: Worker, waiting: int, token: str, folder: str) -> None:
        self.worker, self.token, self.folder, self._most = worker, token, folder, waiting + 1
        self.said: dict[str, Any] = {}
        self.ready = False
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._open, self._seconds = threading.Lock(), 0, 2.0
        self._turns: queue.Queue[Job] = queue.Queue()

    def run(self) -> None:
        """Load the model, then make what is asked for, for ever; a model that does not load ends the program."""
        try:
            began = time.monotonic()
            self.said = dict(self.worker.load())
            self.ready = True
            log(f"ready: {self.said['model']!r} was loaded in {time.monotonic() - began:.0f} s")
        except BaseException as error:  # noqa: BLE001 - a library that exits must not end this thread unseen
            traceback.print_exc()
            log(f"The model could not be loaded: {_named(error)}")
            _end(self.folder, 3)
        while True:
            self._make(self._turns.get())

    def card(self) -> dict[str, Any]:
        """The answer to ``GET /v1/worker``."""
        worker = self.worker
        fixed = {"contract": CONTRACT, "worker": worker.name, "version": worker.version, "role": worker.role}
        said = {"model": "", "licence": "", "capabilities": {}, **self.said}
        return {**fixed, **said, "ready": self.ready, "memory": worker.memory() if self.ready else {}}

    def reserve(self) -> None:
        """Take a place in the queue, given back by ``leave``; raises ``Fault`` where none is left."""
        if not self.ready:
            raise Fault("loading", "The model is being loaded. Ask again in a while.", 5)
        with self._lock:
            if self._open >= self._most:
                wait = min(max(round(self._open * self._seconds), 1), 60)
                raise Fault("busy", f"{self._open} requests are here already, more do not fit.", wait)
            self._open += 1

    def leave(self) -> None:
        """Give a place back."""
        with self._lock:
            self._open -= 1

    def begin(self, job: Job) -> None:
        """Put a job behind the others; raises ``Fault`` where its name is that of one which is not over."""
        with self._lock:
            known = self._jobs.get(job.name)
            if known is not None and not known.over.is_set():
                raise Fault("bad_request", f"A job {job.name!r} is being made. Name each of yours differently.")
            self._jobs[job.name] = job
            while len(self._jobs) > JOBS_KNOWN:
                self._jobs.popitem(last=False)
        self._turns.put(job)

    def job(self, name: str) -> Job | None:
        """A job by its name."""
        with self._lock:
            return self._jobs.get(name)

    def _make(self, job: Job) -> None:
        began, job.state = time.monotonic(), "running"
        try:
            job.progress(0.0)
            job.result = self.worker.make(job.request, job.sample, job)
            if not isinstance(job.result, bytes):
                raise TypeError("make() returned no bytes")
            job.share, job.state = 1.0, "done"
            self._seconds = time.monotonic() - began
        except Fault as fault:
            job.fault = fault
        except BaseException as error:  # noqa: BLE001 - the client is told, whatever it is
            job.fault = self._fault(error)
        if job.fault is not None:
            job.state = job.fault.kind
        log(f"{self.worker.role} {job.name}: {job.state} after {time.monotonic() - began:.1f} s")
        job.over.set()

    def _fault(self, error: BaseException) -> Fault:
        text = _named(error)
        if isinstance(error, MemoryError) or "out of memory" in text.lower() or "OutOfMemory" in type(error).__name__:
            log(text)
            self._free()
            return Fault("out_of_memory", f"The model ran out of memory ({text}).")
        traceback.print_exception(type(error), error, error.__traceback__)
        return Fault("failed", f"The model failed ({text}). The worker's own output says where.")

    def _free(self) -> None:
        try:
            self.worker.free()
        except Exception as error:  # noqa: BLE001 - the next request must find this thread alive
            log(f"Nothing could be given back: {_named(error)}")


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


# --- HTTP -------------------------------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """The contract's routes; ``service`` is set by ``main``."""

    service: Service
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """The worker's card, or a job's progress."""
        self._answered(self._get)

    def do_DELETE(self) -> None:
        """Stop a job."""
        self._answered(self._delete)

    def do_POST(self) -> None:
        """Make a sound."""
        self._answered(self._post)

    def log_message(self, *said: Any) -> None:
        """Nothing: jobs are logged where they are made."""

    def _answered(self, work: Any) -> None:
        self.close_connection = True
        try:
            self._admit()
            work()
        except Fault as fault:
            self._refuse(fault)
        except OSError:
            pass  # the client went away

    def _refuse(self, fault: Fault) -> None:
        wait = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        try:
            self._drain()
            self._send(fault.status, {"error": {"kind": fault.kind, "message": str(fault)}}, wait)
        except OSError:
            pass  # the client went away

    def _admit(self) -> None:
        """Whether this client may ask: a token where one is set, no web page, no other name for this machine."""
        token, host = self.service.token, re.sub(r":\d+$", "", self.headers.get("Host", "")).strip("[]")
        given = self.headers.get("Authorization", "")
        if token and not hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode()):
            raise Fault(
                "bad_request", "The token is missing or wrong. Send it as: Authorization: Bearer TOKEN", status=401
            )
        if self.headers.get("Origin") or (not token and host not in _LOOPBACK):
            raise Fault("bad_request", "Web pages and other names of this machine are not answered.", status=403)

    def _get(self) -> None:
        if self.path == "/v1/worker":
            self._send(200, self.service.card())
        else:
            job = self._job()
            self._send(200, {"job": job.name, "state": job.state, "progress": round(job.share, 3)})

    def _delete(self) -> None:
        self._job().stop()
        self._send(200, {"job": self.path.rpartition("/")[2], "state": "stopping"})

    def _job(self) -> Job:
        place, _, name = self.path.rpartition("/")
        job = self.service.job(name) if place == "/v1/jobs" else None
        if job is None:
            raise Fault("bad_request", "There is no such place or job. Read docs/workers.md.", status=404)
        return job

    def _post(self) -> None:
        if self.path != f"/v1/{self.service.worker.role}":
            raise Fault(
                "bad_request",
                f"This worker makes {self.service.worker.role}: POST /v1/{self.service.worker.role}",
                status=404,
            )
        self.service.reserve()
        try:
            job = self._read_job()
            try:
                self.service.begin(job)
                self._wait(job)
            finally:
                job.forget()
        finally:
            self.service.leave()

    def _read_job(self) -> Job:
        service = self.service
        name = self.headers.get("X-Job") or f"job-{time.monotonic_ns()}-{threading.get_ident()}"
        if not NAME.fullmatch(name):
            raise Fault("bad_request", "X-Job has 1 to 64 letters, digits, - or _.")
        parts = read_parts(self.headers.get("Content-Type", ""), self._body())
        request = read_request(service.worker.role, parts.get("request", b""))
        can = service.said.get("capabilities", {})
        sample = read_sample(parts["sample"], service.folder, can) if "sample" in parts else None
        return Job(name, request, sample)

    def _length(self) -> int:
        length = self.headers.get("Content-Length", "")
        return int(length) if length.isdigit() and len(length) < 12 else -1

    def _body(self) -> bytes:
        length = self._length()
        if not 0 < length <= MOST_BODY:
            raise Fault(
                "bad_request",
                f"A body of 1 to {MOST_BODY} bytes is taken, with its length.",
                status=413 if length > 0 else 411,
            )
        body = self.rfile.read(length)
        self._read = True
        if len(body) < length:
            raise ConnectionError("the client went away")
        return body

    def _drain(self) -> None:
        """Read what is left of a body that is not used, so that the client hears why."""
        left = 0 if getattr(self, "_read", False) else min(self._length(), 2 * MOST_BODY)
        while left > 0:
            chunk = self.rfile.read(min(left, 65536))
            left = left - len(chunk) if chunk else 0

    def _wait(self, job: Job) -> None:
        while not job.over.wait(0.1):
            if self._hung_up():
                job.stop()
        if job.fault is not None:
            raise job.fault
        self._send_bytes(200, job.result, "audio/wav", {"X-Job": job.name})

    def _hung_up(self) -> bool:
        try:
            readable = select.select([self.connection], [], [], 0)[0]
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except ValueError:
            return False  # select() cannot look at it: there are more than 1024 open files
        except OSError:
            return True

    def _send(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        self._send_bytes(status, json.dumps(value).encode(), "application/json", headers or {})

    def _send_bytes(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
        for name, value in {**fixed, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


# --- the program ------------------------------------------------------------------------------------------------------


def main(kind: type[Worker]) -> None:
    """Run the worker as its command line says; ends the process."""
    options = _options(kind)
    if options.folder:
        sys.path.insert(1, options.folder)
    worker = kind(options.model, options.folder)
    report = _report(worker)
    if options.check:
        print(json.dumps(report))  # noqa: T201 - the answer
        sys.exit(0)
    if report["missing"]:
        sys.exit("\n".join(report["missing"]))
    token = os.environ.get(options.token_env, "") if options.token_env else ""
    if options.host not in _LOOPBACK and not token:
        sys.exit("Others than this machine are served only with a token: name its variable with --token-env.")
    _serve(worker, options, token)


def _options(kind: type[Worker]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=kind.__doc__)
    parser.add_argument("--model", default="", help="folder or name of the model")
    parser.add_argument("--folder", default="", help="checkout of the model's code")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=kind.port, help="0: any free one")
    parser.add_argument("--waiting", type=int, default=8, help="requests that may wait for their turn")
    parser.add_argument("--token-env", default="", help="environment variable that holds the token clients must send")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    parser.add_argument("--check", action="store_true", help="say as JSON what is missing, and stop")
    return parser.parse_args()


def _report(worker: Worker) -> dict[str, Any]:
    absent = [(module, install) for module, install in worker.needs if not _is_there(module)]
    python = f"{sys.executable} -m pip install"
    missing = [f"The module {module!r} is missing. Install it with: {python} {install}" for module, install in absent]
    version = ".".join(map(str, sys.version_info[:3]))
    files = [] if absent else worker.missing()
    return {"contract": CONTRACT, "worker": worker.name, "python": version, "missing": missing + files}


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _serve(worker: Worker, options: argparse.Namespace, token: str) -> None:
    folder = tempfile.mkdtemp(prefix="personavlog-worker-")
    signal.signal(signal.SIGTERM, lambda number, frame: _end(folder, 0))
    service = Handler.service = Service(worker, max(options.waiting, 0), token, folder)
    try:
        server = ThreadingHTTPServer((options.host, options.port), Handler)
    except OSError as error:
        log(f"Port {options.port} cannot be used ({error.strerror}). Choose another with --port.")
        _end(folder, 3)
    server.daemon_threads = True
    if options.with_parent:
        threading.Thread(target=_until_parent_ends, args=(folder,), daemon=True).start()
    print(f"http://{options.host}:{server.server_port}", flush=True)  # noqa: T201 - the address, for whoever started it
    threading.Thread(target=service.run, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        _end(folder, 0)


def _until_parent_ends(folder: str) -> None:
    while sys.stdin.buffer.read(65536):
        pass
    _end(folder, 0)


def _end(folder: str, status: int) -> None:
    """End at once, whatever a library's threads do, and leave nobody's voice behind."""
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(status)
