// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import mirage.bindings.link.FlashPlan;

/**
 * What the user says of the chip's flash.
 *
 * @param size of the flash chip, such as {@code 8MB}
 * @param partitions a file with sizes of partitions, from the folder of config.ml
 */
public record FlashChoice(Optional<String> size, Optional<String> partitions) {
  public static final FlashChoice NONE = new FlashChoice(Optional.empty(), Optional.empty());

  /** This choice, and the other's where this one says nothing. */
  public FlashChoice over(FlashChoice other) {
    return new FlashChoice(size.or(() -> other.size), partitions.or(() -> other.partitions));
  }

  /**
   * The sizes now.
   *
   * @param sources the folder of config.ml
   */
  public FlashPlan plan(Path sources) {
    return FlashPlan.of(size, file(sources));
  }

  /** The file with the sizes. */
  public Optional<Path> file(Path sources) {
    return partitions.map(name -> sources.resolve(name).normalize());
  }

  void write(ObjectNode json) {
    size.ifPresent(text -> json.put("flash_size", text));
    partitions.ifPresent(text -> json.put("partitions", text));
  }

  static FlashChoice read(JsonNode json) {
    return new FlashChoice(
        Optional.ofNullable(json.get("flash_size")).map(JsonNode::asText),
        Optional.ofNullable(json.get("partitions")).map(JsonNode::asText));
  }
}
