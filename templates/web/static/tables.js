// Sortable tables: a button in each heading. Numbers by size, words in the order of pinyin, empty cells last.
const words = new Intl.Collator("zh-CN", { numeric: true });

const keyOf = (row, column) => {
  const cell = row.cells[column];
  const text = (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
  const number = Number(text.replace(/[,，%]/g, ""));
  return { text, number: text !== "" && !Number.isNaN(number) ? number : null };
};

const compare = (a, b) =>
  a.number !== null && b.number !== null ? a.number - b.number : words.compare(a.text, b.text);

function sort(table, heading, column) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => ({ row, key: keyOf(row, column) }));
    rows.sort((a, b) => {
      if ((a.key.text === "") !== (b.key.text === "")) return a.key.text === "" ? 1 : -1;
      return descending ? compare(b.key, a.key) : compare(a.key, b.key);
    });
    body.append(...rows.map((entry) => entry.row));
  }
}

export function makeSortable(table) {
  const headings = table.tHead?.rows[0]?.cells ?? [];
  [...headings].forEach((heading, column) => {
    if ("fixed" in heading.dataset || heading.colSpan > 1 || heading.textContent.trim() === "") return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.title = "按这一列排序";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading, column));
  });
}
