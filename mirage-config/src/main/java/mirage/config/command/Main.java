// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

/** The {@code mirage} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.setOut(StandardOutput.stream());
    System.exit(Environment.ofProcess().run(args));
  }
}
