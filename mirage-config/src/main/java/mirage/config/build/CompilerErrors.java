// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.config.project.Unikernel;
import mirage.tools.MirageException;

/** Says what a compiler's error in the generated main.ml means for the user's own files. */
final class CompilerErrors {
  private static final Pattern PLACE = Pattern.compile("File \"[^\"]*main\\.ml\", line (\\d+)");
  private static final Pattern APPLICATION = Pattern.compile("module \\w+ = ([\\w.']+)(.*)");

  private CompilerErrors() {}

  static MirageException explained(MirageException failure, Unikernel unikernel) {
    Matcher place = PLACE.matcher(failure.getMessage());
    if (!place.find()) {
      return failure;
    }
    try {
      List<String> lines = Files.readAllLines(unikernel.generated().resolve("main.ml"));
      String line = lines.get(Integer.parseInt(place.group(1)) - 1);
      Matcher application = APPLICATION.matcher(line);
      String hint =
          application.matches()
              ? "%s: the module %s does not fit the devices given to it: %s"
                  .formatted(
                      unikernel.config().getFileName(), application.group(1), application.group(2))
              : "%s: the modules it names do not have the values they are used with"
                  .formatted(unikernel.config().getFileName());
      return new MirageException(hint + "\n" + withoutPlace(failure.getMessage()), failure);
    } catch (IOException e) {
      return failure;
    }
  }

  /** The compiler's message alone: a place in a generated file says nothing to the user. */
  static String withoutPlace(String message) {
    int error = message.indexOf("Error:");
    return error < 0 || message.indexOf("Error:", error + 1) >= 0
        ? message
        : message.substring(error);
  }
}
