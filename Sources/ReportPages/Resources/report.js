"use strict";
// What a page does beyond showing: a slider over two pictures, a filter of names, and parts that turn. All of it is in this file;
// nothing is fetched.
(function () {
  for (const pair of document.querySelectorAll(".pair")) {
    const now = pair.lastElementChild;
    const slider = document.createElement("input");
    slider.type = "range"; slider.min = 0; slider.max = 100; slider.value = 50;
    slider.setAttribute("aria-label", "Before on the left, now on the right");
    const draw = () => { now.style.clipPath = "inset(0 0 0 " + slider.value + "%)"; };
    slider.addEventListener("input", draw);
    pair.classList.add("slider");
    pair.after(slider);
    draw();
  }

  const filter = document.getElementById("filter");
  if (filter) {
    filter.hidden = false;
    const rows = [...document.querySelectorAll(".group .row")].map((row) => [row, row.querySelector("bdi").textContent.toLowerCase()]);
    filter.querySelector("input").addEventListener("input", (event) => {
      const text = event.target.value.toLowerCase();
      let count = 0;
      for (const [row, name] of rows) { row.hidden = !name.includes(text); if (!row.hidden) count += 1; }
      if (text) { for (const group of document.querySelectorAll(".group")) group.open = true; }
      filter.querySelector("output").textContent = text ? count + " of " + rows.length : "";
    });
  }

  // A link to a part opens what it stands in.
  const open = () => { const part = location.hash.length > 1 && document.getElementById(location.hash.slice(1)); if (part) part.scrollIntoView(); };
  window.addEventListener("hashchange", open);

  const array = (Type, text) => {
    const letters = atob(text), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    return new Type(bytes.buffer);
  };
  const vertexCode = "#version 300 es\nin vec3 place; in vec3 shift; in float value; uniform mat3 turn; uniform vec4 view; uniform float factor; out vec3 at; out float level;"
    + "void main() { at = turn * (place + factor * shift); level = value; gl_Position = vec4(at.x * view.x + view.z, at.y * view.y + view.w, -0.3 * at.z, 1.0); }";
  const fragmentCode = "#version 300 es\nprecision highp float; in vec3 at; in float level; uniform vec3 bands[12]; uniform float line; uniform float light; out vec4 color;"
    + "void main() { if (line > 0.5) { color = vec4(0.13, 0.15, 0.18, 1.0); return; }"
    + "int band = int(clamp(floor(level * 12.0), 0.0, 11.0)); float shade = light > 0.5 ? 0.5 + 0.5 * abs(normalize(cross(dFdx(at), dFdy(at))).z) : 1.0; color = vec4(bands[band] * shade, 1.0); }";

  function turnable(place) {
    const data = JSON.parse(place.querySelector("script").textContent);
    const canvas = document.createElement("canvas");
    const gl = canvas.getContext("webgl2", { antialias: true, preserveDrawingBuffer: true });
    const note = document.createElement("p");
    if (!gl) { note.textContent = "This browser has no WebGL 2; the pictures show three views."; place.append(note); return; }
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "The part in space. Drag or use the arrow keys to turn it, + and - to zoom, 0 to begin again.");
    const program = gl.createProgram();
    for (const [kind, code] of [[gl.VERTEX_SHADER, vertexCode], [gl.FRAGMENT_SHADER, fragmentCode]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, code); gl.compileShader(shader); gl.attachShader(program, shader);
    }
    gl.linkProgram(program); gl.useProgram(program);
    const uniform = (name) => gl.getUniformLocation(program, name);
    const [turnPlace, viewPlace, factorPlace, bandsPlace, linePlace, lightPlace] = ["turn", "view", "factor", "bands", "line", "light"].map(uniform);
    const attribute = (name, values, size, type, normalized) => {
      const number = gl.getAttribLocation(program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(number);
      gl.vertexAttribPointer(number, size, type, normalized, 0, 0);
    };
    attribute("place", array(Int16Array, data.places), 3, gl.SHORT, true);
    attribute("shift", array(Float32Array, data.shifts), 3, gl.FLOAT, false);
    const faces = array(Uint32Array, data.faces), lines = array(Uint32Array, data.lines);
    const buffers = [faces, lines].map((values) => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer); gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, values, gl.STATIC_DRAW);
      return buffer;
    });
    const legend = document.createElement("p");
    const show = (field) => {
      attribute("value", array(Uint8Array, field.values), 1, gl.UNSIGNED_BYTE, true);
      gl.uniform3fv(bandsPlace, field.colors);
      legend.textContent = field.name + ": " + field.low + " (dark) to " + field.high + " (light) " + field.unit;
    };
    const first = data.plane ? [0, 0] : [-0.55, -1.08];
    let [around, over] = first, zoom = 1, factor = data.factor;
    const draw = () => {
      const ratio = window.devicePixelRatio || 1;
      canvas.width = Math.max(1, canvas.clientWidth * ratio); canvas.height = Math.max(1, canvas.clientHeight * ratio);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0.965, 0.969, 0.976, 1); gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.enable(gl.DEPTH_TEST); gl.enable(gl.POLYGON_OFFSET_FILL); gl.polygonOffset(1, 1);
      const c = Math.cos(around), s = Math.sin(around), d = Math.cos(over), t = Math.sin(over);
      gl.uniformMatrix3fv(turnPlace, false, [c, d * s, t * s, -s, d * c, t * c, 0, -t, d]);
      const least = Math.min(canvas.width, canvas.height), scale = 1.15 * zoom * least / data.radius;
      gl.uniform4f(viewPlace, scale / canvas.width, scale / canvas.height, 0, 0);
      gl.uniform1f(factorPlace, factor);
      gl.uniform1f(lightPlace, data.plane ? 0 : 1);
      gl.uniform1f(linePlace, 0); gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers[0]); gl.drawElements(gl.TRIANGLES, faces.length, gl.UNSIGNED_INT, 0);
      gl.uniform1f(linePlace, 1); gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers[1]); gl.drawElements(gl.LINES, lines.length, gl.UNSIGNED_INT, 0);
    };
    const controls = document.createElement("div");
    controls.className = "controls";
    const labelled = (text, control) => { const label = document.createElement("label"); label.append(text + " ", control); controls.append(label); };
    const choice = document.createElement("select");
    data.fields.forEach((field, number) => choice.append(new Option(field.name, number)));
    choice.addEventListener("change", () => { show(data.fields[choice.value]); draw(); });
    if (data.fields.length) labelled("Colours", choice);
    if (data.factor > 0) {
      const range = document.createElement("input");
      range.type = "range"; range.min = 0; range.max = 200; range.value = 100;
      range.addEventListener("input", () => { factor = data.factor * range.value / 100; draw(); });
      labelled("Deformation up to ×" + 2 * data.factor, range);
    }
    const move = (x, y) => { around += x; over = Math.max(-Math.PI, Math.min(0.01, over + y)); draw(); };
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener("pointermove", (event) => { if (event.buttons) move(event.movementX / 150, event.movementY / 150); });
    canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom *= Math.exp(-event.deltaY / 600); draw(); }, { passive: false });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[event.key];
      if (step) move(...step);
      else if (event.key === "+" || event.key === "=") { zoom *= 1.15; draw(); }
      else if (event.key === "-") { zoom /= 1.15; draw(); }
      else if (event.key === "0") { [around, over] = first; zoom = 1; draw(); }
      else return;
      event.preventDefault();
    });
    note.textContent = "Drag or use the arrow keys to turn the part, + and - to zoom, 0 to begin again." + (data.note ? " " + data.note : "");
    note.className = "dim";
    place.append(controls, canvas, legend, note);
    if (data.fields.length) show(data.fields[0]);
    else { gl.vertexAttrib1f(gl.getAttribLocation(program, "value"), 0.5); gl.uniform3fv(bandsPlace, Array(36).fill(0.7)); }
    draw();
    new ResizeObserver(draw).observe(canvas);
  }

  for (const place of document.querySelectorAll(".turn")) {
    place.hidden = false;
    const button = place.querySelector("button");
    if (!button) { turnable(place); continue; }
    button.addEventListener("click", () => { button.remove(); turnable(place); place.querySelector("canvas")?.focus(); });
  }
})();
