// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mirage.tools.Fingerprint;

/** The identity of this tool: what it configures and builds changes with it. */
public final class ToolFingerprint {
  private ToolFingerprint() {}

  /** Of the jars this process runs from. */
  public static Fingerprint own() {
    Fingerprint.Builder inputs = Fingerprint.builder();
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .forEach(inputs::stamp);
    return inputs.build();
  }
}
