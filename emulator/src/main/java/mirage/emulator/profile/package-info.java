// SPDX-License-Identifier: Apache-2.0
/** Which functions a program's instructions belong to, counted exactly, along the calls that led there. */
package mirage.emulator.profile;
