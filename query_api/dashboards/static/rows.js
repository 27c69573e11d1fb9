// Rows are added at the end and removed one by one; the keyboard stays where it was.
registerFieldInitializer(function (element) {
  $("[data-rows]", element).each(function () {
    const rows = this;
    const body = rows.querySelector("tbody");
    const template = rows.querySelector("template");
    const add = rows.querySelector("[data-rows-add]");
    add.addEventListener("click", () => {
      const next = rows.dataset.rowsNext;
      rows.dataset.rowsNext = Number(next) + 1;
      const holder = document.createElement("tbody");
      holder.innerHTML = template.innerHTML.replaceAll("NEXT", next);
      const row = holder.firstElementChild;
      body.append(row);
      row.querySelector("input").focus();
    });
    rows.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-rows-remove]");
      if (!remove) return;
      remove.closest("tr").remove();
      add.focus();
    });
  });
});
