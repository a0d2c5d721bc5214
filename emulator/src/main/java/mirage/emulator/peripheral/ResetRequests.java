// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/** Where peripherals ask for a reset of cores or chip. */
@FunctionalInterface
public interface ResetRequests {
  /**
   * @param cause why, as RTC_CNTL_RESET_STATE_REG will show it
   * @param core the core to reset (0 PRO, 1 APP) if the cause concerns one core alone; ignored otherwise
   */
  void request(ResetCause cause, int core);
}
