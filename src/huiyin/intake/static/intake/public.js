/* Resident pages of intake. Every page works without it; it makes them quicker.
   data-report      the report form becomes two steps; answers are kept in this tab until they are sent
   data-look        what the words call for, asked for while somebody writes
   data-recorder    a voice message of so many seconds at most, instead of the file field
   data-photos      photos are made smaller before they travel, and can be taken out again
   data-send        a second press does not send twice
   data-copy        copies its text
   data-sent        on the end page: what was kept in this tab is forgotten */
(function () {
  "use strict";

  var doc = document;
  var KEEP = "huiyin-report";
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function one(selector, root) { return (root || doc).querySelector(selector); }
  function show(element, yes) { if (element) { element.hidden = !yes; } }
  function kept() { try { return JSON.parse(sessionStorage.getItem(KEEP) || "{}"); } catch (e) { return {}; } }
  function keep(values) { try { sessionStorage.setItem(KEEP, JSON.stringify(values)); } catch (e) { /* full or forbidden */ } }
  function forget() { try { sessionStorage.removeItem(KEEP); } catch (e) { /* forbidden */ } }

  /* answers stay in this tab: reload, the choice of another place, a lost page ------------ */
  var LEFT_OUT = /^(csrfmiddlewaretoken|client_id|place|via|photos|sound)$/;
  function valuesOf(form) {
    var values = {};
    all("input, textarea, select", form).forEach(function (field) {
      if (!field.name || LEFT_OUT.test(field.name) || field.type === "file") { return; }
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) { values[field.name] = field.value; }
      } else if (field.value) { values[field.name] = field.value; }
    });
    return values;
  }
  function fill(form, values) {
    all("input, textarea, select", form).forEach(function (field) {
      var value = values[field.name];
      if (value === undefined || LEFT_OUT.test(field.name)) { return; }
      if (field.type === "radio" || field.type === "checkbox") { field.checked = field.value === value; }
      else if (!field.value) { field.value = value; }
    });
  }

  /* the report in two steps ---------------------------------------------------------------- */
  function steps(form) {
    var parts = all("[data-step]", form);
    var back = one("[data-step-back]");
    var backWord = back ? one("span", back).textContent : "";
    function at() { return window.location.hash === "#contact" ? 1 : 0; }
    function draw(moved) {
      var here = at();
      parts.forEach(function (part, n) { show(part, n === here); });
      show(one("[data-step-next]", form), true);
      if (back) { one("span", back).textContent = here ? "上一步" : backWord; }
      if (moved) {
        window.scrollTo(0, 0);
        var head = one("h1, h2", parts[here]);
        head.tabIndex = -1;
        head.focus({ preventScroll: true });
      }
    }
    function ready() {
      var text = one("[name=text]", form), place = one("[name=place_text]", form);
      var sound = one("[name=sound]", form);
      if (!text.value.trim() && !(sound && sound.files.length)) { return complain(text, "还没有写发生了什么，请写一两句，或录一段话"); }
      if (place.required && !place.value.trim()) { return complain(place, "还不知道在哪里，请写村、路、门店或附近的标志"); }
      return true;
    }
    one("[data-step-next] button", form).addEventListener("click", function () {
      if (ready()) { window.location.hash = "contact"; }
    });
    if (back) {
      back.addEventListener("click", function (event) {
        if (at()) { event.preventDefault(); window.history.back(); }
      });
    }
    window.addEventListener("hashchange", function () { draw(true); });
    var wrong = one(".hy-field--wrong", form);
    if (wrong) {
      // Errors of both steps are to be seen, whatever step they belong to.
      parts.forEach(function (part) { show(part, true); });
      return;
    }
    if (at() && !one("[name=text]", form).value.trim()) { window.history.replaceState(null, "", window.location.pathname + window.location.search); }
    draw(false);
  }
  function complain(field, words) {
    var box = field.closest(".hy-field");
    var line = one(".hy-field__error", box);
    if (!line) {
      line = doc.createElement("p");
      line.className = "hy-field__error";
      line.setAttribute("role", "alert");
      field.parentNode.insertBefore(line, field);
    }
    line.textContent = words;
    box.classList.add("hy-field--wrong");
    field.focus();
    field.addEventListener("input", function () { line.remove(); box.classList.remove("hy-field--wrong"); }, { once: true });
    return false;
  }

  /* contact choice follows the kind until somebody chooses -------------------------------------- */
  function contactFollowsKind(form) {
    var fits = {}, chosen = !!one("[name=choice]:checked", form);
    form.dataset.choices.trim().split(/\s+/).forEach(function (pair) { fits[pair.split(":")[0]] = pair.split(":")[1]; });
    function follow() {
      var kind = one("[name=kind]:checked", form);
      if (kind && !chosen) { one("[name=choice][value=" + fits[kind.value] + "]", form).checked = true; }
      var about = one("[data-about]", form);
      if (about) { show(about, kind && (kind.value === "complaint" || kind.value === "accusation")); }
    }
    all("[name=choice]", form).forEach(function (radio) { radio.addEventListener("change", function () { chosen = true; }); });
    all("[name=kind]", form).forEach(function (radio) { radio.addEventListener("change", follow); });
    follow();
  }

  /* what the words call for ---------------------------------------------------------------------- */
  function looking(form) {
    var text = one("[name=text]", form), timer, before = text.value.trim();
    text.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        var now = text.value.trim();
        if (now !== before && now.length > 1 && window.htmx) { before = now; window.htmx.trigger(form, "look"); }
      }, 600);
    });
    if (before && window.htmx) { window.setTimeout(function () { window.htmx.trigger(form, "look"); }, 0); }
  }

  /* photos: smaller before they travel ------------------------------------------------------------ */
  var LONGEST = 2048;
  function smaller(file) {
    return new Promise(function (resolve) {
      if (file.size < 400 * 1024 || !/^image\//.test(file.type)) { resolve(file); return; }
      var image = new Image(), address = URL.createObjectURL(file);
      image.onload = function () {
        var share = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
        var canvas = doc.createElement("canvas");
        canvas.width = Math.round(image.naturalWidth * share);
        canvas.height = Math.round(image.naturalHeight * share);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(function (blob) {
          resolve(blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file);
        }, "image/jpeg", 0.85);
      };
      image.onerror = function () { URL.revokeObjectURL(address); resolve(file); };
      image.src = address;
    });
  }
  function photos(box) {
    var field = one("input[type=file]", box), list = one("[data-photos-list]", box), chosen = [];
    if (typeof DataTransfer !== "function") { return; }
    var add = one("[data-photos-add]", box);
    show(add, true);
    box.classList.add("hy-photos--live");
    field.classList.add("hy-behind");
    function put() {
      var carrier = new DataTransfer();
      one("span", add).textContent = chosen.length ? "再加" : "加照片";
      show(add, chosen.length < 6);
      chosen.forEach(function (file) { carrier.items.add(file); });
      field.files = carrier.files;
      list.textContent = "";
      chosen.forEach(function (file, n) {
        var item = doc.createElement("li"), image = doc.createElement("img"), off = doc.createElement("button");
        image.src = URL.createObjectURL(file);
        image.alt = "第 " + (n + 1) + " 张照片";
        off.type = "button";
        off.className = "btn btn-secondary";
        off.textContent = "×";
        off.setAttribute("aria-label", "去掉第 " + (n + 1) + " 张");
        off.addEventListener("click", function () { chosen.splice(n, 1); put(); });
        item.appendChild(image);
        item.appendChild(off);
        list.appendChild(item);
      });
    }
    field.addEventListener("change", function () {
      Promise.all(Array.prototype.slice.call(field.files).map(smaller)).then(function (files) {
        chosen = chosen.concat(files).slice(0, 6);
        put();
      });
    });
  }

  /* a voice message --------------------------------------------------------------------------------- */
  function recorder(box) {
    if (!window.MediaRecorder || !navigator.mediaDevices || typeof DataTransfer !== "function") { return; }
    var live = one("[data-recorder-live]", box), most = Number(box.dataset.recorder);
    var field = one("input[type=file]", box), start = one("[data-recorder-start]", box);
    var on = one("[data-recorder-on]", box), done = one("[data-recorder-done]", box);
    var time = one("[data-recorder-time]", box), error = one("[data-recorder-error]", box);
    var running = null, clock = null;
    show(one("[data-recorder-file]", box), false);
    show(live, true);
    function stop() { if (running && running.state !== "inactive") { running.stop(); } }
    function put(blob) {
      var carrier = new DataTransfer();
      if (blob) { carrier.items.add(new File([blob], "voice", { type: blob.type })); }
      field.files = carrier.files;
    }
    start.addEventListener("click", function () {
      show(error, false);
      navigator.mediaDevices.getUserMedia({ audio: true }).then(function (stream) {
        var pieces = [], left = most;
        running = new MediaRecorder(stream);
        running.addEventListener("dataavailable", function (event) { pieces.push(event.data); });
        running.addEventListener("stop", function () {
          window.clearInterval(clock);
          stream.getTracks().forEach(function (track) { track.stop(); });
          var blob = new Blob(pieces, { type: running.mimeType });
          put(blob);
          one("audio", done).src = URL.createObjectURL(blob);
          show(on, false);
          show(done, true);
        });
        running.start();
        show(start, false);
        show(on, true);
        time.textContent = "还可以说 " + left + " 秒";
        clock = window.setInterval(function () {
          left -= 1;
          time.textContent = "还可以说 " + left + " 秒";
          if (left <= 0) { stop(); }
        }, 1000);
      }).catch(function () {
        error.textContent = "用不了麦克风：请在浏览器里允许录音，或直接写几个字。";
        show(error, true);
      });
    });
    one("[data-recorder-stop]", box).addEventListener("click", stop);
    one("[data-recorder-again]", box).addEventListener("click", function () { put(null); show(done, false); show(start, true); });
  }

  /* one press sends once ------------------------------------------------------------------------------- */
  function sendsOnce(form) {
    form.addEventListener("submit", function () {
      var button = one("[data-send]", form);
      var words = button.textContent;
      window.setTimeout(function () { button.disabled = true; button.textContent = "正在送出…"; }, 0);
      // Back from the next page: the button works again.
      window.addEventListener("pageshow", function () { button.disabled = false; button.textContent = words; }, { once: true });
    });
  }

  function ready() {
    var form = one("form[data-report]");
    if (form) {
      if (!one(".hy-field--wrong", form) && !one(".hy-errors")) { fill(form, kept()); }
      form.addEventListener("input", function () { keep(valuesOf(form)); });
      form.addEventListener("change", function () { keep(valuesOf(form)); });
      contactFollowsKind(form);
      all("[data-photos]", form).forEach(photos);
      all("[data-recorder]", form).forEach(recorder);
      steps(form);
      looking(form);
    }
    var voice = one("form[data-voice]");
    if (voice) { fill(voice, kept()); }
    all("form").forEach(function (f) { if (one("[data-send]", f)) { sendsOnce(f); } });
    if (doc.body.hasAttribute("data-sent")) { forget(); }
    all("[data-copy]").forEach(function (button) {
      if (!navigator.clipboard) { return; }
      show(button, true);
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(button.dataset.copy).then(function () { button.textContent = "已复制"; });
      });
    });
  }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
