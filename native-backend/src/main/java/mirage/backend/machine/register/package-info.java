// SPDX-License-Identifier: Apache-2.0
/** Register allocation on SSA form: spilling, live ranges in one place, coloring; and the stack frame. */
package mirage.backend.machine.register;
