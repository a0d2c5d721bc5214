// SPDX-License-Identifier: Apache-2.0
/**
 * A bytecode executable becomes one ELF object for flash: unused code removed, code, constants,
 * primitive table and source locations laid out as {@code program.h} tells the C runtime.
 */
package mirage.bindings.program;
