/* Small helpers; every page works without them. No eval, no inline handlers (CSP script-src 'self').
   data-rows        table or list whose rows are walked with j and k (each row holds one main link)
   data-key="a"     a link or button that the single letter presses, when no field has the focus
   data-key-focus="/"  a field that the key focuses
   data-confirm     <details> that becomes a dialog
   data-popover     <details> that closes on Escape or a click beside it
   data-print, data-close, data-back, data-focus */
(function () {
  "use strict";

  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function typing(target) { return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName); }
  function visible(element) { return element.getClientRects().length > 0; }

  /* rows: j, k --------------------------------------------------------------------------- */
  function rowsOfPage() {
    return all("[data-rows] tbody tr, [data-rows] > li").filter(visible);
  }
  function linkOf(row) { return row.querySelector("[data-main]") || row.querySelector("a[href]"); }
  function step(by) {
    var rows = rowsOfPage();
    if (!rows.length) { return; }
    var here = rows.findIndex(function (row) { return row.contains(doc.activeElement); });
    if (here < 0) { here = rows.findIndex(function (row) { return row.classList.contains("hy-here"); }); }
    var next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
    rows.forEach(function (row) { row.classList.remove("hy-here"); });
    rows[next].classList.add("hy-here");
    var link = linkOf(rows[next]);
    if (link) { link.focus({ preventScroll: true }); }
    rows[next].scrollIntoView({ block: "nearest" });
  }

  /* the list of keys: ? ------------------------------------------------------------------ */
  function keysOfPage() {
    var keys = [];
    if (rowsOfPage().length) { keys.push(["j  k", "下一行、上一行"], ["Enter", "打开这一行"]); }
    all("[data-key-focus]").forEach(function (field) {
      keys.push([field.dataset.keyFocus, field.getAttribute("aria-label") || "搜索"]);
    });
    all("[data-key]").filter(visible).forEach(function (element) {
      keys.push([element.dataset.key, element.dataset.keyLabel || element.textContent.trim().replace(/\s+\S$/, "")]);
    });
    keys.push(["?", "打开这张表"], ["Esc", "关闭"]);
    return keys;
  }
  function showDialog(heading, parts) {
    var dialog = doc.createElement("dialog");
    dialog.className = "hy-dialog";
    dialog.setAttribute("aria-label", heading);
    var title = doc.createElement("h2"), button = doc.createElement("button");
    title.textContent = heading;
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = "关闭";
    button.addEventListener("click", function () { dialog.close(); });
    [title].concat(parts, [button]).forEach(function (part) { dialog.appendChild(part); });
    dialog.addEventListener("close", function () { dialog.remove(); });
    doc.body.appendChild(dialog);
    dialog.showModal();
  }
  function showKeys() {
    var list = doc.createElement("dl");
    list.className = "hy-keys";
    keysOfPage().forEach(function (pair) {
      var key = doc.createElement("dt"), word = doc.createElement("dd"), cap = doc.createElement("kbd");
      cap.textContent = pair[0];
      key.appendChild(cap);
      word.textContent = pair[1];
      list.appendChild(key);
      list.appendChild(word);
    });
    showDialog("快捷键", [list]);
  }
  function explain(link) {
    var parts = [link.dataset.explain, link.dataset.explainMore].filter(Boolean).map(function (text) {
      var p = doc.createElement("p");
      p.textContent = text;
      return p;
    });
    showDialog(link.getAttribute("aria-label").replace(/是什么$/, ""), parts);
  }

  doc.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      all("details[data-popover][open]").forEach(function (open) {
        open.open = false;
        open.querySelector("summary").focus();
      });
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (typing(event.target) || doc.querySelector("dialog[open]")) { return; }
    if (event.key === "j" || event.key === "k") { step(event.key === "j" ? 1 : -1); event.preventDefault(); return; }
    if (event.key === "?" || event.key === "？") { showKeys(); event.preventDefault(); return; }
    var field = all("[data-key-focus]").find(function (f) { return f.dataset.keyFocus === event.key; });
    if (field) { field.focus(); field.select(); event.preventDefault(); return; }
    var act = all("[data-key]").find(function (e) { return e.dataset.key === event.key && visible(e); });
    if (act) { act.click(); event.preventDefault(); }
  });

  /* an act that cannot be undone: its <details> becomes a dialog --------------------------- */
  function asDialog(details) {
    var body = details.querySelector(".hy-confirm__body");
    var summary = details.querySelector("summary");
    var dialog = doc.createElement("dialog");
    dialog.className = "hy-dialog";
    var title = body.querySelector("h2");
    if (title) { dialog.setAttribute("aria-label", title.textContent); }
    doc.body.appendChild(dialog);
    dialog.appendChild(body);
    body.classList.add("hy-confirm__body--dialog");
    dialog.addEventListener("close", function () {
      body.classList.remove("hy-confirm__body--dialog");
      details.appendChild(body);
      dialog.remove();
      summary.focus();
    });
    dialog.showModal();
    var first = body.querySelector("select, textarea, input:not([type=hidden])") || body.querySelector("[data-close]");
    if (first) { first.focus(); } /* never the button that cannot be undone */
  }

  doc.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    var summary = target.closest("details[data-confirm] > summary");
    if (summary && typeof HTMLDialogElement === "function") {
      event.preventDefault();
      asDialog(summary.parentElement);
      return;
    }
    var unknown = target.closest("[data-explain]");
    if (unknown && typeof HTMLDialogElement === "function") { event.preventDefault(); explain(unknown); }
    if (target.closest("[data-close]")) { var open = target.closest("dialog"); if (open) { open.close(); } }
    if (target.closest("[data-print]")) { window.print(); }
    if (target.closest("[data-back]")) { event.preventDefault(); window.history.back(); }
    all("details[data-popover][open]").forEach(function (menu) { if (!menu.contains(target)) { menu.open = false; } });
  });

  /* explanations are printed open */
  window.addEventListener("beforeprint", function () {
    all("details.hy-due:not([open])").forEach(function (d) { d.open = true; d.dataset.closedAgain = "1"; });
  });
  window.addEventListener("afterprint", function () {
    all("details[data-closed-again]").forEach(function (d) { d.open = false; delete d.dataset.closedAgain; });
  });

  function ready() {
    all("[data-print][hidden], [data-close][hidden], [data-back][hidden]").forEach(function (e) { e.hidden = false; });
    var first = doc.querySelector("[data-focus]");
    if (first) { first.focus(); }
  }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
  doc.addEventListener("htmx:afterSwap", ready);
})();
