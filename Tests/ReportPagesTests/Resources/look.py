"""Looks at reports in headless Chromium and prints as JSON what a reader would meet, an object for each page.

    look.py ADDRESS [--axe] [--dark] [--print] [--width W] [--png FILE] [--full] [--turn] [--slide] [--keys] [--serve FOLDER] [+ ADDRESS ...]

ADDRESS is a file, or with --serve the name of a page in a folder, which a local server then sends with the policy of
Jenkins: sandbox; default-src 'none'; img-src 'self'; style-src 'self'.
"""

import argparse
import functools
import http.server
import json
import pathlib
import sys
import threading
import time

from playwright.sync_api import sync_playwright

POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'"


class Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Strict, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


FACTS = """() => {
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; };
  const images = [...document.images].filter(seen);
  return {
    answer: document.querySelector("h1")?.textContent ?? "",
    answerBottom: document.querySelector("h1")?.getBoundingClientRect().bottom ?? -1,
    images: images.length,
    broken: images.filter((i) => i.complete && i.naturalWidth === 0).length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    styled: getComputedStyle(document.querySelector("main")?.parentElement ?? document.body).maxWidth !== "none",
    paper: getComputedStyle(document.body).backgroundColor,
    links: [...document.links].map((a) => a.getAttribute("href")),
  };
}"""

# Pixels of the canvas, counted by colour: a part that is drawn has more than its paper.
COLORS = """() => {
  const c = document.querySelector("canvas"), gl = c.getContext("webgl2"), p = new Uint8Array(4 * c.width * c.height);
  gl.readPixels(0, 0, c.width, c.height, gl.RGBA, gl.UNSIGNED_BYTE, p);
  const colors = new Map();
  for (let i = 0; i < p.length; i += 4) { const k = p[i] << 16 | p[i + 1] << 8 | p[i + 2]; colors.set(k, (colors.get(k) ?? 0) + 1); }
  let sum = 0; for (let i = 0; i < p.length; i += 4) sum = (sum * 31 + p[i] + 7 * p[i + 1]) % 1000003;
  return { colors: colors.size, most: Math.max(...colors.values()) / (p.length / 4), sum };
}"""


def arguments_of(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--serve")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--png")
    for flag in ["full", "axe", "dark", "turn", "slide", "keys", "print"]:
        parser.add_argument("--" + flag, action="store_true")
    return parser.parse_args(words)


def look(browser, arguments):
    base = serve(arguments.serve) if arguments.serve else None
    address = base + arguments.address if base else pathlib.Path(arguments.address).resolve().as_uri()
    found = {"errors": [], "outside": []}
    # Axe is a script of its own, which no policy of a page should stop.
    context = browser.new_context(
        viewport={"width": arguments.width, "height": 800}, bypass_csp=arguments.axe,
        color_scheme="dark" if arguments.dark else "light")
    page = context.new_page()
    # The pictures of the canvas are read by this script, which the driver finds slow.
    page.on("console", lambda m: found["errors"].append(m.text)
            if m.type in ("error", "warning") and "stall due to ReadPixels" not in m.text else None)
    page.on("pageerror", lambda e: found["errors"].append(str(e)))
    page.on("dialog", lambda d: (found["errors"].append("dialog " + d.message), d.dismiss()))

    def note(request):
        own = base or address.rsplit("/", 1)[0] + "/"
        if not request.url.startswith(("data:", own)):
            found["outside"].append(request.url)
    page.on("request", note)
    begin = time.monotonic()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("h1, h2", state="visible", timeout=60000)
    found["firstScreen"] = time.monotonic() - begin
    page.wait_for_load_state("load")
    if arguments.print:
        page.emulate_media(media="print")
    if arguments.full:
        for image in page.query_selector_all("img"):
            image.evaluate("i => { i.loading = 'eager'; return i.decode().catch(() => 0); }")
    found.update(page.evaluate(FACTS))
    if arguments.turn:
        page.locator(".turn button").first.click()
        moves = [page.evaluate(COLORS)]
        page.locator("canvas").first.press("ArrowLeft")
        moves.append(page.evaluate(COLORS))
        box = page.locator("canvas").first.bounding_box()
        page.mouse.move(box["x"] + 100, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 130)
        page.mouse.up()
        found["turn"] = moves + [page.evaluate(COLORS)]
    if arguments.slide:
        slider = page.locator(".pair + input").first
        clip = "() => document.querySelector('.pair').lastElementChild.style.clipPath"
        before = page.evaluate(clip)
        slider.focus()
        for _ in range(10):
            page.keyboard.press("ArrowRight")
        found["slide"] = [before, page.evaluate(clip)]
    if arguments.keys:
        found["keys"] = []
        for _ in range(30):
            page.keyboard.press("Tab")
            found["keys"].append(page.evaluate(
                "() => { const e = document.activeElement; return [e.tagName, e.textContent.slice(0, 40), getComputedStyle(e).outlineStyle]; }"))
    if arguments.axe:
        from axe_playwright_python.sync_playwright import Axe
        result = Axe().run(page).response
        found["violations"] = [
            {"id": v["id"], "nodes": [n["html"][:200] + " | " + (n.get("failureSummary") or "")[:300] for n in v["nodes"][:3]]}
            for v in result["violations"]]
        found["passes"] = len(result["passes"])
    if arguments.png:
        page.screenshot(path=arguments.png, full_page=arguments.full)
    context.close()
    return found


def main():
    groups = [[]]
    for word in sys.argv[1:]:
        if word == "+":
            groups.append([])
        else:
            groups[-1].append(word)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--enable-unsafe-swiftshader", "--force-color-profile=srgb"])
        print(json.dumps([look(browser, arguments_of(words)) for words in groups]))
        browser.close()


main()
