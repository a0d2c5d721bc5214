// SPDX-License-Identifier: Apache-2.0
package mirage.config.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mirage.bindings.link.BackEnd;
import mirage.config.resolve.Application;
import mirage.config.resolve.Device;
import mirage.device.DeviceImplementation;
import mirage.device.Target;

/**
 * What the build needs to know of a configured unikernel.
 *
 * @param name its name
 * @param target what it is built for
 * @param backEnd what the program's bytecode becomes, on the chip
 * @param flash how large the chip's flash and its parts are
 * @param phy the vendor's library for the radio
 * @param libraries findlib names to link
 * @param packages opam package to version
 * @param keys key to configure-time value, as text
 * @param jars Maven coordinates that config.ml names
 * @param devices every device with what was chosen for it
 */
public record Manifest(
    String name,
    Target target,
    BackEnd backEnd,
    FlashChoice flash,
    PhyChoice phy,
    List<String> libraries,
    Map<String, String> packages,
    Map<String, String> keys,
    List<String> jars,
    List<Entry> devices) {

  /**
   * A device and what was chosen for it.
   *
   * @param value its value in main.ml
   * @param module its OCaml module
   * @param kind its device kind; empty for a module that config.ml names
   * @param implementation the chosen implementation's name
   * @param origin the jar that offers it
   * @param parameters what config.ml gave for it
   */
  public record Entry(
      String value,
      String module,
      Optional<String> kind,
      Optional<String> implementation,
      Optional<String> origin,
      Map<String, String> parameters) {}

  /** The text of manifest.json. */
  public static String text(
      Application application, BackEnd backEnd, FlashChoice flash, PhyChoice phy, String command) {
    ObjectNode json =
        Json.generated(command)
            .put("name", application.name())
            .put("target", application.target().id())
            .put("backend", backEnd.id());
    flash.write(json);
    phy.write(json);
    application.libraries().forEach(json.putArray("libraries")::add);
    ObjectNode packages = json.putObject("packages");
    application.packages().forEach(found -> packages.put(found.opam(), found.version()));
    application.jars().forEach(json.putArray("jars")::add);
    ObjectNode keys = json.putObject("keys");
    application.keys().forEach(key -> keys.put(key.name(), key.display()));
    ArrayNode devices = json.putArray("devices");
    application.devices().forEach(device -> describe(device, devices.addObject()));
    return Json.text(json);
  }

  private static void describe(Device device, ObjectNode json) {
    json.put("value", device.value()).put("module", device.module());
    device.kind().ifPresent(kind -> json.put("kind", kind));
    device
        .implementation()
        .ifPresent(
            offer -> {
              DeviceImplementation item = offer.item();
              json.put("implementation", item.name()).put("jar", offer.origin());
            });
    if (!device.parameters().isEmpty()) {
      ObjectNode parameters = json.putObject("parameters");
      device.parameters().forEach(parameters::put);
    }
    device.needed().forEach(d -> json.withArray("needs").add(d.value()));
  }

  /** Reads manifest.json. */
  public static Manifest read(Path file) {
    JsonNode json = Json.read(file);
    List<Entry> devices = new ArrayList<>();
    json.path("devices").forEach(device -> devices.add(entry(device)));
    return new Manifest(
        json.path("name").asText(),
        Targets.parse(json.path("target").asText(), file.toString()),
        BackEnd.of(json.path("backend").asText()),
        FlashChoice.read(json),
        PhyChoice.read(json),
        texts(json.path("libraries")),
        map(json.path("packages")),
        map(json.path("keys")),
        texts(json.path("jars")),
        devices);
  }

  private static Entry entry(JsonNode json) {
    return new Entry(
        json.path("value").asText(),
        json.path("module").asText(),
        optional(json, "kind"),
        optional(json, "implementation"),
        optional(json, "jar"),
        map(json.path("parameters")));
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.fields().forEachRemaining(field -> map.put(field.getKey(), field.getValue().asText()));
    return map;
  }

  private static Optional<String> optional(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
