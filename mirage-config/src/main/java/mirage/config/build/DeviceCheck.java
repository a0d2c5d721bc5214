// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.config.generate.DeviceCheckMl;
import mirage.config.project.Unikernel;
import mirage.opam.program.OcamlBuild;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/** Compiles device_check.ml, and turns an error in it into the name of the device that is wrong. */
final class DeviceCheck {
  private static final Pattern PLACE =
      Pattern.compile("File \"[^\"]*device_check\\.ml\", line (\\d+)");

  private DeviceCheck() {}

  static void run(Unikernel unikernel, OcamlBuild.Request request, OcamlBuild compiler) {
    try {
      compiler.build(request);
    } catch (MirageException e) {
      throw explained(e, unikernel.generated().resolve("device_check.ml"));
    }
  }

  private static MirageException explained(MirageException failure, Path file) {
    Matcher place = PLACE.matcher(failure.getMessage());
    if (!place.find()) {
      return failure;
    }
    List<String> lines = AtomicFiles.text(file).lines().toList();
    String line = lines.get(Integer.parseInt(place.group(1)) - 1);
    String what =
        line.startsWith("module _ : ")
            ? " does not match module type "
                + line.substring("module _ : ".length(), line.lastIndexOf(" = ")).strip()
            : " cannot be applied to the devices chosen for its arguments";
    return new MirageException(
        "device implementation %s%s:\n%s"
            .formatted(
                DeviceCheckMl.blame(line), what, CompilerErrors.withoutPlace(failure.getMessage())),
        failure);
  }
}
