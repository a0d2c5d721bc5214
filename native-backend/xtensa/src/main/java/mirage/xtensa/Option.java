// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/** The configuration options of the Xtensa architecture the ESP32's LX6 has instructions of. */
public enum Option {
  CORE,
  DENSITY,
  LOOP,
  WINDOW,
  MUL16,
  MUL32,
  DIV32,
  MAC16,
  MINMAX,
  NSA,
  SEXT,
  CLAMPS,
  BOOLEAN,
  SYNCHRONIZATION,
  CONDITIONAL_STORE,
  FLOAT,
  EXCEPTION,
  INTERRUPT,
  DEBUG,
  REGION_PROTECTION,
  EXTERNAL_REGISTERS,
  /** The chip's own extension: eight output and eight input wires. */
  GPIO
}
