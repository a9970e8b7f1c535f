/* A point on the map: Leaflet comes only when somebody asks for the map.
   [data-point]         address of the known places around; without tiles they are what one sees
   data-point-datum     the value of [name=datum] that a tap means, where the form asks for one
   data-point-hint, data-point-none, data-point-failed: what is said before a tap, where nothing is
   known, and when the map does not come
   Nobody is asked for a position, and the browser's own is never read. */
(function () {
  "use strict";

  var doc = document, NAMES_AT = 14;
  function one(selector, root) { return root.querySelector(selector); }

  function fetched(box) {
    var style = doc.createElement("link");
    style.rel = "stylesheet";
    style.href = box.dataset.pointStyle;
    var styled = new Promise(function (done, failed) { style.onload = done; style.onerror = failed; });
    var script = doc.createElement("script");
    script.src = box.dataset.pointScript;
    var ready = new Promise(function (done, failed) { script.onload = done; script.onerror = failed; });
    doc.head.appendChild(style);
    doc.head.appendChild(script);
    var places = window.fetch(box.dataset.point, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    });
    return Promise.all([places, styled, ready]).then(function (all) { return all[0]; });
  }

  function say(box, words) { one("[data-point-say]", box).textContent = words; }

  function start(box) {
    var lat = one("[name=latitude]", box), lng = one("[name=longitude]", box);
    var clear = one("[data-point-clear]", box), marker = null, map = null;
    var hint = box.dataset.pointHint, tapped = one('[name=datum][value="' + box.dataset.pointDatum + '"]', box);

    function mark(at) {
      if (marker) { map.removeLayer(marker); }
      marker = window.L.circleMarker(at, { radius: 11, color: "#1d4f91", weight: 3, fillColor: "#1d4f91", fillOpacity: 0.35, interactive: false }).addTo(map);
      clear.hidden = false;
    }

    function put(at) {
      mark(at);
      lat.value = at.lat.toFixed(5);
      lng.value = at.lng.toFixed(5);
      if (tapped) { tapped.checked = true; }
      say(box, "点好了。点错了就再点一次。");
    }

    function draw(known) {
      var L = window.L, own = lat.value && lng.value && (!tapped || tapped.checked);
      var from = own && !isNaN(+lat.value) && !isNaN(+lng.value) ? L.latLng(+lat.value, +lng.value) : null;
      map = L.map(one("[data-point-map]", box), { attributionControl: false, minZoom: 8, maxZoom: 18 }).setView(from || known.centre, known.zoom);
      map.zoomControl.setPosition("bottomright");
      if (box.dataset.tiles) { L.tileLayer(box.dataset.tiles, { maxZoom: 18, subdomains: "01234567" }).addTo(map); }
      L.control.scale({ imperial: false }).addTo(map);
      names(map, known.places);
      map.on("click", function (event) { put(event.latlng.wrap()); });
      if (from) { mark(from); }
    }

    clear.addEventListener("click", function () {
      if (marker) { map.removeLayer(marker); }
      marker = null;
      lat.value = lng.value = "";
      clear.hidden = true;
      say(box, "已去掉。" + hint);
    });

    return fetched(box).then(function (known) {
      if (!known.centre) {
        say(box, box.dataset.pointNone);
        one("[data-point-map]", box).hidden = true;
        return;
      }
      draw(known);
    });
  }

  /* known places as points; names only where they do not cover one another */
  function names(map, places) {
    var L = window.L;
    var all = places.map(function (place) {
      var text = doc.createElement("span");
      text.textContent = place.name;
      var mark = L.marker(place.at, { interactive: false, keyboard: false, icon: L.divIcon({ className: place.community ? "hy-point__town" : "hy-point__name", html: text, iconSize: null }) });
      if (!place.community) { L.circleMarker(place.at, { radius: 4, color: "#5b6776", weight: 1, fillColor: "#5b6776", fillOpacity: 0.6, interactive: false }).addTo(map); }
      return { place: place, mark: mark };
    });
    function arrange() {
      var near = map.getZoom() >= NAMES_AT, taken = [];
      all.slice().sort(function (a, b) { return (a.place.community === near) - (b.place.community === near); }).forEach(function (one) {
        var at = map.latLngToContainerPoint(one.place.at), wide = one.place.name.length * 14 + 14;
        var box = [at.x, at.y - 10, at.x + wide, at.y + 12];
        var free = map.getBounds().contains(one.place.at) && taken.every(function (t) { return box[0] > t[2] || box[2] < t[0] || box[1] > t[3] || box[3] < t[1]; });
        if (free) { taken.push(box); one.mark.addTo(map); } else { one.mark.remove(); }
      });
    }
    map.on("zoomend moveend resize", arrange);
    arrange();
  }

  function ready() {
    var box = doc.querySelector("[data-point]");
    if (!box || !window.fetch) { return; }
    var open = one("[data-point-open]", box), shown = one("[data-point-shown]", box), begun = false;
    box.hidden = open.hidden = false;
    open.addEventListener("click", function () {
      shown.hidden = !shown.hidden;
      open.setAttribute("aria-expanded", String(!shown.hidden));
      if (begun || shown.hidden) { return; }
      begun = true;
      start(box).catch(function () {
        begun = false;
        say(box, box.dataset.pointFailed);
        one("[data-point-map]", box).hidden = true;
      });
    });
    if (one("[name=latitude]", box).value) { open.click(); }
  }
  if (doc.readyState === "loading") { doc.addEventListener("DOMContentLoaded", ready); } else { ready(); }
})();
