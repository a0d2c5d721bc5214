// SPDX-License-Identifier: Apache-2.0
package mirage.config.report;

/** Gets the tool's messages, one or more whole lines each. */
public interface Reporter {
  /** A step begins that a person may have to wait for. */
  void step(String line);

  /** Shown with {@code -v} only. */
  void detail(String line);

  /** Something to look at, though it goes on. */
  void warning(String text);

  /** Drops everything. */
  static Reporter none() {
    return new Reporter() {
      @Override
      public void step(String line) {}

      @Override
      public void detail(String line) {}

      @Override
      public void warning(String text) {}
    };
  }
}
