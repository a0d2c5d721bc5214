// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

/** The {@code mirage} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int status = Environment.ofProcess().run(args);
    System.out.flush();
    System.exit(status);
  }
}
