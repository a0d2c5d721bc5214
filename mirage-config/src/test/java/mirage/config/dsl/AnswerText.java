// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An answer of a config.ml as lines that are pleasant to read and to compare. */
final class AnswerText {
  /** In every application; shown only where the user gave them. */
  private static final Set<String> ALWAYS =
      Set.of(
          "allocation-policy",
          "backtrace",
          "custom-major-ratio",
          "custom-minor-max-size",
          "custom-minor-ratio",
          "gc-verbosity",
          "gc-window-size",
          "logs",
          "major-heap-increment",
          "max-space-overhead",
          "minor-heap-size",
          "no_depext",
          "randomize-hashtables",
          "space-overhead",
          "target",
          "target_debug",
          "warn_error");

  /** Nodes of every application. */
  private static final Set<String> RUNTIME =
      Set.of("key", "ocaml_backtrace", "ocaml_gc_control", "ocaml_hashtable_randomize");

  private final List<String> lines = new ArrayList<>();

  private AnswerText() {}

  static String of(JsonNode answer) {
    AnswerText text = new AnswerText();
    text.line("name " + answer.path("name").asText());
    answer
        .path("errors")
        .forEach(e -> text.line("error %s | %s", text(e, "where"), text(e, "message")));
    answer.path("keys").forEach(text::key);
    answer.path("packages").forEach(text::requested);
    answer.path("jars").forEach(jar -> text.line("jar %s", jar.asText()));
    answer.path("nodes").forEach(text::node);
    if (answer.has("init")) {
      text.line("init %s jobs %s", answer.path("init"), answer.path("jobs"));
    }
    return String.join("\n", text.lines) + "\n";
  }

  private void line(String format, Object... values) {
    lines.add(values.length == 0 ? format : format.formatted(values));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).isNull() ? "-" : node.path(field).asText();
  }

  private void key(JsonNode key) {
    String name = text(key, "name");
    if (ALWAYS.contains(name) && !(key.path("given").asBoolean() && !name.equals("target"))) {
      return;
    }
    if (key.has("options")) {
      line(
          "key %s %s %s %s default '%s' docv %s env %s in %s: %s",
          name,
          key.path("options"),
          text(key, "kind"),
          text(key, "stage"),
          text(key, "default"),
          text(key, "docv"),
          text(key, "env"),
          text(key, "docs"),
          text(key, "doc"));
    } else {
      line(
          "key %s = %s%s%n  let %s () = %s%n  create %s",
          name,
          text(key, "display"),
          key.path("given").asBoolean() ? " (given)" : "",
          text(key, "ocaml_name"),
          text(key, "value"),
          text(key, "create"));
    }
  }

  private void requested(JsonNode item) {
    line(
        "package %s %s >= %s < %s pin %s%s",
        text(item, "opam"),
        item.path("findlib"),
        text(item, "min"),
        text(item, "max"),
        text(item, "pin"),
        item.path("build").asBoolean() ? " build" : "");
  }

  private void node(JsonNode node) {
    if (RUNTIME.contains(text(node, "name"))) {
      return;
    }
    String subject =
        node.path("kind").isNull()
            ? "module " + text(node, "module") + " as " + text(node, "name")
            : "device %s : %s".formatted(text(node, "kind"), text(node, "type"));
    line(
        "%s %s%s%s%s%s%s%s",
        text(node, "id"),
        subject,
        some(" ", node.path("params")),
        some(" over ", node.path("arguments")),
        some(" with ", node.path("dependencies")),
        some(" keys ", node.path("keys")),
        some(" packages ", node.path("packages")),
        node.path("connect").isNull() ? "" : "\n  " + text(node, "connect"));
  }

  private static String some(String label, JsonNode collection) {
    return collection.isEmpty() ? "" : label + collection;
  }
}
