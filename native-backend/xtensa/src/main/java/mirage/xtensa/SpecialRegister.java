// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.Locale;

/** The special registers of the ESP32's LX6 cores (ISA manual, chapter 5), by number. */
public enum SpecialRegister {
  LBEG(0),
  LEND(1),
  LCOUNT(2),
  SAR(3),
  BR(4),
  LITBASE(5),
  SCOMPARE1(12),
  ACCLO(16),
  ACCHI(17),
  M0(32),
  M1(33),
  M2(34),
  M3(35),
  WINDOWBASE(72),
  WINDOWSTART(73),
  MMID(89),
  IBREAKENABLE(96),
  MEMCTL(97),
  ATOMCTL(99),
  DDR(104),
  IBREAKA0(128),
  IBREAKA1(129),
  DBREAKA0(144),
  DBREAKA1(145),
  DBREAKC0(160),
  DBREAKC1(161),
  CONFIGID0(176),
  EPC1(177),
  EPC2(178),
  EPC3(179),
  EPC4(180),
  EPC5(181),
  EPC6(182),
  EPC7(183),
  DEPC(192),
  EPS2(194),
  EPS3(195),
  EPS4(196),
  EPS5(197),
  EPS6(198),
  EPS7(199),
  CONFIGID1(208),
  EXCSAVE1(209),
  EXCSAVE2(210),
  EXCSAVE3(211),
  EXCSAVE4(212),
  EXCSAVE5(213),
  EXCSAVE6(214),
  EXCSAVE7(215),
  CPENABLE(224),
  INTERRUPT(226),
  INTCLEAR(227),
  INTENABLE(228),
  PS(230),
  VECBASE(231),
  EXCCAUSE(232),
  DEBUGCAUSE(233),
  CCOUNT(234),
  PRID(235),
  ICOUNT(236),
  ICOUNTLEVEL(237),
  EXCVADDR(238),
  CCOMPARE0(240),
  CCOMPARE1(241),
  CCOMPARE2(242),
  MISC0(244),
  MISC1(245),
  MISC2(246),
  MISC3(247);

  private static final SpecialRegister[] BY_NUMBER = new SpecialRegister[256];

  static {
    for (SpecialRegister register : values()) {
      BY_NUMBER[register.number] = register;
    }
  }

  private final int number;

  SpecialRegister(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The register of a number (0-255), or null if the core has none. */
  public static SpecialRegister of(int number) {
    return BY_NUMBER[number];
  }

  /**
   * The name in assembler. One number has two names: writing {@code interrupt} sets its bits, so it
   * is then called {@code intset}.
   */
  public String text(boolean written) {
    return this == INTERRUPT && written ? "intset" : name().toLowerCase(Locale.ROOT);
  }
}
