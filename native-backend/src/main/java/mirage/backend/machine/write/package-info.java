// SPDX-License-Identifier: Apache-2.0
/** Writes what has been allocated: functions, static data, stubs. */
package mirage.backend.machine.write;
