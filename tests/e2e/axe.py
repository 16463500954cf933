"""What axe says of an open page: every serious rule once, contrast wherever text looks like none that was looked at before.

Contrast is by far the dearest rule, and it sees only how a text looks: its colour, size and weight, what shines through it and
what lies behind it. Text that looks the same on the next page has the same contrast there and is not measured again.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_START = """([isLoaded, known]) => {
  const serious = axe._audit.rules
    .filter((rule) => rule.enabled && ["serious", "critical"].includes(rule.impact))
    .filter((rule) => rule.id !== "color-contrast" && !rule.tags.includes("experimental"))
    .map((rule) => rule.id);
  document.getAnimations().filter((a) => a.effect.getComputedTiming().endTime < Infinity).forEach((a) => a.finish());

  // What stands behind an element and shines through it, from the first that hides all else; where something floats, who it is.
  const behind = new Map();
  const layers = (e) => {
    if (!behind.has(e)) {
      const { backgroundColor, backgroundImage, opacity, position, mixBlendMode, filter } = getComputedStyle(e);
      const hides = backgroundImage === "none" && /^rgb\\(/.test(backgroundColor);
      const floats = ["absolute", "fixed", "sticky"].includes(position) ? e.tagName + "." + e.className : "";
      const own = [backgroundColor, backgroundImage, mixBlendMode, filter].join();
      const [paint, dim] = e.parentElement ? layers(e.parentElement) : ["", ""];
      behind.set(e, [(hides ? "" : paint) + "/" + own + (floats && "@" + floats), dim + (opacity === "1" ? "" : opacity + "*")]);
    }
    return behind.get(e);
  };
  const dress = (e) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
    const look = [color, fontSize, fontWeight, textShadow, ...layers(e)].join("|");
    return [...look].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, look.length);
  };
  const speaks = (e) =>
    e.matches("input, select, textarea, button") || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== "");
  const before = new Set(known);
  const fresh = [];
  const unlike = [...document.body.querySelectorAll("*")].filter((e) => {
    if (!speaks(e) || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const look = dress(e);
    if (before.has(look)) return false;
    before.add(look);
    fresh.push(look);
    return true;
  });

  const run = async (where, values) =>
    (await axe.run(where, { resultTypes: ["violations"], preload: false, runOnly: { type: "rule", values } })).violations;
  const found = async () => [
    ...(isLoaded ? await run(document, serious) : []),
    ...(unlike.length ? await run({ include: unlike }, ["color-contrast"]) : []),
  ];
  const lines = (violation) => violation.nodes.slice(0, 3).map((node) => `axe ${violation.id}: ${node.html.slice(0, 140)}`);
  window.kamAxe = isLoaded || unlike.length ? null : [];
  found().then((told) => told.flatMap(lines), (error) => [`axe failed: ${error}`]).then((told) => (window.kamAxe = told));
  return fresh;
}"""
#: What axe takes longer for is broken.
PATIENCE_MS = 60_000


class Axe:
    """Asks axe about one page after another, and remembers how the texts looked that it measured, by theme."""

    def __init__(self) -> None:
        self.measured: dict[bool, set[int]] = {False: set(), True: set()}

    def load(self, page: Page) -> None:
        """Bring axe into a page; done once after each load."""
        page.evaluate(AXE_SCRIPT)

    def start(self, page: Page, *, dark: bool, is_loaded: bool) -> None:
        """Let it begin: with `is_loaded` all serious rules, else only what another theme can spoil."""
        fresh: list[int] = page.evaluate(_START, [is_loaded, sorted(self.measured[dark])])
        self.measured[dark].update(fresh)

    def told(self, page: Page) -> list[str]:
        """Wait for what it found: a line for each of the first three places a rule."""
        told: list[str] | None = page.evaluate("() => window.kamAxe")
        if told is None:
            page.wait_for_function("() => window.kamAxe !== null", timeout=PATIENCE_MS, polling=50)
            told = page.evaluate("() => window.kamAxe")
        return list(told or ())
