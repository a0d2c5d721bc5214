// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mirage.config.resolve.Application;
import mirage.config.resolve.Device;

/**
 * The program's main module: functors applied, then one lazy value for every device, forced in an
 * order that lets devices without mutual need connect at the same time, and each once.
 */
public final class MainMl {
  private static final String PRELUDE =
      """
      open Lwt.Infix

      let return = Lwt.return
      let run t = OS.Main.run t ; exit 0

      let _ = Printexc.record_backtrace true
      """;

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(module|[0-9]+|[a-z][a-z0-9_]*)\\}");

  private MainMl() {}

  /** The text of main.ml. */
  public static String text(Application application, String command) {
    StringBuilder text = new StringBuilder(Marker.ocaml(command)).append(PRELUDE).append('\n');
    application.devices().stream()
        .filter(device -> device.functor().isPresent())
        .forEach(device -> text.append(functorApplication(device)).append('\n'));
    application.devices().forEach(device -> text.append('\n').append(value(device)));
    text.append('\n').append(root(application));
    text.append('\n').append(start(application));
    return text.toString();
  }

  /** {@code module Unikernel1 = Unikernel.Hello(OS.Time)}. */
  static String functorApplication(Device device) {
    StringBuilder text = new StringBuilder("module " + device.module() + " = ");
    text.append(device.functor().orElseThrow());
    device.arguments().forEach(argument -> text.append('(').append(argument.module()).append(')'));
    return text.toString();
  }

  private static String value(Device device) {
    return lazy(device.value(), device.needed(), connect(device));
  }

  private static String root(Application application) {
    List<Device> children =
        Stream.concat(application.init().stream(), application.jobs().stream()).toList();
    return lazy("mirage1", children, "Lwt.return_unit");
  }

  private static String lazy(String name, List<Device> needed, String body) {
    StringBuilder text = new StringBuilder("let " + name + " = lazy (\n");
    List<String> values = needed.stream().map(Device::value).distinct().toList();
    values.forEach(value -> text.append("  let __%s = Lazy.force %s in\n".formatted(value, value)));
    values.forEach(value -> text.append("  __%s >>= fun _%s ->\n".formatted(value, value)));
    return text.append("  ").append(body).append("\n  )\n").toString();
  }

  private static String start(Application application) {
    StringBuilder text = new StringBuilder("let () =\n  let t =\n");
    application
        .init()
        .forEach(device -> text.append("  Lazy.force %s >>= fun _ ->\n".formatted(device.value())));
    return text.append("  Lazy.force mirage1\n  in run t\n").toString();
  }

  /**
   * The connect expression with its placeholders filled. A parameter is an OCaml expression, but
   * between the quotes of a string it is the string's text, empty if config.ml did not give it.
   */
  static String connect(Device device) {
    List<String> values = device.needed().stream().map(needed -> "_" + needed.value()).toList();
    String connect = device.connect();
    return PLACEHOLDER
        .matcher(connect)
        .replaceAll(
            match -> {
              boolean quoted = Ocaml.insideString(connect, match.start());
              String text = fill(match.group(1), device, values, quoted).orElse(match.group());
              return Matcher.quoteReplacement(text);
            });
  }

  private static Optional<String> fill(
      String name, Device device, List<String> values, boolean quoted) {
    if (name.equals("module")) {
      return Optional.of(device.module());
    }
    if (Character.isDigit(name.charAt(0))) {
      int index = Integer.parseInt(name);
      return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
    }
    if (device.implementation().isEmpty()) {
      return Optional.empty();
    }
    String parameter = device.parameters().get(name);
    return quoted
        ? Optional.of(parameter == null ? "" : Ocaml.escaped(parameter))
        : Optional.ofNullable(parameter).map(Ocaml::argument);
  }
}
