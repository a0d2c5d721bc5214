// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** The guest did what nothing in it handles: the machine stops and tells the host. */
public final class MachineFault extends RuntimeException {
  private final transient Report report;

  /**
   * The state of a core when it stopped.
   *
   * @param core its name
   * @param reason what happened, one line
   * @param pc address of the instruction that did it
   * @param instruction its text
   * @param registers a0-a15 of the current window
   * @param ps the processor status
   * @param lastBlocks where the last runs of instructions started, latest last
   */
  public record Report(
      String core,
      String reason,
      int pc,
      String instruction,
      int[] registers,
      int ps,
      int[] lastBlocks) {

    /** Several lines for people. */
    public String text() {
      StringBuilder text = new StringBuilder();
      text.append(String.format("%s: %s%n", core, reason));
      text.append(String.format("  at 0x%08x: %s%n", pc, instruction.replace('\t', ' ')));
      for (int i = 0; i < registers.length; i++) {
        String separator = i % 4 == 3 ? "%n" : "";
        text.append(String.format("  %3s 0x%08x" + separator, "a" + i, registers[i]));
      }
      text.append(String.format("   ps 0x%08x%n  came through", ps));
      for (int i = 0, times = 0; i < lastBlocks.length; i++) {
        times++;
        if (i + 1 == lastBlocks.length || lastBlocks[i + 1] != lastBlocks[i]) {
          text.append(String.format(" 0x%08x", lastBlocks[i]));
          text.append(times == 1 ? "" : " (" + times + " times)");
          times = 0;
        }
      }
      return text.toString();
    }
  }

  public MachineFault(Report report) {
    super(String.format("%s: %s at 0x%08x", report.core(), report.reason(), report.pc()));
    this.report = report;
  }

  public Report report() {
    return report;
  }
}
