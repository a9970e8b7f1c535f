/* The desk by keyboard. Every page works without it; it makes them quicker.
   data-desk        the entry: Ctrl+Enter files, Enter goes on to the next field, Esc leaves a field
   data-combo       places while typing: arrows, Enter takes, Esc closes
   data-guess       what the words look like; pressed for the desk until a person chooses
   data-send        a second press does not send twice
   data-desk-sent   on the end page: what was kept in this tab is forgotten */
(function () {
  "use strict";

  var doc = document;
  var KEEP = "huiyin-desk";
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function one(selector, root) { return (root || doc).querySelector(selector); }

  /* an unsent entry survives a reload, in this tab, for this person ------------------------- */
  var LEFT_OUT = /^(csrfmiddlewaretoken|client_id|post|action)$/;
  function forget() { try { sessionStorage.removeItem(KEEP); } catch (e) { /* forbidden */ } }
  function keep(form) {
    var values = {};
    all("input, textarea, select", form).forEach(function (field) {
      if (!field.name || LEFT_OUT.test(field.name)) { return; }
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) { values[field.name] = field.value; }
      } else if (field.value) { values[field.name] = field.value; }
    });
    try { sessionStorage.setItem(KEEP, JSON.stringify({ person: form.dataset.person, values: values })); } catch (e) { /* full or forbidden */ }
  }
  function restore(form) {
    var kept;
    try { kept = JSON.parse(sessionStorage.getItem(KEEP) || "null"); } catch (e) { return; }
    if (!kept || kept.person !== form.dataset.person) { forget(); return; }
    all("input, textarea, select", form).forEach(function (field) {
      var value = kept.values[field.name];
      if (value === undefined || LEFT_OUT.test(field.name)) { return; }
      if (field.type === "radio" || field.type === "checkbox") { field.checked = field.value === value; }
      else if (!field.value) { field.value = value; }
    });
    all("details", form).forEach(function (d) {
      if (all("input:not([type=hidden]), textarea, select", d).some(function (f) { return f.type === "checkbox" ? f.checked : f.value; })) { d.open = true; }
    });
  }

  /* Enter goes on: nothing is filed by a slip of the finger while somebody talks -------------- */
  function focusable(form) {
    return all("input, textarea, select, button", form).filter(function (e) {
      return !e.disabled && e.type !== "hidden" && e.tabIndex >= 0 && e.getClientRects().length > 0 && !e.closest("details:not([open])");
    });
  }
  function next(form, from) {
    var fields = focusable(form), at = fields.indexOf(from);
    var radio = from.type === "radio" ? from.name : null;
    for (var i = at + 1; i < fields.length; i += 1) {
      if (radio && fields[i].name === radio) { continue; }
      fields[i].focus();
      return;
    }
  }

  function desk(form) {
    var main = one("[data-default]", form);
    form.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) { return; }
      var target = event.target;
      if (event.altKey && !event.ctrlKey && !event.defaultPrevented) {
        var nth = one("[data-nth='" + event.key.replace(/[^1-9]/g, "") + "']", form);
        if (nth) { event.preventDefault(); nth.checked = true; keep(form); return; }
        /* where the browser does not press access keys by itself */
        var pressed = one("[accesskey='" + event.key.toLowerCase().replace(/[^a-z]/g, "") + "']", form);
        if (pressed) { event.preventDefault(); pressed.click(); }
        return;
      }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); main.click(); return; }
      if (event.key === "Escape" && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) { target.blur(); return; }
      if (event.key === "Enter" && target.tagName === "INPUT" && !event.defaultPrevented) {
        event.preventDefault();
        next(form, target);
      }
    });
    form.addEventListener("input", function () { keep(form); });
    form.addEventListener("change", function (event) { keep(form); label(form, event.target); });
    one("[data-clear]", form).hidden = false;
    one("[data-clear]", form).addEventListener("click", function () { forget(); window.location.href = form.getAttribute("action"); });
    if (!one(".hy-errors", form)) { restore(form); }
    chosenByHand(form);
    label(form, null);
    needsReply(form);
    takePlace(form);
    if (!one(".hy-errors", form)) { one("[name=phone]", form).focus(); }
    if (window.htmx && one("[name=text]", form).value) { window.setTimeout(function () { look(form); }, 0); }
  }
  function look(form) { if (window.htmx) { window.htmx.trigger(one("#desk-hints", form), "desk-look"); } }

  /* the words choose kind, urgency and who may call back, until a person does ----------------- */
  function chosenByHand(form) {
    ["kind", "urgency", "choice"].forEach(function (name) {
      if (one("[name=" + name + "]:checked", form)) { form.dataset["by" + name] = "hand"; }
      all("[name=" + name + "]", form).forEach(function (radio) {
        radio.addEventListener("change", function () {
          form.dataset["by" + name] = "hand";
          if (name === "kind") { follow(form); confirmed(form); }
        });
      });
    });
  }
  function confirmed(form) {
    var unsure = one("#desk-kind", form);
    if (unsure) { unsure.hidden = form.dataset.bykind === "hand"; }
  }
  function press(form, name, value) {
    if (!value || form.dataset["by" + name] === "hand") { return; }
    var radio = one("[name=" + name + "][value=" + value + "]", form);
    if (radio) { radio.checked = true; }
  }
  function follow(form) {
    var kind = one("[name=kind]:checked", form);
    form.dataset.choices.trim().split(/\s+/).forEach(function (pair) {
      if (kind && pair.split(":")[0] === kind.value) { press(form, "choice", pair.split(":")[1]); }
    });
  }
  function guess(form) {
    var guessed = one("[data-guess]", form);
    if (!guessed) { return; }
    press(form, "kind", guessed.dataset.kind);
    press(form, "urgency", guessed.dataset.urgency);
    if (!one("[name=kind]:checked", form)) { press(form, "choice", guessed.dataset.choice); }
    confirmed(form);
    var channel = one("[name=tell_channel]", form);
    if (channel && !channel.value && guessed.dataset.channel) { channel.value = guessed.dataset.channel; }
    follow(form);
  }

  /* what the main button will do ---------------------------------------------------------------- */
  function label(form, changed) {
    if (changed && changed.name !== "same") { return; }
    var main = one("[data-default]", form), same = one("[name=same]:checked", form);
    var word = one("span", main);
    if (!same || !same.value) { word.textContent = main.dataset.label; }
    else { word.textContent = same.value.indexOf("voice:") === 0 ? "加一个声音，不立新件" : main.dataset.merge; }
  }

  /* an answer has to be there before it is given -------------------------------------------------- */
  function needsReply(form) {
    all("[data-needs-reply]", form).forEach(function (button) {
      button.addEventListener("click", function (event) {
        var reply = one("[name=reply]", form), channel = one("[name=tell_channel]", form);
        var missing = null;
        if (!reply.value.trim()) { missing = reply; }
        if (button.hasAttribute("data-needs-channel") && !channel.value) { missing = channel; }
        if (missing) {
          event.preventDefault();
          event.stopImmediatePropagation();
          one("[data-reply]", form).open = true;
          missing.focus();
        }
      });
    });
    form.addEventListener("click", function (event) {
      var use = event.target.closest ? event.target.closest("[data-use-answer]") : null;
      if (!use) { return; }
      event.preventDefault();
      var reply = one("[name=reply]", form);
      if (!reply) { return; }
      one("[data-reply]", form).open = true;
      reply.value = one("[data-answer]", use.parentElement).textContent;
      reply.focus();
      keep(form);
    });
  }

  /* the place of the last call ----------------------------------------------------------------------- */
  function takePlace(form) {
    form.addEventListener("click", function (event) {
      var button = event.target.closest ? event.target.closest("[data-take-place]") : null;
      if (!button) { return; }
      one("[name=where]", form).value = button.dataset.placeName;
      one("[name=place]", form).value = button.dataset.takePlace;
      one("[name=place_text]", form).focus();
      keep(form);
      look(form);
    });
  }

  /* places while typing -------------------------------------------------------------------------------- */
  function combo(box) {
    var form = box.closest("form"), input = one("[name=where]", box), list = one(".hy-combo__box", box);
    var token = one("input[type=hidden][name=place]", form);
    function options() { return all("[role=option]", list); }
    function here() { return options().findIndex(function (o) { return o.getAttribute("aria-selected") === "true"; }); }
    function mark(n) {
      options().forEach(function (o, i) { o.setAttribute("aria-selected", String(i === n)); });
      var chosen = options()[n];
      input.setAttribute("aria-activedescendant", chosen ? chosen.id : "");
      if (chosen) { chosen.scrollIntoView({ block: "nearest" }); }
    }
    function close() { list.textContent = ""; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
    function take(option) {
      input.value = option.dataset.name;
      token.value = option.dataset.token;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
      next(form, input);
      look2();
    }
    function look2() { if (one("#desk-hints", form)) { look(form); } }
    input.addEventListener("input", function () { token.value = ""; });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) { return; }
      var n = options().length;
      if (!n) { return; }
      if (event.key === "ArrowDown") { mark((here() + 1) % n); event.preventDefault(); }
      else if (event.key === "ArrowUp") { mark((here() + n - 1) % n); event.preventDefault(); }
      else if (event.key === "Enter" && !event.ctrlKey) { take(options()[Math.max(0, here())]); event.preventDefault(); event.stopPropagation(); }
      else if (event.key === "Escape") { close(); event.preventDefault(); event.stopPropagation(); }
    });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { take(option); }
    });
    list.addEventListener("htmx:afterSwap", function () {
      if (doc.activeElement !== input) { close(); return; }
      input.setAttribute("aria-expanded", String(options().length > 0));
      mark(options().length ? 0 : -1);
    });
    input.addEventListener("blur", function () { window.setTimeout(function () { close(); if (input.value && !token.value) { look2(); } }, 150); });
  }

  /* one press sends once ----------------------------------------------------------------------------------- */
  function sendsOnce(form) {
    form.addEventListener("submit", function () {
      window.setTimeout(function () { all("[data-send]", form).forEach(function (b) { b.disabled = true; }); }, 0);
    });
  }

  function ready() {
    /* huiyin.js focuses what is marked again after each swap: once is enough here */
    all("[data-focus]").forEach(function (e) { e.removeAttribute("data-focus"); });
    all("[data-combo]").forEach(combo);
    all("form").forEach(function (f) { if (one("[data-send]", f)) { sendsOnce(f); } });
    var form = one("form[data-desk]");
    if (form) {
      desk(form);
      doc.body.addEventListener("htmx:afterSwap", function () {
        guess(form);
        label(form, null);
        all("[data-take-place]", form).forEach(function (b) { b.hidden = false; });
      });
      all("[data-take-place]", form).forEach(function (b) { b.hidden = false; });
    }
    if (one("[data-desk-sent]")) { forget(); }
    // Back from the next page: buttons work again, the submission keeps its id.
    window.addEventListener("pageshow", function (event) { if (event.persisted) { all("[data-send]").forEach(function (b) { b.disabled = false; }); } });
  }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
