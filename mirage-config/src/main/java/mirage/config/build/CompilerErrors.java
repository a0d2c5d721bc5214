// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** Says what a compiler's error in the generated main.ml means for the user's own files. */
final class CompilerErrors {
  private static final Pattern PLACE = Pattern.compile("File \"[^\"]*main\\.ml\", line (\\d+)");
  private static final Pattern APPLICATION = Pattern.compile("module (\\w+) = ([\\w.']+)(.*)");
  private static final Pattern VALUE = Pattern.compile("let (\\w+) = lazy \\(");

  private CompilerErrors() {}

  static MirageException explained(
      MirageException failure, Unikernel unikernel, Manifest manifest) {
    Matcher place = PLACE.matcher(failure.getMessage());
    if (!place.find()) {
      return failure;
    }
    Path file = unikernel.generated().resolve("main.ml");
    List<String> lines = AtomicFiles.text(file).lines().toList();
    int number = Integer.parseInt(place.group(1));
    return new MirageException(
        "%s (%s, line %d)\n%s"
            .formatted(
                hint(unikernel.config().getFileName().toString(), lines, number - 1, manifest),
                unikernel.buildDirectory().relativize(file),
                number,
                withoutPlace(failure.getMessage())),
        failure);
  }

  private static String hint(String config, List<String> lines, int at, Manifest manifest) {
    Matcher application = APPLICATION.matcher(lines.get(at));
    if (application.matches()) {
      return "%s: the module %s does not fit the devices given to it: %s"
          .formatted(config, application.group(2), application.group(3));
    }
    String expression = lines.get(at).strip();
    Optional<Manifest.Entry> device = device(lines.subList(0, at + 1), manifest);
    Optional<String> implementation = device.flatMap(Manifest.Entry::implementation);
    if (implementation.isPresent()) {
      return "device implementation %s in %s: its connect expression does not fit: %s"
          .formatted(
              implementation.get(), device.flatMap(Manifest.Entry::origin).orElse(""), expression);
    }
    return "%s: %s does not fit the devices given to it: %s"
        .formatted(
            config,
            device
                .map(d -> functor(lines, d.module()) + ".start")
                .orElse("one of the modules it names"),
            expression);
  }

  /** The device whose value the last of these lines belongs to. */
  private static Optional<Manifest.Entry> device(List<String> lines, Manifest manifest) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher value = VALUE.matcher(lines.get(i));
      if (value.matches()) {
        return manifest.devices().stream()
            .filter(entry -> entry.value().equals(value.group(1)))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  /** What config.ml calls a module of main.ml. */
  private static String functor(List<String> lines, String module) {
    return lines.stream()
        .map(APPLICATION::matcher)
        .filter(application -> application.matches() && application.group(1).equals(module))
        .map(application -> application.group(2))
        .findFirst()
        .orElse(module);
  }

  /** The compiler's message alone: a place in a generated file says nothing to the user. */
  static String withoutPlace(String message) {
    int error = message.indexOf("Error:");
    return error < 0 || message.indexOf("Error:", error + 1) >= 0
        ? message
        : message.substring(error);
  }
}
