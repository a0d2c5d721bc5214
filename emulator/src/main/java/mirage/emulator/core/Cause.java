// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** The exception causes this core raises (ISA manual, table 4-64), by their EXCCAUSE number. */
public enum Cause {
  ILLEGAL_INSTRUCTION(0, "illegal instruction"),
  SYSCALL(1, "syscall"),
  INSTRUCTION_FETCH_ERROR(2, "instruction fetch error"),
  LOAD_STORE_ERROR(3, "load/store error"),
  LEVEL1_INTERRUPT(4, "level-1 interrupt"),
  ALLOCA(5, "movsp with the caller's registers spilled"),
  INTEGER_DIVIDE_BY_ZERO(6, "integer division by zero"),
  LOAD_STORE_ALIGNMENT(9, "unaligned load or store"),
  INSTRUCTION_FETCH_PROHIBITED(20, "instruction fetch prohibited"),
  LOAD_PROHIBITED(28, "load prohibited"),
  STORE_PROHIBITED(29, "store prohibited"),
  COPROCESSOR0_DISABLED(32, "floating-point unit disabled");

  private final int number;
  private final String text;

  Cause(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  public String text() {
    return text;
  }
}
