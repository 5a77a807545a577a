"""Making the cluster: the first start, safe against dying at any moment of it."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from gongjian.kernel.embedded.errors import NotStarted, PasswordMissing
from gongjian.kernel.embedded.layout import Layout
from gongjian.kernel.embedded.programs import Programs, choose, installed
from gongjian.kernel.home import write_private

USER = "gongjian"
BUILTIN_LOCALE_SINCE = 17


def programs_for(places: Layout) -> Programs:
    """The programs that fit this home's cluster, in a place where the server's account can run them.

    Raises: ProgramsMissing.
    """
    programs = choose(installed(), major=places.major)
    return programs if places.owner.reaches(programs.folder / "postgres") else _copied(programs, places)


def make_cluster(places: Layout, programs: Programs) -> None:
    """Make the cluster when there is none. It appears complete under its name, or not at all.

    Raises: PasswordMissing when there is a cluster that nobody can log in to, NotStarted.
    """
    if places.major:
        if not places.password.exists():
            raise PasswordMissing(path=places.password)
        return
    for left_over in places.folder.glob("new.*"):
        shutil.rmtree(left_over)
    password = secrets.token_urlsafe(24)
    write_private(places.password, password)
    draft = places.folder / f"new.{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    places.owner.take(draft)
    _initdb(places, programs, draft / "data", password)
    (draft / "data").rename(places.data)
    shutil.rmtree(draft)
    _sync(places.folder)


def _initdb(places: Layout, programs: Programs, target: Path, password: str) -> None:
    slip = target.parent / "password"  # initdb reads it from a file, under its own account
    write_private(slip, password)
    places.owner.take(slip)
    order = [programs.path("initdb"), f"--pgdata={target}", f"--username={USER}", f"--pwfile={slip}"]
    order += _initdb_options(programs.major)
    done = subprocess.run(order, cwd="/", capture_output=True, text=True, check=False, **places.owner.privileges)
    if done.returncode:
        raise NotStarted(path="initdb", lines=done.stderr[-2000:])


def _initdb_options(major: int) -> list[str]:
    builtin = ["--locale-provider=builtin"] if major >= BUILTIN_LOCALE_SINCE else []
    return ["--auth=scram-sha-256", "--encoding=UTF8", *builtin, "--locale=C.UTF-8", "--data-checksums"]


def _copied(programs: Programs, places: Layout) -> Programs:
    """A copy of the programs in our home, for an account that may not walk into the folder they came in."""
    target = places.home / f"postgresql-{programs.version}"
    if not target.exists():
        draft = places.home / f"new-postgresql-{secrets.token_hex(4)}"
        shutil.copytree(programs.folder.parent, draft, ignore=shutil.ignore_patterns("*.a", "include", "pkgconfig"))
        draft.chmod(0o755)
        draft.rename(target)
    return Programs(target / "bin", programs.version)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
