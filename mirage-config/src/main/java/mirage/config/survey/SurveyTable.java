// SPDX-License-Identifier: Apache-2.0
package mirage.config.survey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mirage.config.survey.Outcome.Result;
import mirage.tools.HtmlPage;

/** Outcomes by package, as text and as a page. */
public final class SurveyTable {
  private static final String STYLE =
      """
      body { font-family: sans-serif; margin: 2em }
      td { padding: .2em 1em .2em 0; vertical-align: top }
      .works { color: #161 } .partly { color: #850 } .not { color: #a22 }
      """;

  private final SortedMap<String, List<Outcome>> packages = new TreeMap<>();
  private int works;
  private int refused;
  private int incomplete;
  private int all;

  /** Takes in one more. */
  public void add(Outcome outcome) {
    packages.computeIfAbsent(outcome.packageName(), name -> new ArrayList<>()).add(outcome);
    works += outcome.works() ? 1 : 0;
    refused += outcome.result() == Result.REFUSED ? 1 : 0;
    incomplete += outcome.result() == Result.INCOMPLETE ? 1 : 0;
    all++;
  }

  private static String verdict(List<Outcome> parts) {
    List<Outcome> broken = parts.stream().filter(part -> !part.works()).toList();
    if (broken.isEmpty()) {
      return "works";
    }
    if (broken.size() == parts.size()) {
      return broken.get(0).reason();
    }
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (Outcome part : broken) {
      reasons.computeIfAbsent(part.reason(), reason -> new ArrayList<>()).add(part.library());
    }
    return "works without "
        + reasons.entrySet().stream()
            .map(
                reason ->
                    "%s (%s)".formatted(String.join(", ", reason.getValue()), reason.getKey()))
            .collect(Collectors.joining("; "));
  }

  private String summary() {
    int counted = all - refused - incomplete;
    return "%d of %d libraries work (%.1f %%); %d more need what the chip has not, %d what is not installed"
        .formatted(works, counted, counted == 0 ? 0 : 100.0 * works / counted, refused, incomplete);
  }

  /** A line for each package, the sum below. */
  public String text() {
    StringBuilder text = new StringBuilder();
    packages.forEach((name, parts) -> text.append("%-24s %s%n".formatted(name, verdict(parts))));
    return text.append(summary()).append('\n').toString();
  }

  /** The same as a page of its own. */
  public String html() {
    StringBuilder body = new StringBuilder("<p>" + summary() + "</p>\n<table>\n");
    packages.forEach(
        (name, parts) -> {
          long good = parts.stream().filter(Outcome::works).count();
          String kind = good == parts.size() ? "works" : good > 0 ? "partly" : "not";
          body.append(
              "<tr><td>%s</td><td class=\"%s\">%s</td></tr>%n"
                  .formatted(HtmlPage.escape(name), kind, HtmlPage.escape(verdict(parts))));
        });
    return HtmlPage.of(
        "OCaml libraries on the ESP32", "mirage sysroot --check", STYLE, body + "</table>\n");
  }
}
