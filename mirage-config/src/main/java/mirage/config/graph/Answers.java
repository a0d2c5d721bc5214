// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads the JSON answers of the compiled config.ml (docs/config-protocol.md) into records. */
public final class Answers {
  private Answers() {}

  /** The answer to {@code keys}. */
  public static KeyAnswer keys(JsonNode answer) {
    return new KeyAnswer(
        text(answer, "name"), list(answer, "keys", Answers::option), problems(answer));
  }

  /** The answer to {@code graph}. */
  public static Graph graph(JsonNode answer) {
    return new Graph(
        text(answer, "name"),
        problems(answer),
        list(answer, "keys", Answers::key),
        list(answer, "packages", Answers::packageRequest),
        list(answer, "jars", JsonNode::asText),
        list(answer, "nodes", Answers::node),
        list(answer, "init", JsonNode::asInt),
        list(answer, "jobs", JsonNode::asInt));
  }

  /** The problems an answer of any kind holds. */
  public static List<Problem> problems(JsonNode answer) {
    return list(
        answer, "errors", error -> new Problem(text(error, "message"), text(error, "where")));
  }

  private static KeyOption option(JsonNode key) {
    return new KeyOption(
        text(key, "name"),
        list(key, "options", JsonNode::asText),
        KeyOption.Kind.valueOf(text(key, "kind").toUpperCase(Locale.ROOT)),
        stage(key),
        optional(key, "default"),
        text(key, "doc"),
        text(key, "docv"),
        text(key, "docs"),
        optional(key, "env"));
  }

  private static Key key(JsonNode key) {
    return new Key(
        text(key, "name"),
        text(key, "ocaml_name"),
        stage(key),
        key.path("given").asBoolean(),
        text(key, "display"),
        optional(key, "create"),
        optional(key, "value"));
  }

  private static Key.Stage stage(JsonNode key) {
    return Key.Stage.valueOf(text(key, "stage").toUpperCase(Locale.ROOT));
  }

  private static PackageRequest packageRequest(JsonNode request) {
    return new PackageRequest(
        text(request, "opam"),
        list(request, "findlib", JsonNode::asText),
        optional(request, "min"),
        optional(request, "max"),
        optional(request, "pin"),
        request.path("build").asBoolean());
  }

  private static Node node(JsonNode node) {
    Map<String, String> params = new LinkedHashMap<>();
    node.path("params")
        .fields()
        .forEachRemaining(e -> params.put(e.getKey(), e.getValue().asText()));
    return new Node(
        node.path("id").asInt(),
        optional(node, "kind"),
        optional(node, "type"),
        text(node, "name"),
        optional(node, "module"),
        params,
        list(node, "arguments", JsonNode::asInt),
        list(node, "dependencies", JsonNode::asInt),
        list(node, "keys", JsonNode::asText),
        optional(node, "connect"),
        optional(node, "position"));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  private static Optional<String> optional(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
  }

  private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> element) {
    return new ArrayList<>(
        StreamSupport.stream(node.path(field).spliterator(), false).map(element).toList());
  }
}
