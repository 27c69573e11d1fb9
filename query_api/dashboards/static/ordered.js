// A list whose items are moved by buttons, so that a keyboard is enough.
registerFieldInitializer(function (element) {
  $("[data-ordered]", element).each(function () {
    const list = this.querySelector("ol");
    const template = this.querySelector("template");
    $("[data-ordered-add]", this).on("select2:select", function (event) {
      const { id, text } = event.params.data;
      $(this).val(null).trigger("change");
      const isThere = [...list.querySelectorAll("input")].some((each) => each.value === id);
      if (isThere) return;
      const item = template.content.firstElementChild.cloneNode(true);
      item.querySelector("input").value = id;
      item.querySelector("[data-ordered-name]").textContent = text;
      list.append(item);
    });
    list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      const move = event.target.closest("[data-ordered-move]");
      if (move) {
        const isUp = move.dataset.orderedMove === "-1";
        const other = isUp ? item.previousElementSibling : item.nextElementSibling;
        if (other) isUp ? other.before(item) : other.after(item);
        move.focus();
      } else if (event.target.closest("[data-ordered-remove]")) {
        item.remove();
      }
    });
  });
});
