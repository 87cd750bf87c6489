"""Runs inside the sandbox: the cells of one notebook, top to bottom, answers out as JSON lines.

Nothing here decides anything about marks, and nothing of the key is here to be found: whatever a
submission does to this process, it can only name answers. Standard input brings the job (JSON);
standard output carries the answers; what the cells print goes to standard error.
"""

import builtins
import contextlib
import importlib
import json
import os
import signal
import sys

from ..exercise.plain import NotPlain, is_blank, plain

VARIABLE, CHECKED = "variable", "checked"


class CellTimeout(BaseException):
    """Raised in a cell that takes too long; no ``except Exception`` stops it."""


class NobodyToAsk(Exception):
    """What ``input()`` raises: a grader has nobody at the keyboard."""


def main():
    job = json.loads(sys.stdin.buffer.read())
    send = _channel()
    _become_nobody(job)
    _limits(job["limits"])
    sys.path += [p for p in job["packages"] if p not in sys.path]
    _scratch(job)
    shell, checked = _shell(job)
    told = {}
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _too_long)
    for number, source in job["cells"]:
        if number in job["skip"]:
            continue
        send({"cell": number})
        seconds = job["limits"]["cell_seconds"]
        error = _timed(seconds, _run_cell, shell, source)
        # told after every cell, so that a later cell that ends the process takes nothing back
        problem = _timed(seconds, _tell, job, shell.user_ns, checked, told, send)
        send({"ran": number, "error": error or problem})
    send({"end": True})
    os._exit(0)  # what a submission planted for the end of the process does not run


def _channel():
    """A function that sends a JSON line on standard output; cells print to standard error."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def send(message):
        # a line of its own whatever a cell wrote here before
        data = b"\n" + json.dumps(message).encode("utf-8") + b"\n"
        while data:
            data = data[out.write(data) :]

    return send


def _become_nobody(job):
    """Where the grader runs as root (a container, a server): give it up, or go no further."""
    uid = job.get("become")
    if not uid:
        return
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    try:
        os.setuid(0)
    except PermissionError:
        return
    os._exit(97)


def _limits(limits):
    """A first wall for each process; the wall for the whole tree stands outside (see ``watch``)."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        "RLIMIT_AS": limits["address_mb"] << 20,
        "RLIMIT_FSIZE": limits["file_mb"] << 20,
        "RLIMIT_CPU": limits["cpu_seconds"],
        "RLIMIT_NPROC": limits["rlimit_processes"],
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is None or (not value and name == "RLIMIT_NPROC"):
            continue
        hard = resource.getrlimit(number)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
            resource.setrlimit(number, (value, value))


def _scratch(job):
    """An empty folder to work in, with the learner's answers folder in it."""
    box = os.path.abspath(job["box"])
    os.makedirs(os.environ.get("HOME", box), exist_ok=True)
    os.chdir(box)
    os.environ |= {
        "MPLBACKEND": "Agg",
        "WHOSAYS_DATA": job["data"],
        # no public checks: a program could try answers until one of their digests fits
        "WHOSAYS_EXERCISES": os.path.join(box, "exercises"),
        "WHOSAYS_ANSWERS": os.path.join(box, "answers"),
    }


class _Silent:
    """What stands in for a question, a set and their replies: nobody is there to read them.

    Whatever is asked of it gives another that shows nothing, so that a cell which looks into a
    reply runs on. Only ``check`` has an effect: its last value counts where no variable does.
    """

    def __init__(self, name="", checked=None):
        self._name, self._checked = name, checked

    def check(self, answer=None, sure=None):
        try:
            value = plain(answer)
            if not is_blank(value):
                self._checked[self._name] = value
        except NotPlain:
            self._checked[self._name] = answer
        return _Silent()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _Silent()

    def __call__(self, *_, **__):
        return _Silent()

    def __getitem__(self, name):
        return _Silent(str(name), self._checked) if self._checked is not None else _Silent()

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False

    def __repr__(self):
        return ""


def _shell(job):
    """An IPython shell without a kernel, history or ports, and the answers given to ``check``."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=quiet)
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None
    shell.display_formatter.active_types = ["text/plain"]
    shell.user_ns["display"] = lambda *_, **__: None
    checked = {}
    for place in ("whosays", "whosays.exercise", "whosays.exercise.question"):
        module = importlib.import_module(place)
        module.question = lambda number, folder=None: _Silent(str(number).strip(), checked)
        module.question_set = lambda number, folder=None: _Silent("", checked)
    for name in job["imports"]:
        with contextlib.suppress(Exception):  # a cell that needs it says so itself
            importlib.import_module(name)
    builtins.input = shell.user_ns["input"] = _nobody_to_ask
    return shell, checked


def _nobody_to_ask(*_):
    raise NobodyToAsk(
        "input() has nobody to answer it when a notebook is graded; write the value into the cell"
    )


def _too_long(*_):
    raise CellTimeout


def _run_cell(shell, source):
    outcome = shell.run_cell(source, store_history=False, silent=False)
    error = outcome.error_before_exec or outcome.error_in_exec
    if isinstance(error, CellTimeout):
        raise error
    return None if error is None else _described(error)


def _described(error):
    try:
        return [type(error).__name__[:100], str(error)[:500]]
    except Exception:
        return [type(error).__name__[:100], ""]


def _timed(seconds, work, *arguments):
    """The work's result, or what stopped it as ``[name, message]``."""
    alarm = hasattr(signal, "setitimer")
    try:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, seconds)
        return work(*arguments)
    except CellTimeout:
        return ["CellTimeout", f"stopped after {seconds} seconds"]
    except BaseException as error:
        return _described(error)
    finally:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _tell(job, names, checked, told, send):
    """Send each answer that is new since the last cell: the variable's, else the last checked."""
    for question, variable in job["questions"].items():
        message = {"question": question}
        for how, answer in ((VARIABLE, names.get(variable)), (CHECKED, checked.get(question))):
            try:
                value = plain(answer)
                if not is_blank(value):
                    message |= {"how": how, "value": value}
                    break
            except NotPlain as problem:
                message |= {"how": how, "problem": str(problem)[:300]}
                break
        text = json.dumps(message)
        if len(text) > job["limits"]["answer_kb"] << 10:
            problem = "this answer is far longer than the question needs"
            message = {"question": question, "problem": problem}
            text = json.dumps(message)
        if told.get(question, json.dumps({"question": question})) != text:
            told[question] = text
            send(message)
