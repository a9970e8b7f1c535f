"""What imports do not show also points downwards: keys, migrations, URLs, templates, jobs."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture import sources
from tests.architecture.sources import Findings, may_know


def _app_of_label(label: str) -> str | None:
    return sources.app_of(apps.get_app_config(label).name)


def test_every_app_of_the_project_has_a_layer() -> None:
    installed = {sources.app_of(c.name) for c in apps.get_app_configs()} - {None}

    assert installed | {"config"} == set(sources.rank())


def test_foreign_keys_point_downwards() -> None:
    wrong: Findings = []
    for model in apps.get_models():
        app = sources.app_of(model.__module__)
        for field in model._meta.get_fields() if app else ():
            target = getattr(field, "related_model", None)
            if not getattr(field, "concrete", False) or not hasattr(target, "__module__"):
                continue
            other = sources.app_of(target.__module__)
            if app and other and not may_know(app, other):
                wrong.append(f"{model.__name__}.{field.name} → {other}")

    assert not wrong, "\n".join(wrong)


def test_migrations_depend_downwards() -> None:
    wrong: Findings = []
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        app = _app_of_label(label)
        for dependency, _ in migration.dependencies if app else ():
            if dependency == "__setting__":  # AUTH_USER_MODEL lives in org
                dependency = "org"
            other = _app_of_label(dependency)
            if app and other and not may_know(app, other):
                wrong.append(f"{label}.{name} → {other}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("tag", ["url", "include", "extends"])
def test_templates_point_downwards(tag: str) -> None:
    owners = sources.url_apps() if tag == "url" else sources.template_apps()
    wrong: Findings = []
    for template in sources.templates():
        for found in sources.TAG.finditer(template.text):
            if found.group(1) != tag:
                continue
            name = found.group(3)
            other = owners.get(name)
            if other is None:
                wrong.append(f"{template.at(found.start())} nobody owns {name!r}")
            elif not may_know(template.app, other):
                wrong.append(f"{template.at(found.start())} {tag} {name} → {other}")

    assert not wrong, "\n".join(wrong)


def test_reversed_urls_point_downwards() -> None:
    owners = sources.url_apps()
    wrong: Findings = []
    for module in sources.modules():
        for call in sources.calls(module, "reverse", "reverse_lazy", "redirect"):
            name = sources.literal(call)
            if name is None or name.startswith(("/", ".", "http")):
                continue
            other = owners.get(name)
            if other is None:
                wrong.append(f"{module.at(call)} nobody owns {name!r}")
            elif not may_know(module.app, other):
                wrong.append(f"{module.at(call)} → {name} of {other}")

    assert not wrong, "\n".join(wrong)


def test_rendered_templates_are_of_the_same_app_or_below() -> None:
    owners = sources.template_apps()
    wrong: Findings = []
    for module in sources.modules():
        for call in sources.calls(module, "render", "render_to_string", "get_template"):
            named = [a.value for a in call.args if isinstance(a, sources.ast.Constant)]
            for name in (n for n in named if isinstance(n, str) and n.endswith(".html")):
                other = owners.get(name)
                if other is None or not may_know(module.app, other):
                    wrong.append(f"{module.at(call)} → {name} of {other or 'nobody'}")

    assert not wrong, "\n".join(wrong)


def test_jobs_are_deferred_downwards_and_exist() -> None:
    from huiyin.base.services import jobs

    owners = {name: sources.app_of(f.__module__) for name, f in jobs.registered().items()}
    wrong: Findings = []
    for module in sources.modules():
        for call in sources.calls(module, "defer"):
            name = sources.literal(call)
            other = owners.get(name or "")
            if name is not None and (other is None or not may_know(module.app, other)):
                wrong.append(f"{module.at(call)} → {name} of {other or 'nobody'}")

    assert not wrong, "\n".join(wrong)
