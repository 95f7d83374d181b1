"""Several processes of the site on one database, as on a server with workers."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from lms.core.extensions import db
from lms.site import create_app

_spawn = multiprocessing.get_context("spawn")
_here = {}


def at_once(app, call, *arguments):
    """Call a function of a module in as many processes; return what each gave."""
    db.session.commit()
    line = _spawn.Barrier(len(arguments))
    settings = dict(app.config)
    with ProcessPoolExecutor(
        len(arguments), _spawn, initializer=_begin, initargs=(settings, line)
    ) as pool:
        return list(pool.map(_run, [call] * len(arguments), arguments))


def until_killed(app, call, argument):
    """Call a function of a module in another process that is killed on the way."""
    db.session.commit()
    process = _spawn.Process(target=_run_alone, args=(dict(app.config), call, argument))
    process.start()
    process.join()
    return process.exitcode


def _run_alone(settings, call, argument):
    _here["app"] = create_app(settings)
    _run(call, argument)


def _begin(settings, line):
    _here["app"] = create_app(settings)
    line.wait(timeout=60)


def _run(call, argument):
    with _here["app"].app_context():
        try:
            return call(argument)
        finally:
            db.session.remove()
            db.engine.dispose()
