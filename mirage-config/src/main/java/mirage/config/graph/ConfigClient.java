// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a compiled config.ml, in records instead of JSON. */
public final class ConfigClient {
  private final ConfigProgram program;
  private final ObjectMapper mapper = new ObjectMapper();

  public ConfigClient(ConfigProgram program) {
    this.program = program;
  }

  /** A hook of config.ml's own devices. */
  public enum Hook {
    CONFIGURE,
    BUILD,
    CLEAN;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What hooks are told.
   *
   * @param name the unikernel's name
   * @param libraries findlib names it is linked with
   * @param packages opam name to version
   */
  public record Info(String name, List<String> libraries, Map<String, String> packages) {}

  /** All keys, before any value is known. */
  public KeyAnswer keys(ConfigRequest request) {
    return Answers.keys(program.ask(json("keys", request)));
  }

  /** The graph for the given keys. */
  public Graph graph(ConfigRequest request) {
    return Answers.graph(program.ask(json("graph", request)));
  }

  /** Runs a hook of all devices; answers what went wrong. */
  public List<Problem> hook(Hook hook, ConfigRequest request, Info info) {
    ObjectNode json = json("hook", request).put("hook", hook.id());
    ObjectNode about = json.putObject("info").put("name", info.name());
    info.libraries().forEach(about.putArray("libraries")::add);
    ArrayNode packages = about.putArray("packages");
    info.packages().forEach((name, version) -> packages.addArray().add(name).add(version));
    return Answers.problems(program.ask(json));
  }

  private ObjectNode json(String command, ConfigRequest request) {
    ObjectNode json =
        mapper
            .createObjectNode()
            .put("command", command)
            .put("target", request.target().id())
            .put("build_dir", request.buildDirectory().toString());
    ObjectNode keys = json.putObject("keys");
    request.keys().forEach((name, values) -> values.forEach(keys.putArray(name)::add));
    return json;
  }
}
