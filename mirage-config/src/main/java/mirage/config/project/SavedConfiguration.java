// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.bindings.link.BackEnd;
import mirage.device.Target;
import mirage.tools.Fingerprint;

/**
 * What the user gave to {@code mirage configure}; enough to configure again.
 *
 * @param target the target
 * @param backEnd what the program's bytecode becomes, on the chip
 * @param flash how large the chip's flash and its parts are
 * @param phy the vendor's library for the radio
 * @param keys key option (without dashes) to raw values, in order
 * @param implementations device kind to the implementation the user chose
 * @param fingerprint of config.ml and the tool at that time
 */
public record SavedConfiguration(
    Target target,
    BackEnd backEnd,
    FlashChoice flash,
    PhyChoice phy,
    Map<String, List<String>> keys,
    Map<String, String> implementations,
    String fingerprint) {

  /** The same with more keys and choices laid over it. */
  public SavedConfiguration with(
      Map<String, List<String>> moreKeys, Map<String, String> moreChoices, Fingerprint now) {
    Map<String, List<String>> allKeys = new LinkedHashMap<>(keys);
    allKeys.putAll(moreKeys);
    Map<String, String> allChoices = new LinkedHashMap<>(implementations);
    allChoices.putAll(moreChoices);
    return new SavedConfiguration(target, backEnd, flash, phy, allKeys, allChoices, now.hex());
  }

  /** The same with another back end. */
  public SavedConfiguration with(BackEnd other) {
    return new SavedConfiguration(target, other, flash, phy, keys, implementations, fingerprint);
  }

  /** The same with more said of the flash. */
  public SavedConfiguration with(FlashChoice more) {
    return new SavedConfiguration(
        target, backEnd, more.over(flash), phy, keys, implementations, fingerprint);
  }

  /** The same with another library for the radio, if there is another. */
  public SavedConfiguration with(PhyChoice more) {
    return new SavedConfiguration(
        target, backEnd, flash, more.over(phy), keys, implementations, fingerprint);
  }

  /** The same as of now. */
  public SavedConfiguration asOf(String now) {
    return new SavedConfiguration(target, backEnd, flash, phy, keys, implementations, now);
  }

  /** The text of config.json. */
  public String text(String command) {
    ObjectNode json = Json.generated(command).put("target", target.id());
    json.put("backend", backEnd.id());
    flash.write(json);
    phy.write(json);
    ObjectNode all = json.putObject("keys");
    keys.forEach((name, values) -> values.forEach(all.putArray(name)::add));
    ObjectNode chosen = json.putObject("implementations");
    implementations.forEach(chosen::put);
    return Json.text(json.put("fingerprint", fingerprint));
  }

  /** Reads config.json. */
  public static SavedConfiguration read(Path file) {
    JsonNode json = Json.read(file);
    Map<String, List<String>> keys = new LinkedHashMap<>();
    json.path("keys")
        .fields()
        .forEachRemaining(
            field -> {
              List<String> values = new ArrayList<>();
              field.getValue().forEach(value -> values.add(value.asText()));
              keys.put(field.getKey(), values);
            });
    Map<String, String> chosen = new LinkedHashMap<>();
    json.path("implementations")
        .fields()
        .forEachRemaining(field -> chosen.put(field.getKey(), field.getValue().asText()));
    return new SavedConfiguration(
        Targets.parse(json.path("target").asText(), file.toString()),
        BackEnd.of(json.path("backend").asText()),
        FlashChoice.read(json),
        PhyChoice.read(json),
        keys,
        chosen,
        json.path("fingerprint").asText());
  }
}
