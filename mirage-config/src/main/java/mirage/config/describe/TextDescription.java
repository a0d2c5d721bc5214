// SPDX-License-Identifier: Apache-2.0
package mirage.config.describe;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import mirage.config.graph.Key;
import mirage.config.resolve.Application;
import mirage.config.resolve.Device;

/** The resolved unikernel as text. */
public final class TextDescription {
  private TextDescription() {}

  /**
   * The lines printed by {@code mirage describe}.
   *
   * @param buildDirectory where it is built
   * @param result the file a build makes
   * @param more also libraries and packages
   */
  public static String text(
      Application application, Path buildDirectory, Path result, boolean more) {
    StringBuilder text = new StringBuilder();
    field(text, "Name", List.of(application.name()));
    field(text, "Target", List.of(application.target().id()));
    field(text, "Build-dir", List.of(buildDirectory.toString()));
    field(
        text,
        "Keys",
        application.keys().stream()
            .sorted(Comparator.comparing(Key::name))
            .map(key -> key.name() + "=" + key.display() + (key.given() ? "" : " (default)"))
            .toList());
    field(text, "Output", List.of(result.toString()));
    field(text, "Devices", application.devices().stream().map(TextDescription::line).toList());
    if (more) {
      field(text, "Libraries", application.libraries());
      field(
          text,
          "Packages",
          application.packages().stream().map(p -> p.opam() + " " + p.version()).toList());
    }
    return text.toString();
  }

  private static String line(Device device) {
    StringBuilder line = new StringBuilder(device.value()).append(": ").append(device.module());
    device
        .functor()
        .ifPresent(
            functor -> {
              line.append(" = ").append(functor);
              device.arguments().forEach(a -> line.append('(').append(a.module()).append(')'));
            });
    device
        .implementation()
        .ifPresent(
            offer ->
                line.append(" [")
                    .append(offer.item().name())
                    .append(", ")
                    .append(offer.origin())
                    .append(']'));
    return line.toString();
  }

  private static void field(StringBuilder text, String name, List<String> values) {
    text.append("%-11s ".formatted(name));
    String separator = ",\n" + " ".repeat(12);
    text.append(String.join(separator, values)).append('\n');
  }
}
