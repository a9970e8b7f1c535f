/* Pages of cases; every page works without this. CSP: no eval, no inline handlers.
   select[data-search]   becomes a field to type in: unit names, pinyin, arrows, Enter
   [data-preview]        walking the list with j and k shows the case beside it
   [data-bulk]           counts ticked rows; x ticks the row where one is
   [data-map]            a map with the place, grey where no tiles are installed
   [data-fill]           a suggestion that fills the form of dispatch
   Ctrl+Enter            sends the form that has the focus */
(function () {
  "use strict";

  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function make(tag, cls, text) {
    var element = doc.createElement(tag);
    if (cls) { element.className = cls; }
    if (text) { element.textContent = text; }
    return element;
  }

  /* a list of units to type in --------------------------------------------------------------- */
  function optionsOf(select) {
    return all("option", select).filter(function (o) { return o.value; }).map(function (o) {
      return {
        value: o.value, text: o.textContent.trim(), pinyin: o.dataset.pinyin || "", off: o.disabled,
        group: o.parentElement.tagName === "OPTGROUP" ? o.parentElement.label : ""
      };
    });
  }
  function matches(unit, typed) {
    var t = typed.toLowerCase().replace(/\s/g, "");
    return !t || unit.text.toLowerCase().indexOf(t) >= 0 || unit.pinyin.toLowerCase().replace(/\s/g, "").indexOf(t) >= 0;
  }
  function Combo(select) {
    var many = select.multiple, known = optionsOf(select), shown = [], at = -1, asked = 0, timer = 0;
    var box = make("div", "hy-combo"), input = make("input", "form-control"), list = make("ul", "hy-combo__list");
    var chosen = many ? make("ul", "hy-combo__chosen") : null;
    var id = select.id;
    select.id = id + "_select";
    input.id = id;
    input.type = "text";
    input.autocomplete = "off";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id + "_list");
    if (select.getAttribute("aria-describedby")) { input.setAttribute("aria-describedby", select.getAttribute("aria-describedby")); }
    input.placeholder = many ? "输入名称或拼音，可选多个" : "输入名称或拼音";
    list.id = id + "_list";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    select.hidden = true;
    select.parentNode.insertBefore(box, select);
    if (chosen) { box.appendChild(chosen); }
    [input, list, select].forEach(function (part) { box.appendChild(part); });

    function picked() { return all("option", select).filter(function (o) { return o.selected && o.value; }); }
    function say() {
      if (!many) { input.value = picked().length ? picked()[0].textContent.trim() : ""; return; }
      chosen.textContent = "";
      picked().forEach(function (o) {
        var item = make("li"), drop = make("button", "", o.textContent.trim() + " ×");
        drop.type = "button";
        drop.setAttribute("aria-label", "去掉 " + o.textContent.trim());
        drop.addEventListener("click", function () { o.selected = false; say(); input.focus(); });
        item.appendChild(drop);
        chosen.appendChild(item);
      });
      input.value = "";
    }
    function close() { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
    function mark() {
      all("[role=option]", list).forEach(function (o, i) {
        o.setAttribute("aria-selected", String(i === at));
        if (i === at) { o.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", o.id); }
      });
    }
    function show(units) {
      list.textContent = "";
      shown = units;
      var group = null;
      units.forEach(function (unit, i) {
        if (unit.group !== group) { group = unit.group; if (group) { var head = make("li", "hy-combo__group", group); head.setAttribute("role", "presentation"); list.appendChild(head); } }
        var item = make("li", "hy-combo__option", unit.text);
        item.id = list.id + "_" + i;
        item.setAttribute("role", "option");
        item.setAttribute("aria-disabled", String(unit.off));
        item.addEventListener("mousedown", function (event) { event.preventDefault(); take(unit); });
        list.appendChild(item);
      });
      if (!units.length) { list.appendChild(make("li", "hy-combo__none", "没有找到，试试别的字或拼音首字母")); }
      at = units.findIndex(function (u) { return !u.off; });
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark();
    }
    function take(unit) {
      if (!unit || unit.off) { return; }
      var option = all("option", select).find(function (o) { return o.value === unit.value; });
      if (!option) { option = new Option(unit.text, unit.value); select.appendChild(option); known.push(unit); }
      option.selected = true;
      say();
      close();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function search() {
      var typed = input.value.trim(), here = known.filter(function (u) { return matches(u, typed); });
      show(here.slice(0, 60));
      if (!typed || here.length >= 8) { return; }
      var mine = asked += 1;
      fetch(select.dataset.search + "?q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" }, credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.json() : { units: [] }; })
        .then(function (found) {
          if (mine !== asked || list.hidden) { return; }
          var have = here.map(function (u) { return u.value; });
          var more = found.units.filter(function (u) { return have.indexOf(String(u.id)) < 0; }).map(function (u) {
            var why = "anyUnit" in select.dataset ? "" : u.about ? "（此件反映的单位）" : (u.only_support && !many ? "（只能协办）" : "");
            return { value: String(u.id), text: u.name + why, pinyin: "", off: Boolean(why), group: u.group };
          });
          if (more.length) { show(here.concat(more).slice(0, 60)); }
        });
    }
    input.addEventListener("input", function () { window.clearTimeout(timer); timer = window.setTimeout(search, 120); });
    input.addEventListener("focus", function () { input.select(); });
    input.addEventListener("click", function () { if (list.hidden) { show(known.slice(0, 60)); } });
    input.addEventListener("blur", function () { if (!many && !input.value.trim() && picked().length) { select.value = ""; } say(); close(); });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { show(known.slice(0, 60)); return; }
        var step = event.key === "ArrowDown" ? 1 : -1, next = at + step;
        while (shown[next] && shown[next].off) { next += step; }
        if (shown[next]) { at = next; mark(); }
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        take(shown[at]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        say();
        close();
      } else if (event.key === "Backspace" && many && !input.value) {
        var last = picked().pop();
        if (last) { last.selected = false; say(); }
      }
    });
    say();
    select.addEventListener("hy:filled", say);
  }

  /* a suggestion fills the form -------------------------------------------------------------- */
  function fill(link) {
    var done = false;
    ["lead", "support", "category"].forEach(function (key) {
      var field = doc.querySelector("form[data-act] [name=" + key + "]"), wanted = (link.dataset[key] || "").split(",").filter(Boolean);
      if (!wanted.length || !field) { return; }
      if (field.tagName !== "SELECT") { field.value = wanted[0]; return; }
      wanted.forEach(function (value) {
        var option = all("option", field).find(function (o) { return o.value === value; });
        if (!option && key === "lead") { option = new Option(link.dataset.leadName || value, value); field.appendChild(option); }
        if (option && !option.disabled) { option.selected = true; done = done || key === "lead"; }
      });
      field.dispatchEvent(new Event("hy:filled"));
    });
    return done;
  }

  /* the inbox: the case beside the list as one walks ------------------------------------------ */
  var preview = 0;
  function narrow() { return window.matchMedia("(max-width: 767px)").matches; }
  doc.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      var form = event.target.closest && event.target.closest("form");
      var button = form && form.querySelector("[data-submit]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") { return; }
    if (event.key === "x") {
      var row = doc.activeElement && doc.activeElement.closest ? doc.activeElement.closest("tr") : null;
      var pick = (row || doc.querySelector("tr.hy-here") || doc.createElement("tr")).querySelector("[data-pick]");
      if (pick && doc.querySelectorAll("[data-key=x]").length === 0) { pick.click(); event.preventDefault(); }
    }
    if ((event.key === "j" || event.key === "k") && doc.querySelector("[data-preview]") && !narrow()) {
      window.clearTimeout(preview);
      preview = window.setTimeout(function () {
        var link = doc.activeElement;
        if (link && link.matches("[data-preview] [data-main]") && window.htmx) { open(link, true); }
      }, 220);
    }
  });
  function open(link, keep) {
    all("[data-preview] > li").forEach(function (li) { li.classList.toggle("hy-here", li.contains(link)); });
    all("[data-preview] [aria-current]").forEach(function (a) { a.removeAttribute("aria-current"); });
    link.setAttribute("aria-current", "true");
    if (keep) { window.htmx.trigger(link, "click"); }
  }
  doc.addEventListener("htmx:confirm", function (event) {
    var link = event.detail.elt;
    if (link.matches && link.matches("[data-preview] [data-main]")) {
      if (narrow()) { event.preventDefault(); window.location.assign(link.href); return; }
      open(link, false);
    }
  });
  /* the pane shows what was asked for last, whichever answer arrives last */
  var awaited = null;
  doc.addEventListener("htmx:beforeSend", function (event) {
    if (event.detail.target && event.detail.target.id === "pane") { awaited = event.detail.xhr; }
  });
  doc.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target.id === "pane" && awaited !== event.detail.xhr) { event.detail.shouldSwap = false; return; }
    var status = event.detail.xhr.status;
    if (status === 404 || status === 403 || status >= 500) { event.detail.shouldSwap = false; window.location.reload(); }
  });

  /* the letter of an action whose form is open leads into its first field */
  doc.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-into-form]") : null;
    if (!button) { return; }
    var field = all("input, textarea, select", button.closest("form")).find(function (f) { return f.type !== "hidden" && f.getClientRects().length > 0; });
    if (field) { field.focus(); }
  });

  /* ticked rows ------------------------------------------------------------------------------- */
  function count() {
    var picks = all("[data-pick]"), n = picks.filter(function (p) { return p.checked; }).length;
    picks.forEach(function (p) { var row = p.closest("tr"); if (row) { row.classList.toggle("hy-picked-row", p.checked); } });
    all("[data-picked]").forEach(function (word) { word.textContent = n ? "已选 " + n + " 件：" : "勾选后可以："; });
    all("[data-bulk] button[formaction]").forEach(function (b) { b.disabled = n === 0; });
    var every = doc.querySelector("[data-pick-all]");
    if (every) { every.checked = n > 0 && n === picks.length; every.indeterminate = n > 0 && n < picks.length; }
  }
  doc.addEventListener("change", function (event) {
    if (event.target.matches("[data-pick-all]")) { all("[data-pick]").forEach(function (p) { p.checked = event.target.checked; }); }
    if (event.target.matches("[data-pick], [data-pick-all]")) { count(); }
  });

  /* map --------------------------------------------------------------------------------------- */
  function map(box) {
    if (!window.L || box.dataset.mapped) { return; }
    box.dataset.mapped = "1";
    var at = [parseFloat(box.dataset.lat), parseFloat(box.dataset.lng)];
    var view = window.L.map(box, { attributionControl: false, zoomControl: true, scrollWheelZoom: false }).setView(at, 15);
    if (box.dataset.tiles) { window.L.tileLayer(box.dataset.tiles, { maxZoom: 18, subdomains: "01234567" }).addTo(view); }
    window.L.control.scale({ imperial: false }).addTo(view);
    window.L.circleMarker(at, { radius: 8, color: "#1d4f91", weight: 3, fillColor: "#1d4f91", fillOpacity: 0.25 }).addTo(view);
  }

  doc.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("[data-fill]") : null;
    if (link && fill(link)) {
      event.preventDefault();
      var form = doc.querySelector("form[data-act]");
      if (form) { form.scrollIntoView({ block: "nearest" }); var send = form.querySelector("[data-submit]"); if (send) { send.focus(); } }
    }
  });

  function ready() {
    all("select[data-search]").forEach(function (select) { if (!select.dataset.combo) { select.dataset.combo = "1"; Combo(select); } });
    all("[data-map]").forEach(map);
    var here = doc.querySelector("[data-preview] > .hy-here");
    if (here && !narrow()) { here.scrollIntoView({ block: "nearest" }); }
    var hint = doc.querySelector("[data-empty-pane]"), first = doc.querySelector("[data-preview] [data-main]");
    if (hint && first && window.htmx && !narrow()) { hint.removeAttribute("data-empty-pane"); window.htmx.ajax("GET", first.getAttribute("hx-get"), { target: "#pane" }).then(function () { if (!doc.querySelector("[data-preview] > .hy-here")) { open(first, false); } }); }
    if (doc.querySelector("[data-bulk]")) { all("[data-pick-all-label]").forEach(function (l) { l.hidden = false; }); count(); }
  }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
  doc.addEventListener("htmx:afterSettle", ready);
})();
