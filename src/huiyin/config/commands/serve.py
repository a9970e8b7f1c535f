"""huiyin up: serves the web and the workers until it is stopped."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from huiyin.config.command import Answer, CouldNot, ready, say


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)


def run(options: argparse.Namespace) -> Answer:
    ready()
    serve(options.host, options.port, started=lambda url: say(f"已启动：{url}"))
    return Answer({"ok": True})


def free_port(host: str, wanted: int) -> int:
    """The wanted port when it is free, else the next free one of twenty."""
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise CouldNot(f"端口 {wanted} 至 {wanted + 19} 都被占用，请用 --port 指定另一个")


def web_command(host: str, port: int) -> list[str]:
    """How the web is served, here and where it is measured."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port",
        str(port), "--workers", "2", "--blocking-threads", "4", "--no-access-log",
        "--log-level", "warning", "huiyin.config.wsgi:application",
    ]  # fmt: skip


def serve(host: str, port: int, *, started: object = None, log_level: str = "") -> None:
    """Web server and job worker as children; ends both when it ends or when either dies."""
    from django.conf import settings

    began_server = settings.HUIYIN_EMBEDDED and not settings.HUIYIN_CLUSTER.ready()
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="huiyin.config.settings")
    env |= {"HUIYIN_LOG": log_level} if log_level else {}
    children = [
        subprocess.Popen(web_command(host, port), env=env, start_new_session=True),
        subprocess.Popen(
            [sys.executable, "-m", "huiyin.config", "worker"], env=env, start_new_session=True
        ),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        url = f"http://{host}:{port}/"
        wait_until_up(url, children[0])
        if callable(started):
            started(url)
        while all(c.poll() is None for c in children):
            time.sleep(1)
        raise CouldNot("服务意外停止，请看上面的日志")
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        if began_server:
            settings.HUIYIN_CLUSTER.stop()


def wait_until_up(url: str, child: subprocess.Popen[bytes]) -> None:
    """Until the web answers. CouldNot when it ends or does not within 40 seconds."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        if child.poll() is not None:
            raise CouldNot("网页服务没有启动，请看上面的日志")
        try:
            urllib.request.urlopen(url + "healthz", timeout=2).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.15)
    raise CouldNot("网页服务 40 秒内没有应答")
