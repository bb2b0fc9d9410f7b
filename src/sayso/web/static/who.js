// The matrix as a graph: whoever speaks points at whom they speak of. The table beside it holds the same.
import cytoscape from "/static/cytoscape.js";

const place = document.getElementById("graph");
const said = document.getElementById("graph-said");
const idle = said?.textContent;
const FEW = 4; // parties that need no tall oval
const wide = (claims, most) => 1 + 5 * Math.sqrt(claims / most);
const room = () => Math.min(130, place.clientWidth * 0.26); // pixels that a name may take beside its dot

// On an oval, names outside: the first party at the top, the others clockwise in their order.
const position = (n, all) => {
  const angle = (2 * Math.PI * n) / all - Math.PI / 2;
  const { clientWidth: width, clientHeight: height } = place;
  const across = Math.max(width / 2 - room() - 24, width / 8);
  return { x: width / 2 + across * Math.cos(angle), y: height / 2 + (height / 2 - 34) * Math.sin(angle) };
};

const ink = () => {
  const colours = getComputedStyle(document.documentElement);
  const of = (name) => colours.getPropertyValue(name).trim();
  return { ink: of("--ink"), soft: of("--soft"), line: of("--line"), paper: of("--paper"), link: of("--link") };
};

// Every party and every arrow looks alike; only how often somebody speaks or is spoken of makes a difference.
const look = () => {
  const c = ink();
  return [
    {
      selector: "node",
      style: {
        label: "data(name)", width: "data(size)", height: "data(size)", "background-color": c.ink, color: c.ink,
        "font-size": 12, "font-family": "sans-serif", "text-wrap": "wrap", "text-max-width": room() - 10,
        "text-valign": "center", "text-halign": "data(side)", "text-margin-x": "data(gap)",
        "text-background-color": c.paper, "text-background-opacity": 0.85, "text-background-padding": 1,
      },
    },
    {
      selector: "edge",
      style: {
        label: "data(number)", width: "data(width)", "line-color": c.soft, "line-opacity": 0.45, "target-arrow-color": c.soft,
        "target-arrow-shape": "triangle", "arrow-scale": 0.9, "curve-style": "bezier", color: c.soft,
        "font-size": 11, "text-background-color": c.paper, "text-background-opacity": 1,
        "text-background-padding": 1, "loop-direction": "-45deg",
      },
    },
    { selector: ".on", style: { "line-color": c.link, "target-arrow-color": c.link, color: c.link, "z-index": 9 } },
  ];
};

const drawn = ({ nodes, edges }) => {
  const named = new Map(nodes.map((node) => [node.id, node.name]));
  const most = Math.max(...nodes.map((node) => node.claims));
  const strongest = Math.max(...edges.map((edge) => edge.claims));
  const graph = cytoscape({
    container: place,
    elements: [
      ...nodes.map((node, n) => {
        const right = 2 * n < nodes.length;
        const size = 8 + 20 * Math.sqrt(node.claims / most);
        return {
          group: "nodes",
          data: { id: node.id, name: node.name, size, side: right ? "right" : "left", gap: right ? 4 : -4 },
          position: position(n, nodes.length),
        };
      }),
      ...edges.map((edge, n) => ({
        group: "edges",
        data: {
          id: `e${n}`, source: edge.speaker, target: edge.target, words: edge.words, address: edge.address,
          number: edge.claims > 1 ? edge.claims : "", width: wide(edge.claims, strongest),
        },
      })),
    ],
    style: look(),
    layout: { name: "preset", fit: false },
    userZoomingEnabled: false, userPanningEnabled: false,
  });
  graph.on("mouseover", "edge", ({ target }) => {
    target.addClass("on");
    const { source, target: other, words } = target.data();
    said.textContent = `${named.get(source)} → ${named.get(other)}: ${words}`;
    place.classList.add("pointing");
  });
  graph.on("mouseout", "edge", ({ target }) => {
    target.removeClass("on");
    said.textContent = idle;
    place.classList.remove("pointing");
  });
  graph.on("tap", "edge", ({ target }) => target.data("address") && location.assign(target.data("address")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(look()));
};

if (place) {
  const answer = await fetch(place.dataset.from, { headers: { Accept: "application/json" } });
  const data = answer.ok ? await answer.json() : { edges: [] };
  if (data.edges.length) {
    place.closest("section").hidden = false;
    place.classList.toggle("few", data.nodes.length <= FEW);
    drawn(data);
  }
}
