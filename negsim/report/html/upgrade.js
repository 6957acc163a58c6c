// Draws each picture anew where it can be pointed at. Without this the static pictures stay.
const tip = document.getElementById("tip");

function tell(handler, event, item, value) {
  if (value === null || value === undefined || value === "") {
    tip.hidden = true;
    return;
  }
  tip.textContent = String(value);
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, window.innerWidth - width - 8);
  const below = event.clientY + 14;
  tip.style.left = Math.max(left, 8) + "px";
  tip.style.top = (below + height > window.innerHeight ? Math.max(event.clientY - height - 10, 4) : below) + "px";
}

function upgrade(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
  const live = document.createElement("div");
  live.setAttribute("role", "img");
  live.setAttribute("aria-label", place.dataset.title);
  const how = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: tell };
  vegaEmbed(live, spec, how).then(
    () => {
      const svg = live.querySelector("svg");
      svg.setAttribute("viewBox", svg.getAttribute("viewBox") || `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
      // One image with one name: what Vega says of its parts would be read out part by part.
      for (const part of svg.querySelectorAll("[role], [aria-roledescription], [aria-hidden]")) {
        for (const name of ["role", "aria-roledescription", "aria-hidden"]) part.removeAttribute(name);
      }
      place.replaceChildren(live);
      place.dataset.live = "yes";
    },
    (problem) => console.error(problem),
  );
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      seen.unobserve(entry.target);
      upgrade(entry.target);
    }
  }
}, { rootMargin: "200px" });
document.querySelectorAll(".picture").forEach((place) => seen.observe(place));
window.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
window.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
