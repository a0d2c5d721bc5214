// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mirage.bindings.phy.PhyLibrary;
import mirage.config.graph.Problem;
import mirage.config.resolve.UserProblems;
import mirage.device.Target;

/**
 * The vendor's library that calibrates the radio of a board, if the user gives one.
 *
 * @param name a file, from the folder of config.ml
 */
public record PhyChoice(Optional<String> name) {
  public static final PhyChoice NONE = new PhyChoice(Optional.empty());

  /** OCaml libraries that drive the radio. */
  private static final Set<String> WIFI = Set.of("wifi", "wifi-radio");

  /** This choice, or the other if this is none. */
  public PhyChoice over(PhyChoice other) {
    return name.isPresent() ? this : other;
  }

  /** The archive. */
  public Optional<Path> file(Path sources) {
    return name.map(text -> sources.resolve(text).normalize());
  }

  /**
   * Checks that the archive is what it should be, and of use.
   *
   * @param libraries of the unikernel
   * @param sources the folder of config.ml
   */
  public void check(Target target, List<String> libraries, Path sources) {
    Optional<Path> file = file(sources);
    if (file.isEmpty()) {
      return;
    }
    if (target != Target.ESP32) {
      throw misused(
          "for the chip's radio, and the target is %s; leave it out, or configure with -t esp32"
              .formatted(target.id()));
    }
    if (Collections.disjoint(libraries, WIFI)) {
      throw misused(
          "for the chip's radio, which this unikernel does not use; leave it out, or configure with --network=wifi");
    }
    PhyLibrary.read(file.get());
  }

  private static UserProblems misused(String message) {
    return new UserProblems(List.of(new Problem(message, "option --phy")));
  }

  void write(ObjectNode json) {
    name.ifPresent(text -> json.put("phy", text));
  }

  static PhyChoice read(JsonNode json) {
    return new PhyChoice(Optional.ofNullable(json.get("phy")).map(JsonNode::asText));
  }
}
