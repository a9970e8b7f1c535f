"""What imports do not show also points downwards: keys, migrations, URLs, templates, jobs."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture import sources, written
from tests.architecture.sources import Findings, Module, may_know


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


#: `redirect(x)` where x is an address, not a name: what the browser sent, checked to be local, or
#: what `reverse` made in the same function. By module and function.
ADDRESSES = {
    "cases.views.case_action._onwards": "local_path of the form, else reverse",
    "cases.views.bulk_action.bulk_action": "local_path of the form",
    "org.access.to_step": "made by reverse above",
    "org.views.signing_in._onwards": "checked to be of this host",
    "registers.views.tally._save": "made by reverse above",
}
#: What makes an address in place; a name within it stands in a `reverse` of its own.
MADE = (ast.Call, ast.JoinedStr)
#: Variables of {% url … %}: the declaration that fills them, and its keyword.
FILLED_BY = {"provider.page": ("DefaultsProvider", "page")}


def _check_name(name: str, said: Module, at: str, wrong: Findings) -> None:
    """`said` = where the name is written: that app must be allowed to know whose URL it is."""
    other = sources.url_apps().get(name)
    if other is None:
        wrong.append(f"{at} nobody owns {name!r}")
    elif not may_know(said.app, other):
        wrong.append(f"{at} → {name} of {other}")


def test_reversed_urls_point_downwards() -> None:
    """Also through a variable: it must lead back to names that are written out somewhere."""
    wrong: Findings = []
    used = set()
    for module, function, call in sources.calls_in_functions("reverse", "reverse_lazy", "redirect"):
        if not call.args:
            continue  # list.reverse()
        names = written.strings(call.args[0], module, function)
        if names is None:
            place = f"{module.dotted}.{function.name if function else ''}"
            if sources.called(call) == "redirect" and place in ADDRESSES:
                used.add(place)
            elif not (sources.called(call) == "redirect" and isinstance(call.args[0], MADE)):
                wrong.append(f"{module.at(call)} a name that cannot be followed; see ADDRESSES")
            continue
        for name, said in names:
            if name and not name.startswith(("/", ".", "http")):
                _check_name(name, said, module.at(call), wrong)

    assert not wrong, "\n".join(wrong)
    assert used == set(ADDRESSES), f"no longer needed: {set(ADDRESSES) - used}"


def test_url_tags_with_a_variable_are_filled_from_where_they_may_be() -> None:
    wrong: Findings = []
    for template in sources.templates():
        for found in sources.URL_BY_VARIABLE.finditer(template.text):
            if found.group(1) not in FILLED_BY:
                wrong.append(f"{template.at(found.start())} {found.group(1)}: see FILLED_BY")
    for declaration, keyword in FILLED_BY.values():
        for module, function, call in sources.calls_in_functions(declaration):
            for given in (k for k in call.keywords if k.arg == keyword):
                for name, said in written.strings(given.value, module, function) or ():
                    _check_name(name, said, module.at(call), wrong)

    assert not wrong, "\n".join(wrong)


def test_addresses_that_are_written_out_point_downwards() -> None:
    """“/work/” in Python or href="/work/" is a link like any other. The addresses that design §6
    keeps stable stand in one list, by which base and org may link to them."""
    wrong: Findings = []
    for module in sources.modules():
        if module.dotted == "base.rules.addresses":
            continue
        for text, node in written.constants(module):
            other = sources.owner_of_path(text)
            if other and not may_know(module.app, other):
                wrong.append(f"{module.at(node)} {text} of {other}")
    for template in sources.templates():
        for found in sources.WRITTEN_PATH.finditer(template.text):
            other = sources.owner_of_path(found.group(1))
            if other and not may_know(template.app, other):
                wrong.append(f"{template.at(found.start())} {found.group(1)} of {other}")

    assert not wrong, "\n".join(wrong)


def test_named_templates_are_of_the_same_app_or_below() -> None:
    """Wherever a template's name is written: rendered, put into a context, given to a slot."""
    owners = sources.template_apps()
    wrong: Findings = []
    for module in sources.modules():
        for name, node in written.constants(module):
            if not sources.TEMPLATE_NAME.fullmatch(name) or name.startswith("django/"):
                continue
            other = owners.get(name)
            if other is None or not may_know(module.app, other):
                wrong.append(f"{module.at(node)} → {name} of {other or 'nobody'}")

    assert not wrong, "\n".join(wrong)


def test_jobs_are_deferred_downwards_and_exist() -> None:
    from huiyin.base.services import jobs

    owners = {name: sources.app_of(f.__module__) for name, f in jobs.registered().items()}
    wrong: Findings = []
    for module, function, call in sources.calls_in_functions("defer"):
        if module.dotted == "base.services.jobs":
            continue  # defines it
        names = written.strings(call.args[0], module, function)
        if names is None:
            wrong.append(f"{module.at(call)} a name that cannot be followed")
        for name, said in names or ():
            other = owners.get(name)
            if other is None or not may_know(said.app, other):
                wrong.append(f"{module.at(call)} → {name} of {other or 'nobody'}")

    assert not wrong, "\n".join(wrong)
