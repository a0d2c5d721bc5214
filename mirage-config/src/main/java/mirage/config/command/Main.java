// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import mirage.config.dsl.ConfigCompiler;
import mirage.tools.BuildCache;

/** The {@code mirage} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    BuildCache cache = BuildCache.user();
    Environment environment =
        new Environment(
            // The start script leaves the user's folder as it is; the property serves tests.
            Path.of("").toAbsolutePath(),
            System.getenv(),
            new Terminal(System.out, System.err),
            cache,
            new ConfigCompiler(cache)::compile);
    int status = new MirageCommand(environment).execute(args);
    System.out.flush();
    System.exit(status);
  }
}
