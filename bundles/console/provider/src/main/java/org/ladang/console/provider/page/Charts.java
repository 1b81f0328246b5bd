package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small charts of series that the telemetry room keeps; the page's script reads and draws them. */
final class Charts {
  private Charts() {}

  /**
   * Charts side by side.
   *
   * @param series title by name of the series
   */
  static Html of(TimeRange range, Map<String, String> series) {
    List<Html> figures = new ArrayList<>();
    series.forEach(
        (name, title) ->
            figures.add(
                tag(
                    "figure",
                    cls("chart"),
                    attr("data-series", name),
                    attr("data-title", title),
                    attr("data-from", range.from()),
                    attr("data-to", range.to()),
                    attr("data-last", range.last()),
                    tag("figcaption", title, " ", tag("span", cls("latest"), "")),
                    tag("div", cls("plot"), attr("role", "img"), attr("aria-label", title)),
                    Parts.command(Command.of("telemetry:read", Map.of("name", name))))));
    return tag("div", cls("charts"), figures);
  }
}
