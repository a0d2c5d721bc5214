// SPDX-License-Identifier: Apache-2.0
package mirage.config.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import mirage.emulator.profile.CallTree;
import mirage.tools.HtmlPage;

/**
 * Draws a {@link ProfileReport} as one HTML page. The drawing itself is made by the script in {@code flame.js} from the
 * data in the page: names of functions, and the tree as nested arrays of name, own instructions, calls, callees.
 */
final class FlamePage {
  private static final String INTRODUCTION =
      """
      <p>%s instructions. A box is a function as called by the one above it, as wide as its instructions with those of the functions
      it calls. Click to enlarge, Escape to go back. A function that was inlined is part of its caller, one that calls itself is one
      box.</p>
      <p><input id="search" type="search" placeholder="search (regular expression)"> <span id="found"></span></p>
      <div id="flame"></div><p id="detail">&nbsp;</p>
      """;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private FlamePage() {}

  static String of(ProfileReport report) {
    StringBuilder out = new StringBuilder();
    out.append(INTRODUCTION.formatted(HtmlPage.grouped(report.tree().total())));
    table(out, report);
    out.append("<script id=\"data\" type=\"application/json\">\n")
        .append(new FlamePage().data(report.tree()))
        .append("\n</script>\n<script>\n")
        .append(resource("flame.js"))
        .append("</script>\n");
    return HtmlPage.of(report.name(), report.name() + ": profile", resource("flame.css"), out);
  }

  private String data(CallTree tree) {
    ObjectNode data = json.createObjectNode();
    data.set("tree", node(tree));
    ArrayNode names = data.putArray("names");
    ArrayNode ocaml = data.putArray("ocaml");
    numbers
        .keySet()
        .forEach(
            symbol -> {
              names.add(ProfileReport.shown(symbol));
              ocaml.add(ProfileReport.isOcaml(symbol) ? 1 : 0);
            });
    // A name in the page must not end the script.
    return data.toString().replace("<", "\\u003c");
  }

  private ArrayNode node(CallTree tree) {
    ArrayNode node = json.createArrayNode();
    node.add(numbers.computeIfAbsent(tree.symbol(), symbol -> numbers.size()));
    node.add(tree.self()).add(tree.calls());
    ArrayNode callees = node.addArray();
    tree.callees().forEach(callee -> callees.add(node(callee)));
    return node;
  }

  private static void table(StringBuilder out, ProfileReport report) {
    out.append("<h2>Functions</h2>\n<table><tr><th>function<th>self<th>%")
        .append("<th>with callees<th>%<th>calls</tr>\n");
    for (ProfileReport.Row row : report.functions()) {
      out.append(
          String.format(
              "<tr><td>%s<td>%s<td>%s<td>%s<td>%s<td>%s</tr>%n",
              HtmlPage.escape(row.function()),
              HtmlPage.grouped(row.self()),
              report.percent(row.self()),
              HtmlPage.grouped(row.total()),
              report.percent(row.total()),
              HtmlPage.grouped(row.calls())));
    }
    out.append("</table>\n");
  }

  private static String resource(String name) {
    try (InputStream in = FlamePage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
