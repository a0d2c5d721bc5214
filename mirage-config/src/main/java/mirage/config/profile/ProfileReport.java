// SPDX-License-Identifier: Apache-2.0
package mirage.config.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mirage.backend.ir.OcamlSymbol;
import mirage.emulator.profile.CallTree;
import mirage.tools.HtmlPage;

/**
 * Where a run's instructions went.
 *
 * @param name of the program
 * @param tree all instructions, by chain of callers
 */
public record ProfileReport(String name, CallTree tree) {
  private static final int ROWS = 25;

  /** What the C compiler adds to the names of functions it makes variants of. */
  private static final Pattern CLONE = Pattern.compile("[.$](constprop|part|isra|cold)([.$]\\d+)?");

  private static final String TOPLEVEL = "main";

  /**
   * A function, over all its callers.
   *
   * @param self its own instructions
   * @param total with those of the functions it called, each instruction counted once
   */
  public record Row(String function, long self, long total, long calls) {}

  /** All functions that ran, most instructions of their own first. */
  public List<Row> functions() {
    Map<String, Row> rows = new HashMap<>();
    tree.callees().forEach(callee -> add(callee, rows, new HashSet<>()));
    return rows.values().stream()
        .sorted(
            Comparator.comparingLong(Row::self)
                .thenComparing(Row::total)
                .reversed()
                .thenComparing(Row::function))
        .toList();
  }

  private static void add(CallTree call, Map<String, Row> rows, Set<String> callers) {
    String function = shown(call.symbol());
    boolean outermost = callers.add(function);
    rows.merge(
        function,
        new Row(function, call.self(), outermost ? call.total() : 0, call.calls()),
        (a, b) ->
            new Row(function, a.self() + b.self(), a.total() + b.total(), a.calls() + b.calls()));
    call.callees().forEach(callee -> add(callee, rows, callers));
    if (outermost) {
      callers.remove(function);
    }
  }

  /** A function as its source calls it. */
  static String shown(String symbol) {
    return OcamlSymbol.source(symbol)
        .map(source -> source.equals(TOPLEVEL) ? "(toplevel code)" : source)
        .orElseGet(() -> CLONE.matcher(symbol).replaceAll(""));
  }

  /** Whether the function was written in OCaml. */
  static boolean isOcaml(String symbol) {
    return OcamlSymbol.source(symbol).isPresent();
  }

  /** The first functions, as a table for a terminal. */
  public String text() {
    List<Row> rows = functions();
    String table =
        rows.stream()
            .limit(ROWS)
            .map(
                row ->
                    line(
                        HtmlPage.grouped(row.self()),
                        percent(row.self()),
                        HtmlPage.grouped(row.total()),
                        percent(row.total()),
                        HtmlPage.grouped(row.calls()),
                        row.function()))
            .collect(Collectors.joining());
    String others =
        rows.size() > ROWS ? line("", "", "", "", "", rows.size() - ROWS + " others") : "";
    return line("self", "%", "with callees", "%", "calls", "function")
        + table
        + others
        + line(HtmlPage.grouped(tree.total()), percent(tree.total()), "", "", "", "instructions");
  }

  private static String line(
      String self, String share, String total, String totalShare, String calls, String function) {
    return String.format(
        "%14s %6s %14s %6s %12s  %s%n", self, share, total, totalShare, calls, function);
  }

  String percent(long instructions) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * instructions / Math.max(1, tree.total()));
  }

  /** The flame graph and the whole table. */
  public String html() {
    return FlamePage.of(this);
  }
}
