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
    Path here = Path.of("").toAbsolutePath();
    Environment environment =
        new Environment(
            here,
            System.getenv(),
            new Terminal(System.out, System.err),
            cache,
            new ConfigCompiler(cache, here));
    int status = new MirageCommand(environment).execute(args);
    System.out.flush();
    System.exit(status);
  }
}
