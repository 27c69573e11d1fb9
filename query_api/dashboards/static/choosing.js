// Things of another page, found by their names as one types. Names are text, never markup.
registerFieldInitializer(function (element) {
  $("select.field-chosen", element).each(function () {
    const field = $(this);
    field.select2({
      width: "100%",
      placeholder: field.data("placeholder"),
      allowClear: !field.prop("multiple"),
      ajax: field.data("url") && {
        url: field.data("url"),
        dataType: "json",
        delay: 150,
        cache: true,
        data: (asked) => ({
          q: asked.term,
          limit: 20,
          skip: ((asked.page || 1) - 1) * 20,
        }),
        processResults: (answer, asked) => ({
          results: answer.items.map((item) => ({ id: item.id, text: item._meta.repr })),
          pagination: { more: (asked.page || 1) * 20 < answer.total },
        }),
      },
      language: {
        noResults: () => field.data("none"),
        searching: () => field.data("searching"),
        loadingMore: () => field.data("searching"),
        errorLoading: () => field.data("failed"),
        removeAllItems: () => "×",
        removeItem: () => "×",
      },
    });
    const label = document.querySelector(`label[for="${CSS.escape(this.id)}"]`);
    if (label) {
      field
        .next(".select2")
        .find("textarea, .select2-selection")
        .attr("aria-label", label.textContent.trim());
      label.addEventListener("click", () => field.select2("open"));
    }
    // In the order in which they were chosen.
    field.on("select2:select", (event) => {
      field.append(event.params.data.element).trigger("change");
    });
  });
});
