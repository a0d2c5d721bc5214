// SPDX-License-Identifier: Apache-2.0
// Draws the tree in the page's data. Only boxes that can be seen are elements of the page.
"use strict";
(() => {
  const ROW = 18, LEAST = 0.4;
  const data = JSON.parse(document.getElementById("data").textContent);
  const flame = document.getElementById("flame");
  const detail = document.getElementById("detail");
  const search = document.getElementById("search");

  const prepare = ([name, self, calls, callees], above) => {
    const node = { name: data.names[name], ocaml: data.ocaml[name], self, calls, above, total: self };
    node.callees = callees.map((callee) => prepare(callee, node));
    node.callees.forEach((callee) => (node.total += callee.total));
    return node;
  };
  const root = prepare(data.tree, null);
  let zoomed = root, pattern = null;

  const count = (n) => n.toString().replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  const share = (n) => (100 * n / Math.max(1, root.total)).toFixed(2) + " %";
  const describe = (node) =>
    `${node.name}: ${count(node.total)} instructions (${share(node.total)}), ` +
    `${count(node.self)} of its own (${share(node.self)}), ${count(node.calls)} calls`;

  // OCaml is warm, by module; all else is cold, by name.
  const color = (node) => {
    const key = node.ocaml ? node.name.replace(/\.[^.]*$/, "") : node.name;
    let hash = 7;
    for (const c of key) hash = (hash * 31 + c.charCodeAt(0)) % 997;
    return node.ocaml ? `hsl(${hash % 55}, 85%, ${68 + hash % 11}%)` : `hsl(${195 + hash % 50}, 35%, ${74 + hash % 9}%)`;
  };

  const box = (node, depth, left, width) => {
    const element = document.createElement("div");
    element.style.left = left + "px";
    element.style.top = depth * ROW + "px";
    element.style.width = Math.max(width, 1) + "px";
    element.style.background = color(node);
    element.title = describe(node);
    if (width > 24) element.textContent = node.name;
    if (pattern && pattern.test(node.name)) element.classList.add("match");
    element.onclick = () => { zoomed = node; draw(); };
    element.onmouseenter = () => { detail.textContent = describe(node); };
    flame.append(element);
    return element;
  };

  const draw = () => {
    flame.replaceChildren();
    const width = flame.clientWidth;
    const path = [];
    for (let node = zoomed.above; node; node = node.above) path.unshift(node);
    path.forEach((node, depth) => box(node, depth, 0, width).classList.add("above"));
    const scale = width / Math.max(1, zoomed.total);
    let rows = path.length;
    const level = (node, depth, left) => {
      const wide = node.total * scale;
      if (wide < LEAST) return;
      box(node, depth, left, wide);
      rows = Math.max(rows, depth);
      let at = left;
      for (const callee of node.callees) { level(callee, depth + 1, at); at += callee.total * scale; }
    };
    level(zoomed, path.length, 0);
    flame.style.height = (rows + 1) * ROW + "px";
  };

  // Instructions of matching functions and what they call, each counted once.
  const matching = (node) =>
    pattern.test(node.name) ? node.total : node.callees.reduce((sum, callee) => sum + matching(callee), 0);

  search.oninput = () => {
    const found = document.getElementById("found");
    try {
      pattern = search.value ? new RegExp(search.value, "i") : null;
      const sum = pattern ? matching(root) : 0;
      found.textContent = pattern ? `${count(sum)} instructions (${share(sum)})` : "";
    } catch (e) {
      pattern = null;
      found.textContent = "no regular expression";
    }
    draw();
  };
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") { zoomed = root; draw(); } });
  window.addEventListener("resize", draw);
  draw();
})();
