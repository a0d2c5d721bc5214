// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this tool, as the build wrote it down. */
public final class ToolVersion {
  public static final String GROUP = "mirage.esp32";

  /** The Maven plugin that builds generated projects. */
  public static final String PLUGIN = "mirage-maven-plugin";

  private static final String RESOURCE = "/mirage/config/version.properties";

  private ToolVersion() {}

  public static String text() {
    try (InputStream stream = ToolVersion.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
